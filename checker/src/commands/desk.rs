//! What every command works with: the course, the places, the progress, and
//! the person in front of it.

use std::cell::Cell;

use anyhow::Result;

use crate::cli::CourseArgs;
use crate::course::{CheckName, Course, Exercise, Files, Selector, closest};
use crate::exit::Exit;
use crate::places::Places;
use crate::progress::{Opened, Progress};
use crate::report::text::{Advice, Invocation, View, page};
use crate::report::{ExerciseReport, Status};
use crate::terminal;

/// Everything a command needs to begin.
pub(crate) struct Desk {
    pub(crate) places: Places,
    pub(crate) course: Course,
    pub(crate) view: View,
    /// It has been said that progress is not recorded.
    told: Cell<bool>,
}

impl Desk {
    /// Finds the project and reads the course.
    ///
    /// # Errors
    ///
    /// When there is no folder of exercises, or the course cannot be read.
    pub(crate) fn set(args: &CourseArgs) -> Result<Self> {
        let places = Places::find(args.exercises.as_deref())?;
        let files = match &args.course {
            Some(folder) => Files::from_disk(&std::path::absolute(folder)?)?,
            None => Files::embedded(),
        };
        let course = Course::load(files)?;
        let pages = course
            .exercises
            .iter()
            .map(|exercise| exercise.id.clone())
            .filter(|id| {
                let root = places.root.as_ref();
                root.is_some_and(|root| root.join(page(id)).is_file())
            })
            .collect();
        let view = View {
            invocation: Invocation::detect(),
            width: terminal::width(),
            exercises: places.shown(&places.exercises),
            pages,
        };
        Ok(Desk {
            places,
            course,
            view,
            told: Cell::new(false),
        })
    }

    /// Opens the progress database and says so if something is wrong with it;
    /// without it, grading goes on.
    pub(crate) fn progress(&self) -> Option<Progress> {
        match Progress::open(&self.places.state, &self.course) {
            Opened::Ready(progress) => Some(progress),
            Opened::SetAside(progress, aside) => {
                terminal::complain(&format!(
                    "the progress database was damaged; it is kept as {}, and a new one was begun\n",
                    self.places.shown(&aside)
                ));
                Some(progress)
            }
            Opened::Unusable(reason) => {
                if !self.told.replace(true) {
                    terminal::complain(&format!("progress is not recorded this time: {reason}\n"));
                }
                None
            }
        }
    }

    /// The exercises that were named; an unknown one is said to be so.
    pub(crate) fn select(&self, names: &[String]) -> Result<Vec<&Exercise>, Exit> {
        let mut selected: Vec<&Exercise> = Vec::new();
        for name in names {
            match Selector(name.clone()).select(&self.course) {
                Ok(found) => {
                    for exercise in found {
                        if !selected.iter().any(|other| other.id == exercise.id) {
                            selected.push(exercise);
                        }
                    }
                }
                Err(near) => {
                    self.no_such("exercise", name, &near, ("list", "exercises"));
                    return Err(Exit::Nothing);
                }
            }
        }
        selected.sort_by_key(|exercise| exercise.number);
        Ok(selected)
    }

    /// The one exercise that was named.
    pub(crate) fn select_one(&self, name: &str) -> Result<&Exercise, Exit> {
        let found = self.select(&[name.to_owned()])?;
        match found.as_slice() {
            [exercise] => Ok(exercise),
            several => {
                let names: Vec<_> = several
                    .iter()
                    .map(|exercise| exercise.number.to_string())
                    .collect();
                terminal::complain(&format!(
                    "`{name}` is several exercises: {}; name one\n",
                    names.join(", ")
                ));
                Err(Exit::Usage)
            }
        }
    }

    /// The checks that were named, of one of `exercises`.
    pub(crate) fn select_checks(
        &self,
        names: &[String],
        exercises: &[&Exercise],
    ) -> Result<Vec<CheckName>, Exit> {
        let mut selected = Vec::new();
        for name in names {
            let wanted = CheckName(name.clone());
            if exercises
                .iter()
                .any(|exercise| exercise.check(&wanted).is_some())
            {
                selected.push(wanted);
            } else {
                let known = exercises
                    .iter()
                    .flat_map(|exercise| &exercise.checks)
                    .map(|check| check.name.to_string());
                self.no_such("check", name, &closest(name, known), ("list", "exercises"));
                return Err(Exit::Nothing);
            }
        }
        Ok(selected)
    }

    /// Says that there is nothing of that name. `all` is a command, and what it
    /// shows all of.
    pub(super) fn no_such(&self, what: &str, name: &str, near: &[String], all: (&str, &str)) {
        let mut text = format!("there is no {what} `{name}`");
        match near {
            [] => text.push_str(&format!(
                "; `{}` shows all {}",
                self.view.invocation.command(all.0),
                all.1
            )),
            [one] => text.push_str(&format!("; did you mean `{one}`?")),
            several => text.push_str(&format!(
                "; did you mean one of these: {}?",
                several.join(", ")
            )),
        }
        text.push('\n');
        terminal::complain(&text);
    }

    /// What to do about an exercise.
    pub(crate) fn advice(&self, report: &ExerciseReport) -> Vec<Advice> {
        let command = |arguments: String, purpose: &str| Advice {
            command: self.view.invocation.command(&arguments),
            purpose: purpose.to_owned(),
        };
        let number = &report.number;
        match report.status {
            Status::Passed => match self
                .course
                .exercises
                .iter()
                .find(|exercise| exercise.id == report.id)
                .and_then(|exercise| self.course.after(exercise))
            {
                Some(after) => vec![command(
                    format!("open {}", after.number),
                    &format!("go on with {} {}", after.number, after.name),
                )],
                None => Vec::new(),
            },
            Status::NotStarted => vec![
                command(format!("open {number}"), "open it in your editor"),
                command(String::new(), "grade what you changed"),
            ],
            Status::Missing | Status::Error => vec![command(
                format!("reset {number}"),
                "put the given files back; yours are kept",
            )],
            Status::BuildFailed => vec![command(String::new(), "grade again")],
            Status::Failed | Status::TimedOut | Status::Crashed => {
                let mut advice = vec![command(format!("hint {number}"), "a hint for this check")];
                if report.checks.iter().any(|check| check.database.is_some()) {
                    advice.push(command(
                        format!("db {number}"),
                        "look at the database that it left behind",
                    ));
                }
                advice.push(command(String::new(), "grade again"));
                advice
            }
        }
    }
}
