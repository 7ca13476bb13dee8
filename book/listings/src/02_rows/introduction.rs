//! Introduction to part 2: what happens where a value is dropped.

use std::cell::Cell;
use std::error::Error;
use std::io::Write;
use std::num::ParseIntError;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("02_rows/introduction/light", light)];

// ANCHOR: light
/// A light that somebody turned on.
struct Light<'a> {
    is_on: &'a Cell<bool>,
}

impl Drop for Light<'_> {
    fn drop(&mut self) {
        self.is_on.set(false);
    }
}

fn read_number(text: &str, is_on: &Cell<bool>) -> Result<i64, ParseIntError> {
    is_on.set(true);
    let _light = Light { is_on };
    let number = text.parse()?;
    Ok(number)
}
// ANCHOR_END: light

/// Reads a number and something that is none.
fn light(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let is_on = Cell::new(false);
    for text in ["12", "twelve"] {
        let read = read_number(text, &is_on);
        writeln!(out, "{text}: is_ok {}, is_on {}", read.is_ok(), is_on.get())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_light_goes_out_on_both_ways() {
        let is_on = Cell::new(false);
        assert_eq!(read_number("12", &is_on), Ok(12));
        assert!(!is_on.get());
        assert!(read_number("twelve", &is_on).is_err());
        assert!(!is_on.get());
    }
}
