//! Expectations about values that the code under test returned.

use std::fmt::Debug;

use crate::failure::{Failure, Outcome};

/// `what` is the subject of the sentence: "the id that `insert` returns".
///
/// # Errors
/// When `found` is not equal to `expected`.
pub fn expect_equal<F, E>(what: &str, found: F, expected: E) -> Outcome
where
    F: Debug + PartialEq<E>,
    E: Debug,
{
    if found == expected {
        return Ok(());
    }
    Err(Failure::new(format!("{what} is not as expected"))
        .expected(format!("{expected:?}"))
        .observed(format!("{found:?}")))
}

/// `otherwise` is the sentence to be read when the condition does not hold.
///
/// # Errors
/// When `condition` is false.
pub fn expect_that(condition: bool, otherwise: impl Into<String>) -> Outcome {
    if condition {
        Ok(())
    } else {
        Err(Failure::new(otherwise))
    }
}
