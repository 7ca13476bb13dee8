use rusqlite::{Connection, Result};

const SQL: &str = r#"
CREATE TABLE "subject_groups" (
    "id" INTEGER,
    "name" VARCHAR(60) CONSTRAINT "nn_subject_groups_name" NOT NULL,
    CONSTRAINT "pk_subject_groups" PRIMARY KEY ("id"),
    CONSTRAINT "uq_subject_groups_name" UNIQUE ("name"),
    CONSTRAINT "ck_subject_groups_name" CHECK (length("name") <= 60)
)
"#;

pub fn create_table(conn: &Connection) -> Result<()> {
    let mut statement = conn.prepare(SQL)?;
    statement.execute([])?;
    Ok(())
}
