//! A small ORM.
