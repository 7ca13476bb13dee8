//! Relationships: what they send, and what they find.

mod support;

use mini_orm::{
    BelongsTo, Column, ColumnType, Dir, Error, ForeignKey, HasMany, Model, Table, column, create,
    insert,
};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};
use support::{Pet, Post, User, memory, trace, traced};

const POSTS: HasMany<Post> = HasMany::by("user_id");
const AUTHOR: BelongsTo<User> = BelongsTo::by("user_id");

/// Users with so many posts each, written in turn.
fn blog(posts: &[usize]) -> (Connection, Vec<User>) {
    let conn = memory();
    create::<User>(&conn).unwrap();
    create::<Post>(&conn).unwrap();
    let names = (0..posts.len()).map(|n| format!("user {n}"));
    let users: Vec<User> = names
        .map(|name| insert(&conn, &User::new(&name)).unwrap())
        .collect();
    for round in 0..posts.iter().copied().max().unwrap_or_default() {
        for (user, _) in users.iter().zip(posts).filter(|(_, posts)| **posts > round) {
            insert(
                &conn,
                &Post::new(user.id, &format!("{}-{round}", user.username)),
            )
            .unwrap();
        }
    }
    trace(&conn);
    (conn, users)
}

fn titles(posts: &[Post]) -> Vec<&str> {
    posts.iter().map(|post| post.title.as_str()).collect()
}

#[test]
fn a_relationship_is_a_query_that_sends_nothing_until_it_runs() {
    let (conn, users) = blog(&[2, 0]);
    let posts = POSTS.of(&users[0]);
    assert!(traced().is_empty());
    assert_eq!(titles(&posts.all(&conn).unwrap()), ["user 0-0", "user 0-1"]);
    assert_eq!(posts.count(&conn).unwrap(), 2);
    assert!(POSTS.of(&users[1]).all(&conn).unwrap().is_empty());
    assert_eq!(
        traced()[..2],
        [
            r#"SELECT "posts"."id", "posts"."user_id", "posts"."title" FROM "posts" WHERE "posts"."user_id" = ?"#,
            r#"SELECT count(*) FROM "posts" WHERE "posts"."user_id" = ?"#,
        ]
    );
    let last = posts
        .order_by("id", Dir::Desc)
        .filter(column("title").like("user%"));
    assert_eq!(last.first(&conn).unwrap().unwrap().title, "user 0-1");
}

#[test]
fn a_row_belongs_to_one_or_none() {
    let (conn, users) = blog(&[1]);
    let post = mini_orm::all::<Post>(&conn).unwrap().remove(0);
    let author = AUTHOR.of(&post);
    traced();
    assert_eq!(author.one(&conn).unwrap(), users[0]);
    assert_eq!(
        traced(),
        [
            r#"SELECT "users"."id", "users"."username", "users"."email", "users"."verified" FROM "users" WHERE "users"."id" = ? ORDER BY "users"."id" LIMIT ?"#
        ]
    );
    let nobodys = insert(&conn, &Post::new(None, "found")).unwrap();
    assert_eq!(AUTHOR.of(&nobodys).first(&conn).unwrap(), None);
}

#[test]
fn loading_takes_as_many_statements_for_fifty_as_for_five() {
    for count in [5, 50] {
        let posts: Vec<usize> = (0..count).map(|n| n % 4).collect();
        let (conn, users) = blog(&posts);
        let loaded = POSTS.load(&conn, &users).unwrap();
        assert_eq!(traced().len(), 1);
        assert_eq!(loaded.len(), count);
        for user in &users {
            let lazily = POSTS.of(user).order_by("id", Dir::Asc).all(&conn).unwrap();
            assert_eq!(loaded[&user.id.unwrap()], lazily);
        }
        traced();
        let posts = mini_orm::all::<Post>(&conn).unwrap();
        let authors = AUTHOR.load(&conn, &posts).unwrap();
        assert_eq!(traced().len(), 2);
        assert_eq!(
            authors.len(),
            users
                .iter()
                .filter(|user| POSTS.of(*user).exists(&conn).unwrap())
                .count()
        );
        for post in &posts {
            assert_eq!(
                authors[&post.user_id.unwrap()],
                AUTHOR.of(post).one(&conn).unwrap()
            );
        }
    }
}

