//! Definitions of tables, as values: what models declare, and the SQL made of
//! it.

mod check;
mod column;
mod column_type;
mod ddl;
mod foreign_key;
mod index;
mod server_default;
mod table;
mod unique;
mod valid;

pub use check::Check;
pub use column::Column;
pub use column_type::ColumnType;
pub use foreign_key::{Action, ForeignKey};
pub use index::{Index, IndexKey};
pub use server_default::ServerDefault;
pub use table::Table;
pub use unique::Unique;
