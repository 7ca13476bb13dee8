//! How this crate is meant to grow, part by part, and what stays as it is.
//!
//! The crate holds the finished form of what the exercises build. An exercise
//! uses the pieces of those before it, so a piece may gain neighbors but never
//! change its shape. This page is the plan that makes that possible. What exists
//! is marked "here"; the rest is what the present shape leaves room for.
//!
//! # One trait
//!
//! [`Model`](crate::Model) is written once, in part 1, and used to the end. It
//! has four items, and each later part is built on them alone:
//!
//! | item | what is built on it |
//! |---|---|
//! | `TABLE` | foreign keys and relationships, which name each other's tables: `table()` could not, since two tables that refer to each other would call each other without end |
//! | `table()` | all SQL: definitions, the column lists of queries, the comparison with a database |
//! | `from_row` | everything that reads, and everything that is written back: the row that `RETURNING` gives replaces the value, so no setter is needed, for an id or for anything else |
//! | `values` | everything that writes: a column left out is not in the statement, a column whose value differs from the value at loading is what an UPDATE sets, and the primary key's value is the model's identity |
//!
//! What is *not* in the trait, and why:
//!
//! - **No `id()`**: the primary key is in `table()` and its value in `values()`.
//!   A second way to say it could disagree.
//! - **No insertable form** (`type New`): a model whose id is an `Option<i64>`
//!   is its own, as NULL makes SQLite assign the key. Where a form of its own
//!   pays, because unset is not the same as NULL, it is another trait (below)
//!   that every model has already.
//! - **No relationships**: they are no columns and belong to no table. They are
//!   values beside the model.
//!
//! A definition is a plain value: [`Table`](crate::Table) is what a model
//! declares and, from part 8, also what is found in a database, so comparing
//! them is comparing two values of one type. Its structs are
//! `#[non_exhaustive]`: they are built by their functions and read by their
//! fields, and gain fields without breaking either.
//!
//! # The calls, and the SQL each sends
//!
//! `…` stands for the columns of the table, each quoted and with its table, as
//! in `"pets"."name"`; `?` for a bound value. There is no call that builds a
//! value into SQL.
//!
//! ## Part 1: models, here
//!
//! | call | SQL |
//! |---|---|
//! | `create::<Pet>(&conn)?` | `SAVEPOINT`, `CREATE TABLE "pets" (…)`, a `CREATE INDEX` each, `RELEASE` |
//! | `insert(&conn, &pet)?` → `Pet` | `INSERT INTO "pets" ("id", "name") VALUES (?, ?) RETURNING …` |
//! | `all::<Pet>(&conn)?` → `Vec<Pet>` | `SELECT … FROM "pets"` |
//! | `violation(&error)`, `error.violation()` → `Violation` | none; reads SQLite's extended code |
//! | `MetaData::new().register::<User>()?` | none; refuses two models of one table |
//! | `metadata.table(follows)?` | none; a table that has no model, as an association table |
//! | `metadata.create_all(&conn)?` → `Report` | between `SAVEPOINT` and `RELEASE`, parents first: `CREATE TABLE …`; a table that exists is left alone, and reported; unknown parents are refused |
//! | `UtcTime` | none; `ToSql` and `FromSql` for the one text form of a moment |
//! | `database_url(get)?`, `url.parse::<Location>()?` | none |
//! | `open(&location, &options)?` → `Connection` | `PRAGMA foreign_keys = ON`, busy timeout, a look at `sqlite_schema` |
//!
//! ## Part 2: rows
//!
//! ```text
//! pub trait Insert {                       // insert and insert_many take any
//!     type Model: Model;
//!     fn row(&self) -> Vec<(&'static str, Value)>;
//! }
//! impl<M: Model> Insert for M { … }        // so insert(&conn, &pet) is as it was
//! impl Insert for NewUser { type Model = User; … }   // lists only the fields that are Field::Set
//! ```
//!
//! | here | SQL |
//! |---|---|
//! | `insert(&conn, &new_user)?` → `User` | `INSERT INTO "users" (only what is set) VALUES (?) RETURNING …`, or `DEFAULT VALUES` |
//! | `insert_many(&conn, &pets)?` → `Vec<Pet>` | the same for each, between `SAVEPOINT` and `RELEASE`; nothing for none |
//!
//! | later | SQL |
//! |---|---|
//! | `get::<User>(&conn, 7)?` → `Option<User>` | the query with `WHERE "users"."id" = ?` |
//! | `update(&conn, &user, &snapshot)?` | `UPDATE "users" SET only what changed WHERE "id" = ?`; nothing if nothing changed |
//! | `delete(&conn, &user)?` | `DELETE FROM "users" WHERE "id" = ?` |
//! | `upsert(&conn, &new_user, &["email"])?` → `User` | `INSERT … ON CONFLICT ("email") DO UPDATE SET … RETURNING …` |
//!
//! `Snapshot` is what `values()` gave when the row was read.
//!
//! A transaction of one's own is rusqlite's
//! `conn.transaction_with_behavior(TransactionBehavior::Immediate)?`: it rolls
//! back when it is dropped, after a panic too, and when its commit fails. This
//! crate adds nothing to it. A model's calls take a `&Connection`, which a
//! transaction is as well.
//!
//! ## Part 3: queries, here
//!
//! | call | SQL |
//! |---|---|
//! | `query::<User>()`, `.filter(column("age").ge(18))`, `.order_by("name", Dir::Desc)`, `.limit(5)`, `.offset(10)` | none; a column that `table()` does not list is refused when it runs, and so is a comparison with NULL |
//! | `.all(&conn)?` | `SELECT … FROM "users" WHERE "users"."age" >= ? ORDER BY "users"."name" DESC, "users"."id" LIMIT ? OFFSET ?` |
//! | `.first(&conn)?`, `.one(&conn)?` | the same with a limit of 1, of 2 |
//! | `.count(&conn)?` | `SELECT count(*) FROM "users" WHERE …`; around the query if it is limited |
//! | `.exists(&conn)?` | `SELECT EXISTS (SELECT 1 FROM "users" WHERE …)` |
//! | `column("id").in_list(ids)` | `"users"."id" IN (?, …)`; `FALSE` for none; `IN (SELECT +value FROM json_each(?))` where a statement has too few places |
//!
//! `all::<M>(&conn)` is the query without conditions. The primary key is the
//! last thing that a limited query is ordered by. A query is a value without a
//! connection, so it can be kept, cloned and run again; a session will run it
//! too, and share the objects it knows.
//!
//! What `from_row` refuses becomes an error that names the table, the column
//! and the row's key.
//!
//! ## Part 4: relationships, here
//!
//! ```text
//! impl User { const POSTS: HasMany<Post> = HasMany::by("user_id"); }
//! impl Post { const AUTHOR: BelongsTo<User> = BelongsTo::by("user_id"); }
//! ```
//!
//! | call | SQL |
//! |---|---|
//! | `User::POSTS.of(&user)` → `Query<Post>` | none until it runs: `SELECT … FROM "posts" WHERE "posts"."user_id" = ?` |
//! | `Post::AUTHOR.of(&post)` → `Query<User>` | none until it runs: `SELECT … FROM "users" WHERE "users"."id" = ?`; `WHERE FALSE` for a NULL |
//! | `User::POSTS.load(&conn, &users)?` → `BTreeMap<i64, Vec<Post>>` by user | one `SELECT … WHERE "posts"."user_id" IN (?, …) ORDER BY "posts"."id"` for each 30,000 users |
//! | `Post::AUTHOR.load(&conn, &posts)?` → `BTreeMap<i64, User>` by user | one `SELECT … WHERE "users"."id" IN (?, …)` for each 30,000 users |
//!
//! A relationship goes along a foreign key that the child's `table()` declares,
//! to the parent's primary key. It takes a parent of any model, and refuses when
//! it runs one that the foreign key does not refer to.
//!
//! ## Part 5: sessions
//!
//! | here | SQL |
//! |---|---|
//! | `Session::new(&mut conn)`, `session.add(pet)` → `Rc<RefCell<Pet>>` | none |
//! | `session.add_to(&user, User::POSTS, post)` → `Rc<RefCell<Post>>` | none; `user_id` takes the user's id when it is written |
//! | `session.flush()?` | `BEGIN IMMEDIATE` the first time, `INSERT … RETURNING` for each, parents first; nothing if there is nothing |
//! | `session.commit()?` | the flush, `COMMIT` |
//! | `session.rollback()?`, dropping it | `ROLLBACK` |
//! | `session.connection()` | none; to run a query among what was flushed |
//!
//! A session overrides values while it writes (a foreign key that was not known
//! yet) and replaces the object by the row that comes back. What the object was
//! before it keeps, and gives back on a rollback. It asks nothing more of a
//! model than `'static`. What failed needs a rollback, and no call but that one
//! does anything until then.
//!
//! | later | SQL |
//! |---|---|
//! | `session.get::<User>(7)?` → `Option<Rc<RefCell<User>>>` | as `get`, the first time only |
//! | `session.all(&query)?` → `Vec<Rc<RefCell<User>>>` | the query's; rows that the session knows become the objects that it knows |
//! | `session.delete(&user)?` | none |
//! | `session.flush()?` | then also `UPDATE` what changed, and `DELETE` children first |
//!
//! ```text
//! trait Pending { model, name, table, is_written, write, undo }   // here
//! struct New<M>     { object, parent, before }                     // here: INSERT
//! struct Known<M>   { object, snapshot: Vec<(…, Value)> }          // UPDATE what values() gives differently
//! struct Gone<M>    { object }                                     // DELETE
//! map: HashMap<(TypeId, i64), Rc<dyn Any>>                         // the identity map
//! ```
//!
//! `Known` and `Gone` are two more implementations of the one trait, with the
//! object's key from `values()`. The order is there as well: inserts by depth
//! from the parents up, deletes by depth from the children down. What is new
//! becomes known when it is committed, and a rollback forgets what is known, so
//! that it is read again.
//!
//! ## Part 6: migrations by hand, here
//!
//! | call | SQL |
//! |---|---|
//! | `current(&conn)?` → `usize` | `PRAGMA user_version` |
//! | `migrate_to(&mut conn, &steps, 4)?` | nothing more if it is there; else `PRAGMA foreign_keys = 0` where they were on, for each step `BEGIN IMMEDIATE`, `PRAGMA user_version`, `PRAGMA foreign_key_check`, the step's statements, `PRAGMA foreign_key_check`, `PRAGMA user_version = 4`, `COMMIT`; then the pragma as before |
//!
//! `Step { up, down }` is text, so a step is what was reviewed. Its pieces are
//! what part 7 runs revisions with: the text taken apart and looked through
//! before anything runs (`migration/script.rs`), foreign keys off and on again
//! (`migration/foreign_keys.rs`), rows that refer to nothing before and after
//! (`migration/orphans.rs`).
//!
//! ## Parts 7 to 9: a migration tool
//!
//! `Schema` is a set of [`Table`](crate::Table)s with the views and triggers
//! that are carried along unread. A `Revision` is a step with a name, a parent
//! and a checksum; a `Graph` is all of them; the version of a database is a row
//! of a table instead of a number, since two heads have no number.
//!
//! ```text
//! pub struct Revision { id: RevisionId, parents: Vec<RevisionId>, message: String, up: String, down: Option<String>, … }
//! pub enum Target { Head, Base, Revision(RevisionId), Relative(i32) }   // read from text, resolved by the graph
//! pub enum Change { Sql(String), Rebuild { from: Table, to: Table, copy: Vec<(Ident, …)> } }
//! ```
//!
//! | module | call | SQL |
//! |---|---|---|
//! | `schema` | `introspect(&conn)?` → `Schema` | `sqlite_schema`, `pragma_table_xinfo` and its kin; writes nothing |
//! | | `metadata.schema()` → `Schema` | none |
//! | `diff` | `diff(&found, &declared, &options)` → `Diff` | none; every `Op` carries what was there, so it can be reversed |
//! | | `plan(&diff)?` → `Vec<Change>`, `render(&changes)` → `Script` | none; `ALTER TABLE` where that can, else one rebuild for each table. The script is text that a step can have: a rebuild is written out as its statements |
//! | `graph` | `Graph::load(dir)?`, `graph.resolve(text, current)?`, `graph.path(from, to)?` | none |
//! | `migration` | `MigrationContext::new(&mut conn, &graph).upgrade(target)?`, `.downgrade(target)?` | for each revision as `migrate_to` for each step, with `SELECT`, then `INSERT`, `UPDATE` or `DELETE` of the version's row, in the place of `user_version` |
//! | | `context.current()?` | `SELECT` from the version table if there is one; writes nothing |
//! | | `context.stamp(target)?` | `BEGIN IMMEDIATE`, the version's row, `COMMIT` |
//!
//! The loop of `migrate_to` asks three things of what it runs: where the
//! database is (read within the lock), which move comes next, and how the new
//! place is written. Those three differ for revisions; the rest is one.
//!
//! Foreign keys are off for every step, not for those that ask: a step cannot
//! switch them itself, and one that deletes parents is caught by the check
//! instead of taking the children with it.
//!
//! What introspection finds and models do not declare yet (collations,
//! generated columns, `STRICT`, types of other tools) becomes fields and
//! variants beside the present ones.
