//! Which way rows are ordered.

/// Which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dir {
    /// The smallest value first. NULL is smaller than any.
    Asc,
    /// The greatest value first.
    Desc,
}
