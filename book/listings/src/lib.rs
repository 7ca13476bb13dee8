//! The programs that the pages show, each compiled, run and tested.
