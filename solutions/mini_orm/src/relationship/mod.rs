//! Relationships: rows that refer to rows. They are no columns and hold
//! nothing; a foreign key does.

mod belongs_to;
mod has_many;
mod link;

pub use belongs_to::BelongsTo;
pub use has_many::HasMany;