#[test]
fn a_parent_given_twice_has_its_children_once() {
    let (conn, users) = blog(&[2, 1]);
    let twice = users.iter().chain(&users).chain([&users[1]]);
    let loaded = POSTS.load(&conn, twice).unwrap();
    assert_eq!(loaded.len(), 2);
    assert_eq!(titles(&loaded[&1]), ["user 0-0", "user 0-1"]);
    let posts = mini_orm::all::<Post>(&conn).unwrap();
    assert_eq!(
        AUTHOR
            .load(&conn, posts.iter().chain(&posts))
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn of_none_nothing_is_asked() {
    let (conn, _) = blog(&[1]);
    assert!(POSTS.load::<User>(&conn, &[]).unwrap().is_empty());
    assert!(AUTHOR.load::<Post>(&conn, &[]).unwrap().is_empty());
    let nobodys = Post::new(None, "found");
    assert!(AUTHOR.load(&conn, &[nobodys]).unwrap().is_empty());
    assert!(traced().is_empty());
}

#[test]
fn more_parents_than_a_statement_has_places() {
    let (conn, _) = blog(&[0]);
    conn.execute_batch(
        "WITH RECURSIVE n (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < 70000)
         INSERT INTO users (id, username) SELECT n, 'user ' || n FROM n;
         INSERT INTO posts (user_id, title) SELECT id, 'b' FROM users WHERE id % 7 = 0 ORDER BY id DESC;
         INSERT INTO posts (user_id, title) SELECT id, 'a' FROM users WHERE id % 7 = 0;",
    )
    .unwrap();
    let users = mini_orm::all::<User>(&conn).unwrap();
    traced();
    let loaded = POSTS.load(&conn, &users).unwrap();
    assert_eq!(traced().len(), 3);
    assert_eq!(loaded.len(), 70_000);
    for (id, posts) in &loaded {
        let expected: &[&str] = if id % 7 == 0 { &["b", "a"] } else { &[] };
        assert_eq!(titles(posts), expected);
    }
    let posts = mini_orm::all::<Post>(&conn).unwrap();
    assert_eq!(AUTHOR.load(&conn, &posts).unwrap().len(), 10_000);
}

#[test]
fn a_row_that_was_never_inserted_has_no_relationships_yet() {
    let (conn, users) = blog(&[1]);
    let new = User::new("new");
    let error = POSTS.of(&new).all(&conn).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a row of table `users` has no `id` yet, so nothing is related to it; \
         insert it, and go on with what comes back"
    );
    let error = POSTS.load(&conn, [&users[0], &new]).unwrap_err();
    assert!(matches!(error, Error::NotInserted { .. }));
    assert!(traced().is_empty());
}

#[test]
fn a_relationship_needs_its_foreign_key() {
    let (conn, users) = blog(&[1]);
    let pet = Pet::new("Rex", None);
    let misspelt: HasMany<Post> = HasMany::by("author_id");
    let pets: HasMany<Pet> = HasMany::by("name");
    for error in [
        POSTS.of(&pet).all(&conn).err(),
        misspelt.of(&users[0]).count(&conn).err(),
        pets.of(&users[0]).exists(&conn).err(),
        POSTS.load(&conn, [&pet]).err(),
        AUTHOR.of(&pet).one(&conn).err(),
        AUTHOR.load(&conn, &[pet]).err(),
    ] {
        assert!(
            matches!(error, Some(Error::Relationship { .. })),
            "{error:?}"
        );
    }
    assert!(traced().is_empty());
    let error = misspelt.of(&users[0]).all(&conn).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `posts` has no foreign key from `author_id` to the primary key of `users`, which the \
         relationship goes along; declare it with `Table::foreign_key`, or correct the column's name"
    );
}

/// Refers to its own table, under names that SQL would trip over.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    key: Option<i64>,
    order: Option<i64>,
}

impl Group {
    const MEMBERS: HasMany<Group> = HasMany::by("OR\"DER");
    const LEADER: BelongsTo<Group> = BelongsTo::by("or\"der");
}

impl Model for Group {
    const TABLE: &'static str = "gro\"up";

    fn table() -> Table {
        Table::new(Self::TABLE)
            .column(Column::new("or\"der", ColumnType::Integer))
            .column(Column::new("select", ColumnType::Integer))
            .primary_key(&["select"])
            .foreign_key(ForeignKey::new(&["or\"der"], "GRO\"UP").to(&["SELECT"]))
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get("select")?,
            order: row.get("or\"der")?,
        })
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        vec![("SELECT", self.key.into()), ("Or\"Der", self.order.into())]
    }
}

#[test]
fn names_are_quoted_and_a_table_may_refer_to_itself() {
    let conn = memory();
    create::<Group>(&conn).unwrap();
    let group = |order| insert(&conn, &Group { key: None, order }).unwrap();
    let first = group(None);
    let (second, third) = (group(first.key), group(first.key));
    let members = [second.clone(), third];
    assert_eq!(Group::MEMBERS.of(&first).all(&conn).unwrap(), members);
    assert_eq!(Group::MEMBERS.load(&conn, [&first]).unwrap()[&1], members);
    assert_eq!(Group::LEADER.of(&second).one(&conn).unwrap(), first);
    assert_eq!(Group::LEADER.load(&conn, &members).unwrap()[&1], first);
}

#[test]
fn a_reference_that_is_no_number_is_named() {
    let (conn, users) = blog(&[0]);
    conn.execute_batch(
        "DROP TABLE posts; CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id TEXT, title TEXT);
         INSERT INTO posts VALUES (9, '1', 'x')",
    )
    .unwrap();
    let error = POSTS.load(&conn, &users).unwrap_err();
    assert!(matches!(error, Error::Row { key: Some(9), .. }), "{error}");
}
