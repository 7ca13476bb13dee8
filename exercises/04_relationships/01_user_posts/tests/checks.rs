//! How posts and users are linked, and what is found along the link.

use user_posts::{Post, User, author_of, create_tables, open, posts_of};
use witness::prelude::*;

/// A post has one user, and a user may have many posts.
#[test]
fn a_user_may_have_many_posts() {
    check(|w| {
        let db = w.database()?;
        db.run(create_tables)?;
        for (table, columns, why) in [
            (
                "users",
                &["id", "username"][..],
                "A user has many posts, and a column holds one value.",
            ),
            (
                "posts",
                &["id", "user_id", "body", "created_at"],
                "A post has one user, so it has room for the id.",
            ),
        ] {
            db.expect_columns(table, columns)
                .saying(format!("{table} does not have the columns that it should"))
                .because(why)?;
        }
        let body = w.name();
        let mut copy = db
            .accepts(USERS)
            .saying("users are refused, although they have no posts yet")
            .because("A user needs no post, and REFERENCES has to name a table and its key.")?;
        for (user_id, what, why) in [
            ("12", "a post of user 12", "Users 1, 2, 3 and 12 exist."),
            ("1", "a post of user 1", "Users 1, 2, 3 and 12 exist."),
            (
                "1",
                "a second post of user 1",
                "A user may write many posts.",
            ),
            (
                "NULL",
                "a post without a user",
                "NULL says that it is not known who wrote it.",
            ),
        ] {
            copy = copy
                .accepts(&insert(user_id, &body))
                .saying(format!("{what} is refused"))
                .because(why)?;
        }
        copy.accepts(&format!(
            "INSERT INTO posts (body, created_at) VALUES ('{body}', '{MOMENT}')"
        ))
        .saying("a post whose user_id is left out is refused")
        .because("What is left out is NULL: it is not known who wrote the post.")?
        .leaves(
            "SELECT id, user_id FROM posts",
            rows![[1, 12], [2, 1], [3, 1], [4, NULL], [5, NULL]],
        )
        .saying("the posts do not have the user_id that they were given")
        .because("It is the id of the user, a whole number, or NULL.")
    });
}

/// A post of a user who does not exist is refused.
#[test]
fn a_post_of_nobody_is_refused() {
    check(|w| {
        let (db, nobody) = (microblog(w)?, w.number(6..=9));
        db.refuses(Violation::ForeignKey, &insert(&nobody.to_string(), "Boo"))
            .saying(format!(
                "a post of user {nobody} is not refused; there is none"
            ))
            .because("Nobody would ever find out who wrote it.")?;
        db.refuses(
            Violation::ForeignKey,
            &format!("UPDATE posts SET user_id = {nobody} WHERE id = 2"),
        )
        .saying(format!(
            "a post can be given to user {nobody}; there is none"
        ))
        .because("Every statement that writes has to keep to the rule.")
    });
}

/// Your connections refuse it, whatever the default is.
#[test]
fn open_does_not_rely_on_the_default() {
    check(|w| {
        w.foreign_keys(ForeignKeys::Off);
        let db = microblog(w)?;
        for which in ["first", "second"] {
            let conn = w.run(|| open(db.path()))?;
            w.run(|| conn.execute_batch(&insert("1", "Hi")))
                .saying(format!("the {which} connection of `open` stores no post"))
                .because("User 1 exists.")?;
            let orphan = insert("9", "Boo");
            if conn.execute_batch(&orphan).is_ok() {
                return Err(Failure::new(format!(
                    "the {which} connection of `open` stores a post of user 9; there is none"
                ))
                .expected(format!("refused: {orphan}"))
                .observed("accepted")
                .because("The rule is in the file. Whether it holds is up to each connection."));
            }
        }
        Ok(())
    });
}

/// From a user you find their posts, and no others.
#[test]
fn from_a_user_to_their_posts() {
    check(|w| {
        let db = microblog(w)?;
        for (id, expected) in [
            (1, rows![[2, 1, "two"], [12, 1, "twelve"]]),
            (2, rows![]),
            (3, rows![[4, 3, "four"]]),
            (12, rows![[1, 12, "one"], [3, 12, "three"]]),
        ] {
            let found = db.run(|conn| posts_of(conn, &user(id))).because(WHOSE)?;
            expect_same_rows(&returned("posts_of", id), rows_of_posts(&found), expected)
                .because(WHOSE)?;
        }
        db.prepare("UPDATE users SET username = 'dora' WHERE id = 2")?;
        db.prepare(&insert("2", "late"))?;
        let found = db.run(|conn| posts_of(conn, &user(2)))?;
        expect_same_rows(
            "what `posts_of` returns for user 2, who has a new name and a first post",
            rows_of_posts(&found),
            rows![[13, 2, "late"]],
        )
        .because("Names change. An id stays, so posts hold the id.")?;
        for _ in 0..10 {
            db.prepare(&insert("2", "again"))?;
        }
        let found = db.run(|conn| posts_of(conn, &user(2)))?;
        expect_same_rows(
            "how many posts `posts_of` returns for user 2, who has written ten more",
            rows![[found.len() as i64]],
            rows![[11]],
        )
        .because("A user may have many posts, and all of them are asked for.")?;
        // A STRICT table lets no BLOB in.
        if db
            .prepare("UPDATE posts SET body = x'ff' WHERE id = 4")
            .is_ok()
        {
            passed_on(
                "the body of post 4 is a BLOB, but `posts_of` returned Ok for its user",
                db.fails(|conn| posts_of(conn, &user(3))),
            )?;
        }
        Ok(())
    });
}

