//! Introduction to part 3: a value that is built in steps.

use std::error::Error;
use std::io::Write;

use crate::Run;

pub(super) const RUNS: &[(&str, Run)] = &[("03_queries/introduction/walk", walk)];

// ANCHOR: walk
/// A walk that is planned, not yet made.
struct Walk {
    stops: Vec<&'static str>,
}

impl Walk {
    fn from(start: &'static str) -> Self {
        Self { stops: vec![start] }
    }

    fn by(mut self, stop: &'static str) -> Self {
        self.stops.push(stop);
        self
    }
}

fn plan() -> String {
    let walk = Walk::from("school").by("bakery").by("river");
    walk.stops.join(", ")
}
// ANCHOR_END: walk

fn walk(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    writeln!(out, "{}", plan())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_come_in_the_order_of_the_steps() {
        assert_eq!(plan(), "school, bakery, river");
    }
}
