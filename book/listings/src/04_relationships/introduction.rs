//! Introduction to part 4: values sorted into lists, by what they belong to.

use std::collections::HashMap;
use std::error::Error;
use std::io::Write;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("04_relationships/introduction/shelves", shelves)];

// ANCHOR: by_shelf
/// Plants as (name, shelf), by the number of their shelf.
pub fn by_shelf<'a>(plants: &[(&'a str, i64)]) -> HashMap<i64, Vec<&'a str>> {
    let mut shelves: HashMap<i64, Vec<&str>> = HashMap::new();
    for (name, shelf) in plants {
        shelves.entry(*shelf).or_default().push(name);
    }
    shelves
}
// ANCHOR_END: by_shelf

fn shelves(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let shelves = by_shelf(&[("fern", 1), ("moss", 3), ("ivy", 1)]);
    for shelf in 1..=3 {
        writeln!(out, "shelf {shelf}: {:?}", shelves.get(&shelf))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_without_plants_is_not_in_the_map() {
        let shelves = by_shelf(&[("fern", 1), ("moss", 3), ("ivy", 1)]);
        assert_eq!(shelves[&1], ["fern", "ivy"]);
        assert_eq!(shelves.get(&2), None);
    }
}