/// From a post you find its author, if it has one.
#[test]
fn from_a_post_to_its_author() {
    check(|w| {
        let db = microblog(w)?;
        for (id, author, name) in [
            (2, 1, "john"),
            (1, 12, "ada"),
            (4, 3, "susan"),
            (12, 1, "john"),
        ] {
            let found = db
                .run(|conn| author_of(conn, &post(id, Some(author))))
                .because(WHO)?;
            expect_same_rows(
                &returned("author_of", id),
                rows_of_users(found.as_slice()),
                rows![[author, name]],
            )
            .because(WHO)?;
        }
        let found = db
            .run(|conn| author_of(conn, &post(5, None)))
            .because("Nobody knows who wrote this post. That is an answer, and no error.")?;
        expect_same_rows(
            &returned("author_of", 5),
            rows_of_users(found.as_slice()),
            rows![],
        )
        .because("The user_id of this post is NULL.")?;
        db.prepare("DROP TABLE users")?;
        passed_on(
            "there is no table users any more, but `author_of` returned Ok",
            db.fails(|conn| author_of(conn, &post(2, Some(1)))),
        )
    });
}

/// A user's posts are found without reading all posts.
#[test]
fn posts_are_found_by_an_index() {
    check(|w| {
        let db = microblog(w)?;
        let trace = w.trace();
        db.run(|conn| posts_of(conn, &user(1)))?;
        trace.all().at_most(3)?;
        trace
            .statements("CREATE")
            .none()
            .because("The index belongs to the tables. Who reads changes nothing.")?;
        for statement in trace.all().list() {
            let plan = db.plan(&statement.sql)?;
            let of_a_table =
                |step: &&String| step.starts_with("SCAN") && !step.contains("CONSTANT");
            if let Some(step) = plan.iter().find(of_a_table) {
                return Err(
                    Failure::new("to find the posts of one user, SQLite reads all posts")
                        .expected("SEARCH posts USING INDEX …")
                        .observed(format!("{step}, for {}", statement.sql))
                        .because("A foreign key refuses rows; it does not help to find them."),
                );
            }
        }
        Ok(())
    });
}

const USERS: &str =
    "INSERT INTO users (id, username) VALUES (1, 'john'), (2, 'eve'), (3, 'susan'), (12, 'ada')";
const WHOSE: &str = "Whose post it is, user_id says. A user without posts has none: no error.";
const WHO: &str = "A post holds the id of its one user. What else there is to know is in users.";
const MOMENT: &str = "2026-03-02 09:00:00.000000";

/// Eve has no posts, and post 5 has no author. Posts have the ids of other users.
fn microblog(w: &Witness) -> Outcome<Database> {
    let db = w.database()?;
    db.run(create_tables)?;
    db.prepare(&format!(
        "{USERS};
         INSERT INTO posts (id, user_id, body, created_at) VALUES
             (1, 12, 'one', '{MOMENT}'), (2, 1, 'two', '{MOMENT}'),
             (3, 12, 'three', '{MOMENT}'), (4, 3, 'four', '{MOMENT}'),
             (5, NULL, 'five', '{MOMENT}'), (12, 1, 'twelve', '{MOMENT}')"
    ))?;
    Ok(db)
}

/// SQL that any other program might send.
fn insert(user_id: &str, body: &str) -> String {
    format!(
        "INSERT INTO posts (user_id, body, created_at) VALUES ({user_id}, '{body}', '{MOMENT}')"
    )
}

fn passed_on(so: &str, error: Outcome<rusqlite::Error>) -> Outcome {
    error
        .saying(so)
        .because("No row means that there is none. Here nobody could look.")
        .hint("an_error_is_passed_on")?;
    Ok(())
}

fn returned(function: &str, id: i64) -> String {
    let whose = if function == "posts_of" {
        "user"
    } else {
        "post"
    };
    format!("what `{function}` returns for {whose} {id}")
}

fn user(id: i64) -> User {
    let username = match id {
        1 => "john",
        2 => "eve",
        3 => "susan",
        _ => "ada",
    };
    User {
        id,
        username: username.to_owned(),
    }
}

fn post(id: i64, user_id: Option<i64>) -> Post {
    let body = match id {
        1 => "one",
        2 => "two",
        4 => "four",
        5 => "five",
        _ => "twelve",
    };
    Post {
        id,
        user_id,
        body: body.to_owned(),
        created_at: MOMENT.to_owned(),
    }
}

fn rows_of_posts(posts: &[Post]) -> Rows {
    let row = |post: &Post| {
        vec![
            post.id.into(),
            post.user_id.into(),
            post.body.clone().into(),
        ]
    };
    Rows::new(posts.iter().map(row).collect()).named(&["id", "user_id", "body"])
}

fn rows_of_users(users: &[User]) -> Rows {
    let row = |user: &User| vec![user.id.into(), user.username.clone().into()];
    Rows::new(users.iter().map(row).collect()).named(&["id", "username"])
}
