//! The report: one model, and pure functions from it to every format.

mod json;
mod model;
pub(crate) mod text;

pub(crate) use json::{list_json, report_json};
pub(crate) use model::{
    Build, CheckReport, CheckStatus, ExerciseReport, RunReport, SCHEMA, Status, worst,
};
