//! Sentences that a learner reads about a submission. Those of one command
//! stand with the report's text.

use std::path::Path;
use std::time::Duration;

use witness::evidence::Panic;

use crate::process::Ending;
use crate::submission::Refusal;

/// Why a submission was not compiled, and what to do.
pub(crate) fn refusal(refusal: &Refusal, shown: impl Fn(&Path) -> String) -> String {
    match refusal {
        Refusal::FolderMissing(path) => format!(
            "the folder {} is missing; `reset` brings it back",
            shown(path)
        ),
        Refusal::NotAFolder(path) => {
            format!(
                "{} is not a folder; move it away, then `reset` brings the exercise back",
                shown(path)
            )
        }
        Refusal::FileMissing(path) => format!("{} is missing; `reset` brings it back", shown(path)),
        Refusal::DanglingLink(path) => format!(
            "{} is a link to something that does not exist; `reset` puts the file back",
            shown(path)
        ),
        Refusal::NotAFile(path) => format!(
            "{} is not a regular file (a pipe, a device or a folder), so it is not compiled; `reset` puts the file back",
            shown(path)
        ),
        Refusal::TooLarge(path) => {
            format!(
                "{} is larger than 1 MiB, so it is not compiled; an answer is a few lines",
                shown(path)
            )
        }
        Refusal::TooMany(path) => {
            format!(
                "{} holds more than 1,000 files, so it is not compiled; remove what is not source code",
                shown(path)
            )
        }
        Refusal::NotText { file, byte } => format!(
            "{} is not UTF-8 text (the byte at offset {byte} is not part of a character); save it as UTF-8",
            shown(file)
        ),
        Refusal::Unreadable { file, reason } => {
            format!(
                "{} cannot be read ({reason}); check its permissions",
                shown(file)
            )
        }
    }
}

/// rustc's first error is shown below this sentence.
pub(crate) fn does_not_compile(in_checks: bool) -> String {
    if in_checks {
        "the checks cannot call your code: a name or a signature is not the one that the exercise gives".to_owned()
    } else {
        "your code does not compile yet; this is the first thing that rustc says".to_owned()
    }
}

pub(crate) fn compiler_out_of_time(limit: Duration) -> String {
    format!(
        "compiling took longer than {}, so the compiler was ended: look for a macro, a type or a constant that \
         calls itself without end",
        seconds(limit)
    )
}

pub(crate) fn compiler_silent() -> String {
    "the compiler ended without saying why; it may have run out of memory or of stack: look for a macro, a type or \
     a constant that calls itself without end"
        .to_owned()
}

pub(crate) fn check_out_of_time(limit: Duration) -> String {
    format!(
        "it did not end within {}: look for a loop or a wait that never ends",
        seconds(limit)
    )
}

pub(crate) fn not_checked_yet(need: &str) -> String {
    format!("not checked yet: first “{need}” has to pass")
}

/// A check that never reported.
pub(crate) fn not_run(ending: Ending) -> String {
    format!(
        "the check did not run: the program ended before it began ({})",
        how(ending)
    )
}

/// A process that ended by itself before its check was finished.
pub(crate) fn crashed(ending: Ending, stderr: &str, memory: u64, completed: bool) -> String {
    if stderr.contains("has overflowed its stack") {
        return "your code overflowed the stack: a function calls itself without end".to_owned();
    }
    if stderr.contains("memory allocation of") {
        return format!(
            "your code asked for more memory than the {} MiB it may use: look for a collection that grows without end",
            memory / (1024 * 1024)
        );
    }
    match ending {
        Ending::Exited(code) if !completed => format!(
            "your code ended the program with exit code {code} before the check was finished: return instead of \
             calling `std::process::exit`"
        ),
        Ending::Signaled(signal) => {
            format!(
                "the program was ended by {} before the check was finished",
                signal_name(signal)
            )
        }
        _ => format!(
            "the program did not end cleanly after the check ({})",
            how(ending)
        ),
    }
}

