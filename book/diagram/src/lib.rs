//! Draws a database schema that SQLite has read as an entity-relationship diagram.
