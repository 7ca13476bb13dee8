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

//: answer
use mini_orm::{Column, ColumnType, MetaData, Result, Table};
//: starter
//| use mini_orm::Result;
//: end
use rusqlite::Connection;

/// Creates the tables of the school in an empty database.
pub fn create_school(conn: &Connection) -> Result<()> {
    //: answer
    let school = MetaData::new()
        .table(teachers())?
        .table(rooms())?
        .table(terms())?;
    school.create_all(conn)?;
    Ok(())
    //: starter
    //| todo!("create the tables of the school with {conn:?}")
    //: end
}
//: answer

fn teachers() -> Table {
    let full_time = Column::new("full_time", ColumnType::Boolean);
    Table::new("teachers")
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("staff_code", ColumnType::String(4)).not_null())
        .column(Column::new("name", ColumnType::String(80)).not_null())
        .column(Column::new("email", ColumnType::String(120)))
        .column(full_time.not_null().server_default(true))
        .primary_key(&["id"])
        .unique(&["staff_code"])
        .unique(&["email"])
        .check("staff_code", "length(staff_code) = 4")
}

fn rooms() -> Table {
    let has_projector = Column::new("has_projector", ColumnType::Boolean);
    Table::new("rooms")
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("building", ColumnType::String(30)).not_null())
        .column(Column::new("number", ColumnType::String(6)).not_null())
        .column(Column::new("seats", ColumnType::Integer).not_null())
        .column(has_projector.not_null().server_default(false))
        .primary_key(&["id"])
        .unique(&["building", "number"])
        .check("seats", "seats >= 1")
}

fn terms() -> Table {
    Table::new("terms")
        .column(Column::new("id", ColumnType::Integer))
        .column(Column::new("name", ColumnType::String(40)).not_null())
        .column(Column::new("starts_at", ColumnType::DateTime).not_null())
        .column(Column::new("ends_at", ColumnType::DateTime).not_null())
        .primary_key(&["id"])
        .unique(&["name"])
        .check("order", "starts_at < ends_at")
}
//: end