/// A panic, in the words that fit its kind.
pub(crate) fn panicked(panic: &Panic) -> String {
    let message = without_connections(panic.message.trim());
    if let Some(task) = message.strip_prefix("not yet implemented") {
        let task = task.trim_start_matches(':').trim();
        return if task.is_empty() {
            "a `todo!()` is still there: this is the part for you to write".to_owned()
        } else {
            format!("a `todo!()` is still there; it says: {task}")
        };
    }
    format!("your code panicked: {message}")
}

fn how(ending: Ending) -> String {
    match ending {
        Ending::Exited(code) => format!("exit code {code}"),
        Ending::Signaled(signal) => signal_name(signal),
        Ending::TimedOut => "out of time".to_owned(),
    }
}

fn signal_name(signal: i32) -> String {
    let name = match signal {
        4 => "SIGILL",
        6 => "SIGABRT (an abort)",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV (an access to memory that is not its own)",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        25 => "SIGXFSZ (a file grew larger than it may)",
        _ => return format!("signal {signal}"),
    };
    name.to_owned()
}

/// A connection prints as `Connection { path: Some("…") }`, which says nothing
/// to its reader.
fn without_connections(message: &str) -> String {
    let mut text = String::new();
    let mut rest = message;
    while let Some(start) = rest.find("Connection { path:") {
        let (before, connection) = rest.split_at(start);
        text.push_str(before);
        text.push_str("the connection");
        rest = connection.split_once(" }").map_or("", |(_, after)| after);
    }
    text + rest
}

/// `10 seconds`, `0.5 seconds`, `1 second`.
fn seconds(limit: Duration) -> String {
    let seconds = limit.as_secs_f64();
    if (seconds - 1.0).abs() < f64::EPSILON {
        "1 second".to_owned()
    } else {
        format!("{seconds} seconds")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panic(message: &str) -> String {
        panicked(&Panic {
            message: message.to_owned(),
            ..Panic::default()
        })
    }

    #[test]
    fn every_sentence() {
        let path = || std::path::PathBuf::from("/home/ada/workbook/exercises/src/lib.rs");
        let refusals = [
            Refusal::FolderMissing(path()),
            Refusal::NotAFolder(path()),
            Refusal::FileMissing(path()),
            Refusal::DanglingLink(path()),
            Refusal::NotAFile(path()),
            Refusal::TooLarge(path()),
            Refusal::TooMany(path()),
            Refusal::NotText {
                file: path(),
                byte: 7,
            },
            Refusal::Unreadable {
                file: path(),
                reason: "Permission denied".to_owned(),
            },
        ];
        let mut sentences: Vec<String> = refusals
            .iter()
            .map(|reason| refusal(reason, |_| "src/lib.rs".to_owned()))
            .collect();
        let memory = 512 * 1024 * 1024;
        let ten = Duration::from_secs(10);
        sentences.extend([
            does_not_compile(false),
            does_not_compile(true),
            compiler_out_of_time(Duration::from_secs(60)),
            compiler_silent(),
            check_out_of_time(ten),
            check_out_of_time(Duration::from_secs(1)),
            not_checked_yet("A group gets an id"),
            not_run(Ending::Exited(0)),
            not_run(Ending::Signaled(9)),
            crashed(Ending::Exited(0), "", memory, false),
            crashed(Ending::Signaled(6), "", memory, false),
            crashed(Ending::Signaled(11), "", memory, false),
            crashed(Ending::Signaled(25), "", memory, false),
            crashed(Ending::Signaled(6), "thread 'x' has overflowed its stack", memory, false),
            crashed(Ending::Signaled(6), "memory allocation of 99 bytes failed", memory, false),
            crashed(Ending::Exited(3), "", memory, true),
            panic("not yet implemented: insert \"Arts\" with Connection { path: Some(\"/tmp/a b.sqlite\") }"),
            panic("not yet implemented"),
            panic("called `Option::unwrap()` on a `None` value"),
        ]);
        insta::assert_snapshot!(sentences.join("\n"));
    }
}
