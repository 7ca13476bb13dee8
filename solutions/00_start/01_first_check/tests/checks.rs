//! What the database must hold in the end.

use first_check::register;
use witness::prelude::*;

/// Rex is stored as a dog and Tom as a cat.
#[test]
fn rex_is_a_dog_and_tom_is_a_cat() {
    check(|w| {
        let db = w.database()?;
        db.run(register)?;
        db.expect_rows(
            "SELECT name, species FROM pets",
            rows![["Rex", "dog"], ["Tom", "cat"]],
        )
        .saying("the database does not hold Rex, a dog, and Tom, a cat")
        .because("The check opened the file that your code wrote: what is in it counts, not what the code says.")
    });
}
