//! Part 1, a module for each page.

#[path = "introduction.rs"]
pub mod introduction;
#[path = "inventory.rs"]
pub mod inventory;
#[path = "01_subject_group.rs"]
pub mod p01_subject_group;
#[path = "02_subject_group_rows.rs"]
pub mod p02_subject_group_rows;
#[path = "03_pet_model.rs"]
pub mod p03_pet_model;
#[path = "04_user_constraints.rs"]
pub mod p04_user_constraints;
#[path = "05_violations.rs"]
pub mod p05_violations;
#[path = "06_column_types.rs"]
pub mod p06_column_types;
#[path = "07_model_methods.rs"]
pub mod p07_model_methods;
#[path = "08_model_registry.rs"]
pub mod p08_model_registry;
#[path = "09_open_database.rs"]
pub mod p09_open_database;
#[path = "10_school_project.rs"]
pub mod p10_school_project;

use crate::Run;

/// The runs of this part.
pub(crate) const RUNS: &[&[(&str, Run)]] = &[
    introduction::RUNS,
    p01_subject_group::RUNS,
    p02_subject_group_rows::RUNS,
    p03_pet_model::RUNS,
    p04_user_constraints::RUNS,
    p05_violations::RUNS,
    p06_column_types::RUNS,
    p07_model_methods::RUNS,
    p08_model_registry::RUNS,
    p09_open_database::RUNS,
    p10_school_project::RUNS,
];
