//! The quizzes of the workbook: `book/quizzes/NN_part/NN_name.toml`.
//!
//! ```text
//! text ─► model ─► judge ─► faults
//!           └────► facts ─► SQLite
//! ```
//!
//! The book draws them as forms; the checker asks them in the terminal.

mod fact;
mod fault;
mod judge;
mod markdown;
mod misconception;
mod model;
mod statement;
mod text;

pub use fact::{Fact, run_facts, said};
pub use fault::Fault;
pub use judge::faults;
pub use markdown::plain;
pub use misconception::{Misconception, Misconceptions};
pub use model::{Language, Question, Quiz, QuizOption};
pub use text::Text;
