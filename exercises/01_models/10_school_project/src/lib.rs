//! 1.10 A school.
//!
//! The diagram has three boxes. Bring them into a database: a table for each
//! box, and a rule for each word of it.
//!
//! ```text
//! teachers
//!     id             the key
//!     staff_code     exactly 4 characters, such as 0042; no two the same
//!     name           at most 80 characters; not unique
//!     email          optional; at most 120 characters; no two the same
//!     full_time      true or false; true unless something else is given
//!
//! rooms
//!     id             the key
//!     building       at most 30 characters
//!     number         at most 6 characters, such as 007; no two the same in
//!                    one building
//!     seats          a whole number, at least 1
//!     has_projector  true or false; false unless something else is given
//!
//! terms
//!     id             the key
//!     name           at most 40 characters; no two the same
//!     starts_at      a moment
//!     ends_at        a later moment
//! ```
//!
//! What is not optional is required. Moments are texts as `UtcTime` writes them.
//! The lines between the boxes, who teaches where and when, come in part 4.
//!
//! How you do it is up to you: everything of this part may serve, and `mini_orm`
//! has what you built so far. The grade looks at the database only.

use mini_orm::Result;
use rusqlite::Connection;

/// Creates the tables of the school in an empty database.
pub fn create_school(conn: &Connection) -> Result<()> {
    todo!("create the tables of the school with {conn:?}")
}
