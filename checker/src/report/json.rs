//! The report as JSON: one object on stdout and nothing else there.

use anyhow::{Context, Result};
use serde::Serialize;

use super::model::{RunReport, Status};
use crate::course::{Course, Exercise};

/// The native report.
pub(crate) fn report_json(report: &RunReport) -> Result<String> {
    serde_json::to_string_pretty(report).context("writing the report as JSON")
}

#[derive(Serialize)]
struct List<'c> {
    schema: &'static str,
    exercises: Vec<Entry<'c>>,
}

#[derive(Serialize)]
struct Entry<'c> {
    number: String,
    id: &'c str,
    part: &'c str,
    name: &'c str,
    title: &'c str,
    status: Status,
    points: u32,
    max_points: u32,
    minutes: u32,
}

/// `workbook/list/v1`: every exercise with its last verdict and points.
pub(crate) fn list_json(
    course: &Course,
    standing: impl Fn(&Exercise) -> (Status, u32),
) -> Result<String> {
    let exercises = course
        .exercises
        .iter()
        .map(|exercise| {
            let (status, points) = standing(exercise);
            Entry {
                number: exercise.number.to_string(),
                id: &exercise.id,
                part: &exercise.part.folder,
                name: &exercise.name,
                title: &exercise.manifest.title,
                status,
                points,
                max_points: exercise.max_points(),
                minutes: exercise.manifest.minutes,
            }
        })
        .collect();
    serde_json::to_string_pretty(&List {
        schema: "workbook/list/v1",
        exercises,
    })
    .context("writing the list as JSON")
}
