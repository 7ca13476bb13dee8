//! The pieces that an exercise shows are those of this crate.

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
