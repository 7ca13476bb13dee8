//! The message and the place of a panic in the code under test.

use std::any::Any;
use std::backtrace::Backtrace;
use std::panic::PanicHookInfo;
use std::sync::Once;

use crate::place;
use crate::watch::{self, SeenPanic};

/// From now on panics are noted by the check they belong to. The body's own
/// panic is not printed as well: it is part of the report.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let own = watch::of_thread();
            let on_body_thread = own.is_some();
            if let Some(watch) = own.or_else(watch::only) {
                watch.saw_panic(SeenPanic {
                    message: message(info),
                    place: place(info),
                    on_body_thread,
                });
            }
            if !on_body_thread {
                before(info);
            }
        }));
    });
}

/// The text of a panic's payload.
pub(crate) fn text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a message")
}

fn message(info: &PanicHookInfo<'_>) -> String {
    info.payload_as_str()
        .unwrap_or("a panic without a message")
        .to_owned()
}

fn place(info: &PanicHookInfo<'_>) -> Option<crate::evidence::Place> {
    info.location()
        .and_then(|at| place::of_location(at.file(), at.line()))
        .or_else(|| place::of_backtrace(&Backtrace::force_capture()))
}
