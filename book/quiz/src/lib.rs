//! The quizzes of the workbook: `book/quizzes/NN_part/NN_name.toml`.
//!
//! This room reads and judges them. The book draws them as forms; the checker
//! asks them in the terminal.

mod judge;
mod model;

pub use judge::{Misconceptions, faults};
pub use model::{Fact, Misconception, Question, Quiz, QuizOption};
