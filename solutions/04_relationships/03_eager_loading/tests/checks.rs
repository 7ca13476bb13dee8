//! What `load_posts` finds, and with how many statements.

use eager_loading::{Post, User, load_posts};
use witness::prelude::*;

/// Every user gets their own posts, in order.
#[test]
fn every_user_gets_their_own_posts() {
    check(|w| {
        let db = microblog(w)?;
        loaded(&db, &[(1, "101 e, 105 a"), (2, "102 b"), (4, "103 c")])
            .because("A list holds the posts whose user_id is that user's id, in the order of their own ids.")?;
        loaded(&db.reversed(), &[(1, "101 e, 105 a"), (4, "103 c")])
            .because("Without ORDER BY, rows come in any order that suits SQLite.")?;
        db.prepare("UPDATE posts SET body = x'ff' WHERE id = 102")?;
        db.fails(|conn| load_posts(conn, &users([1, 2])))
            .saying("the body of post 102 is a BLOB, but `load_posts` returned Ok")
            .because("Whoever gets a list takes it for whole. This one lacks a post.")
            .hint("an_error_is_passed_on")?;
        Ok(())
    });
}

/// A user without posts gets an empty list.
#[test]
fn a_user_without_posts_gets_an_empty_list() {
    check(|w| {
        let db = microblog(w)?;
        for users in [
            &[(1, "101 e, 105 a"), (3, ""), (4, "103 c")][..],
            &[(3, ""), (5, "")],
        ] {
            loaded(&db, users).because("Whoever asked for a user waits for a list.")?;
        }
        loaded(&db, &[]).because("For no users there are no lists: no error.")
    });
}

/// The lists follow the users, in any order, and twice.
#[test]
fn the_lists_follow_the_users() {
    check(|w| {
        let db = microblog(w)?;
        loaded(&db, &[(4, "103 c"), (1, "101 e, 105 a"), (2, "102 b")])
            .because("The first list is the first user's: nothing else says whose it is.")?;
        loaded(&db, &[(2, "102 b"), (4, "103 c"), (2, "102 b")])
            .because("A user can be given twice: the authors of ten posts need not be ten users.")
    });
}

/// More users do not need more statements.
#[test]
fn more_users_need_no_more_statements() {
    check(|w| {
        let db = crowd(w)?;
        let sent = |count| {
            let trace = w.trace();
            let loaded = db.run(|conn| load_posts(conn, &users(1..=count)));
            loaded.map(|_| trace.all())
        };
        let (few, many) = (sent(5)?.count(), sent(50)?);
        let why = if many.count() == few {
            "One is enough, two are allowed. BEGIN and COMMIT are statements, too."
        } else {
            "One more user, one more statement: a page of 1000 users would send 1000."
        };
        many.at_most(2)
            .saying(format!(
                "for 5 users your code sends {few} statements, for 50 users {}",
                many.count()
            ))
            .because(why)?;
        expect_equal("the number of statements for 50 users", many.count(), few)
            .because("For 5 users and for 50, it should be the same.")?;
        let most = sent(1000).because("This is a list of 1000 users.")?.count();
        expect_that(
            most <= 2,
            format!("for 1000 users your code sends {most} statements"),
        )
        .because("SQLite has 32,766 places in one statement: no need to divide 1000.")
    });
}

/// No posts of other users are read.
#[test]
fn no_posts_of_others_are_read() {
    check(|w| {
        let (db, trace) = (crowd(w)?, w.trace());
        db.run(|conn| load_posts(conn, &users([7, 40, 9])))?;
        let mut read = 0;
        for word in ["SELECT", "WITH"] {
            for statement in trace.statements(word).list() {
                read += db.rows(&statement.expanded)?.len();
            }
        }
        // 3 users with 2 posts each; some statements have a row for a user, too.
        if read <= 12 {
            return Ok(());
        }
        Err(
            Failure::new("your code reads more than the posts of the users that it is given")
                .expected("6 posts, of 3 users")
                .observed(format!("{read} rows are read"))
                .because("The other 47 users may have a million posts. SQLite can leave them out."),
        )
    });
}

/// Users 3 and 5 have no posts; post 104 has no author. Post 105 is older than
/// post 101: a row that is found by the index does not come in the order of ids.
fn microblog(w: &Witness) -> Outcome<Database> {
    w.database_with(&format!(
        "{TABLES}
         INSERT INTO users (id, username)
         VALUES (1, 'user1'), (2, 'user2'), (3, 'user3'), (4, 'user4'), (5, 'user5');
         INSERT INTO posts (id, user_id, body, created_at) VALUES
             (101, 1, 'e', '{MOMENT}'), (102, 2, 'b', '{MOMENT}'), (103, 4, 'c', '{MOMENT}'),
             (104, NULL, 'd', '{MOMENT}'), (105, 1, 'a', '{BEFORE}')"
    ))
}

/// 50 users, with 2 posts each, and 50 posts of nobody.
fn crowd(w: &Witness) -> Outcome<Database> {
    w.database_with(&format!(
        "{TABLES}
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 50)
         INSERT INTO users (id, username) SELECT n, 'user' || n FROM numbers;
         INSERT INTO posts (user_id, body, created_at) SELECT id, 'first', '{MOMENT}' FROM users;
         INSERT INTO posts (user_id, body, created_at) SELECT id, 'second', '{MOMENT}' FROM users;
         INSERT INTO posts (user_id, body, created_at) SELECT NULL, 'third', '{MOMENT}' FROM users"
    ))
}

const BEFORE: &str = "2026-03-01 09:00:00.000000";
const MOMENT: &str = "2026-03-02 09:00:00.000000";
const TABLES: &str = "
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        username VARCHAR(80) NOT NULL UNIQUE CHECK (length(username) <= 80)
    );
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY,
        user_id INTEGER REFERENCES users (id),
        body VARCHAR(140) NOT NULL CHECK (length(body) <= 140),
        created_at DATETIME NOT NULL
    );
    CREATE INDEX ix_posts_user_id_created_at ON posts (user_id, created_at);";

fn users(ids: impl IntoIterator<Item = i64>) -> Vec<User> {
    let user = |id| User {
        id,
        username: format!("user{id}"),
    };
    ids.into_iter().map(user).collect()
}

/// Whether these users get lists of these posts.
fn loaded(db: &Database, expected: &[(i64, &str)]) -> Outcome {
    let users = users(expected.iter().map(|(id, _)| *id));
    let lists = db.run(|conn| load_posts(conn, &users))?;
    let row = |list: usize, posts: &str| {
        let user = users.get(list).map(|user| user.id);
        vec![
            (list as i64 + 1).into(),
            user.into(),
            posts.to_owned().into(),
        ]
    };
    let shown = |posts: &Vec<Post>| {
        let posts = posts
            .iter()
            .map(|post| format!("{} {}", post.id, post.body));
        posts.collect::<Vec<_>>().join(", ")
    };
    let found = lists.iter().map(shown).enumerate();
    let found = found.map(|(list, posts)| row(list, &posts)).collect();
    let expected = expected.iter().enumerate();
    let expected = expected
        .map(|(list, (_, posts))| row(list, posts))
        .collect();
    let ids: Vec<_> = users.iter().map(|user| user.id.to_string()).collect();
    let whom = if ids.is_empty() {
        "no users".to_owned()
    } else {
        format!("users {}", ids.join(", "))
    };
    expect_same_rows(
        &format!("what `load_posts` returns for {whom}"),
        Rows::new(found).named(&["list", "of user", "its posts"]),
        Rows::new(expected),
    )
}
