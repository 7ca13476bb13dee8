This is not Rust. No `mod` names this file, so nothing complains: page 1.8 and its
quiz say so, and this crate, which compiles, proves it.
