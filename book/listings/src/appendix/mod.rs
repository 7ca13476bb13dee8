//! The appendix.

#[path = "error_messages.rs"]
pub mod error_messages;

use crate::Run;

/// The runs of the appendix.
pub const RUNS: &[(&str, Run)] = &[
    (
        "appendix/error_messages/cannot_open",
        error_messages::cannot_open,
    ),
    (
        "appendix/error_messages/not_a_database",
        error_messages::not_a_database,
    ),
    ("appendix/error_messages/locked", error_messages::locked),
    (
        "appendix/error_messages/read_only",
        error_messages::read_only,
    ),
    ("appendix/error_messages/place", error_messages::place),
    ("appendix/error_messages/no_rows", error_messages::no_rows),
    ("appendix/error_messages/two_rows", error_messages::two_rows),
    (
        "appendix/error_messages/column_type",
        error_messages::column_type,
    ),
    (
        "appendix/error_messages/column_name",
        error_messages::column_name,
    ),
    (
        "appendix/error_messages/column_index",
        error_messages::column_index,
    ),
    (
        "appendix/error_messages/conversion",
        error_messages::conversion,
    ),
    (
        "appendix/error_messages/out_of_range",
        error_messages::out_of_range,
    ),
    (
        "appendix/error_messages/parameters",
        error_messages::parameters,
    ),
    (
        "appendix/error_messages/parameter_name",
        error_messages::parameter_name,
    ),
    (
        "appendix/error_messages/two_statements",
        error_messages::two_statements,
    ),
    ("appendix/error_messages/results", error_messages::results),
    ("appendix/error_messages/model", error_messages::model),
    (
        "appendix/error_messages/definition",
        error_messages::definition,
    ),
    (
        "appendix/error_messages/registered_twice",
        error_messages::registered_twice,
    ),
    ("appendix/error_messages/url", error_messages::url),
];
