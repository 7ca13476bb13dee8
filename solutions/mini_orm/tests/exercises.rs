//! The pieces that an exercise shows are those of this crate.

use mini_orm::Location;

/// The items of `pub trait Model`, without their documentation.
fn model_trait(source: &str) -> Vec<&str> {
    source
        .lines()
        .skip_while(|line| !line.starts_with("pub trait Model"))
        .take_while(|line| *line != "}")
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("///"))
        .collect()
}

#[test]
fn the_model_trait_of_exercise_1_3_is_used_to_the_end() {
    let here = model_trait(include_str!("../src/model.rs"));
    let there = model_trait(include_str!("../../01_models/03_pet_model/src/lib.rs"));
    assert_eq!(here.len(), 5, "{here:?}");
    assert_eq!(here, there);
}

/// The arms of the `match` over SQLite's extended code.
fn arms(source: &str) -> Vec<&str> {
    source
        .lines()
        .skip_while(|line| !line.contains("match error.sqlite_extended_error_code()"))
        .take_while(|line| line.trim() != "}")
        .map(str::trim)
        .collect()
}

#[test]
fn the_violations_of_exercise_1_5_are_told_apart_in_the_same_way() {
    let here = arms(include_str!("../src/violation.rs"));
    let there = arms(include_str!("../../01_models/05_violations/src/lib.rs"));
    assert_eq!(there.len(), 9, "{there:?}");
    for arm in there {
        assert!(here.contains(&arm), "{arm} is not in {here:?}");
    }
}

#[test]
fn the_text_of_exercise_1_6_is_that_of_a_moment() {
    let there = include_str!("../../01_models/06_column_types/src/lib.rs");
    let here = include_str!("../src/utc_time.rs");
    for form in ["\"%Y-%m-%d %H:%M:%S%.6f\"", "\"%Y-%m-%d %H:%M:%S%.f\""] {
        assert!(there.contains(form) && here.contains(form), "{form}");
    }
}

#[test]
fn the_registry_of_exercise_1_8_is_used_to_the_end() {
    let there = include_str!("../../01_models/08_model_registry/src/metadata.rs");
    let here = include_str!("../src/metadata.rs");
    for part in [
        "pub fn new() -> Self",
        "pub fn create_all(&self, conn: &Connection) -> Result<Report>",
        "pub created: Vec<",
        "pub existing: Vec<",
    ] {
        assert!(there.contains(part) && here.contains(part), "{part}");
    }
    let register = "pub fn register<M: Model>(";
    assert!(there.contains(register) && here.contains(register));
}

#[test]
fn the_urls_of_exercise_1_9_mean_the_same() {
    let there = include_str!("../../01_models/09_open_database/src/lib.rs");
    for (url, path) in [
        ("sqlite:///app.db", "app.db"),
        ("sqlite:////var/lib/app.db", "/var/lib/app.db"),
    ] {
        assert!(there.contains(&format!("`{url}`")) && there.contains(&format!("`{path}`")));
        assert_eq!(
            url.parse::<Location>().unwrap(),
            Location::File(path.into())
        );
    }
    assert!(there.contains("`sqlite::memory:`"));
    assert_eq!(
        "sqlite::memory:".parse::<Location>().unwrap(),
        Location::Memory
    );
    assert!(there.contains("`DATABASE_URL`"));
}
