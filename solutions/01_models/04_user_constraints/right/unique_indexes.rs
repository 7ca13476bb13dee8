use mini_orm::{Column, ColumnType, Index, Result, Table};
use rusqlite::Connection;

fn users() -> Table {
    Table::new("users")
        .column(
            Column::new("verified", ColumnType::Integer)
                .not_null()
                .server_default(0),
        )
        .column(Column::new("email", ColumnType::Text))
        .column(Column::new("username", ColumnType::Text).not_null())
        .column(Column::new("id", ColumnType::Integer))
        .primary_key(&["id"])
        .check("username_length", "length(username) <= 80")
        .check("email_length", "length(email) <= 120")
        .check("verified", "verified IN (FALSE, TRUE)")
        .with_index(Index::new("ux_users_username", &["username"]).unique())
        .with_index(
            Index::new("ux_users_email", &["email"])
                .unique()
                .filter("email IS NOT NULL"),
        )
}

pub fn create(conn: &Connection) -> Result<()> {
    conn.execute_batch(&users().create_sql()?)?;
    Ok(())
}
