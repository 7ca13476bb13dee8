//! Which exercise the learner is at.

use std::collections::HashMap;

use anyhow::Result;

use super::desk::Desk;
use crate::report::Status;

/// Which of the exercises, given by folder and status in their order, the
/// learner is at: of those that are begun and not done, the first one that was
/// graded last; else the first that is not done. Who leaves one out has a
/// reason, and wants to hear about the other.
pub(super) fn whereabouts(desk: &Desk, exercises: &[(&str, Status)]) -> Result<Option<usize>> {
    let begun = match desk.progress() {
        Some(progress) => progress.begun()?,
        None => HashMap::new(),
    };
    Ok(place(exercises, &begun))
}

/// The same, by when the last attempt at each began.
fn place(exercises: &[(&str, Status)], begun: &HashMap<String, String>) -> Option<usize> {
    let open = |status: Status| status != Status::Passed;
    let in_work = || {
        exercises
            .iter()
            .enumerate()
            .filter(|(_, (_, status))| open(*status) && *status != Status::NotStarted)
            .map(|(index, (id, _))| (index, begun.get(*id)))
    };
    let latest = in_work().map(|(_, began)| began).max();
    in_work()
        .find(|(_, began)| Some(*began) == latest)
        .map(|(index, _)| index)
        .or_else(|| exercises.iter().position(|(_, status)| open(*status)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXERCISES: [&str; 4] = ["one", "two", "three", "four"];

    fn at(statuses: [Status; 4], begun: &[(&str, &str)]) -> Option<usize> {
        let exercises: Vec<_> = EXERCISES.into_iter().zip(statuses).collect();
        let begun = begun
            .iter()
            .map(|(id, time)| ((*id).to_owned(), (*time).to_owned()));
        place(&exercises, &begun.collect())
    }

    #[test]
    fn what_was_graded_last_comes_before_what_was_left_out() {
        use Status::{BuildFailed, Failed, NotStarted, Passed};
        assert_eq!(at([NotStarted; 4], &[]), Some(0));
        assert_eq!(at([Passed; 4], &[("one", "10:00")]), None);
        assert_eq!(
            at(
                [NotStarted, Failed, NotStarted, NotStarted],
                &[("two", "10:00")]
            ),
            Some(1)
        );
        assert_eq!(
            at(
                [Failed, BuildFailed, Passed, NotStarted],
                &[("one", "10:00"), ("two", "10:01"), ("three", "10:02")]
            ),
            Some(1)
        );
        assert_eq!(
            at(
                [Passed, NotStarted, Passed, NotStarted],
                &[("three", "10:02")]
            ),
            Some(1)
        );
    }

    #[test]
    fn of_those_that_one_run_graded_it_is_the_first() {
        let begun = [("two", "10:01"), ("three", "10:01"), ("one", "10:00")];
        assert_eq!(at([Status::Failed; 4], &begun), Some(1));
        assert_eq!(at([Status::Failed; 4], &[]), Some(0));
    }
}
