//! Seeing every connection of the process, whoever opens it and on whichever
//! thread.
//!
//! This is the one place with unsafe code, because rusqlite cannot do it: its
//! `trace_v2` takes a plain function without state, and its other hooks are
//! for connections that one owns, whereas these belong to the code under test.
//! SQLite calls an "automatic extension" for each connection as it is opened
//! (<https://sqlite.org/c3ref/auto_extension.html>); no database may be opened
//! and no SQL should be run in there, so it only sets hooks and flags.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Arc, Once};

use rusqlite::ffi;

use crate::faults::Armed;
use crate::watch::{self, Watch};
use crate::witness::ForeignKeys;

thread_local! {
    static UNWATCHED: Cell<bool> = const { Cell::new(false) };
}

/// What a connection's hooks are given. It is never freed: SQLite offers no
/// moment at which it is certain that a hook will not be called again, since
/// the code under test may set hooks of its own.
struct Link {
    watch: Arc<Watch>,
    number: u32,
    file: PathBuf,
}

/// Connections that `open` opens on this thread are the witness's own.
pub(crate) fn unwatched<T>(open: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            UNWATCHED.set(self.0);
        }
    }
    let _restore = Restore(UNWATCHED.replace(true));
    open()
}

/// From now on every connection of the process is seen.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Only before SQLite is initialized; if it is already, errors have no
        // place, and nothing else is lost.
        // SAFETY: `logged` takes what this option passes and lives as long as
        // the process. Checks call this before they open anything.
        unsafe {
            let log: unsafe extern "C" fn(*mut c_void, c_int, *const c_char) = logged;
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_LOG, log, ptr::null_mut::<c_void>());
        }
        // SAFETY: `opened` has the signature of an extension's entry point and
        // lives as long as the process.
        unsafe {
            ffi::sqlite3_auto_extension(Some(opened));
        }
    });
}

/// SQLite logs each error on the thread that made it.
unsafe extern "C" fn logged(_: *mut c_void, code: c_int, message: *const c_char) {
    let is_error = ![ffi::SQLITE_NOTICE, ffi::SQLITE_WARNING].contains(&(code & 0xFF));
    let _ = catch_unwind(|| {
        if let Some(watch) = watch::of_file(None).filter(|_| is_error) {
            // SAFETY: null, or a string that lives as long as this call.
            let message = unsafe { text(message) };
            watch.saw_error(message.unwrap_or_default());
        }
    });
}

unsafe extern "C" fn opened(
    db: *mut ffi::sqlite3,
    _message: *mut *mut c_char,
    _api: *const ffi::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite passes an open connection, and nothing unwinds into it.
    let _ = catch_unwind(|| unsafe { watch(db) });
    ffi::SQLITE_OK
}

unsafe fn watch(db: *mut ffi::sqlite3) {
    if UNWATCHED.try_with(Cell::get).unwrap_or(false) {
        return;
    }
    // SAFETY: the name is null or a string that lives as long as `db`.
    let file = unsafe { text(ffi::sqlite3_db_filename(db, c"main".as_ptr())) };
    let file = file.filter(|name| !name.is_empty()).map(PathBuf::from);
    let Some(watch) = watch::of_file(file.as_deref()) else {
        return;
    };
    if let Some(start) = watch.foreign_keys() {
        let on = c_int::from(start == ForeignKeys::On);
        // SAFETY: this operation takes an int and a pointer that may be null.
        unsafe {
            ffi::sqlite3_db_config(
                db,
                ffi::SQLITE_DBCONFIG_ENABLE_FKEY,
                on,
                ptr::null_mut::<c_int>(),
            );
        }
    }
    let armed = watch.armed(file.as_deref().unwrap_or(Path::new("")));
    let number = watch.saw_connection(file.as_deref().unwrap_or(Path::new("")));
    let link: &'static Link = Box::leak(Box::new(Link {
        watch,
        number,
        file: file.unwrap_or_default(),
    }));
    let context: *mut c_void = ptr::from_ref(link).cast_mut().cast();
    if let Some(armed) = armed {
        // SAFETY: as above, and `context` lives as long as the process.
        unsafe { set_faults(db, &armed, context) };
    }
    // SAFETY: as above.
    unsafe {
        let events = ffi::SQLITE_TRACE_STMT | ffi::SQLITE_TRACE_PROFILE;
        ffi::sqlite3_trace_v2(db, events, Some(traced), context);
    }
}

/// Setting the page limit is the one statement that is run in here: it has to
/// come before the first of the code under test, and only for copies made for
/// the purpose.
unsafe fn set_faults(db: *mut ffi::sqlite3, armed: &Armed, context: *mut c_void) {
    // SAFETY: as promised by the caller.
    unsafe {
        ffi::sqlite3_set_authorizer(db, Some(authorized), context);
        ffi::sqlite3_commit_hook(db, Some(committed), context);
    }
    let limit = armed
        .page_limit()
        .and_then(|pages| CString::new(format!("PRAGMA max_page_count = {pages}")).ok());
    if let Some(limit) = limit {
        // SAFETY: the text outlives the call; no callback, no message.
        unsafe {
            ffi::sqlite3_exec(db, limit.as_ptr(), None, ptr::null_mut(), ptr::null_mut());
        }
    }
}

unsafe extern "C" fn authorized(
    link: *mut c_void,
    _action: c_int,
    _first: *const c_char,
    _second: *const c_char,
    _database: *const c_char,
    _inner: *const c_char,
) -> c_int {
    // SAFETY: `link` was leaked by `watch`.
    let link = unsafe { &*link.cast_const().cast::<Link>() };
    let armed = catch_unwind(AssertUnwindSafe(|| link.watch.armed(&link.file)));
    match armed {
        Ok(Some(armed)) if armed.denies() => ffi::SQLITE_DENY,
        _ => ffi::SQLITE_OK,
    }
}

unsafe extern "C" fn committed(link: *mut c_void) -> c_int {
    // SAFETY: `link` was leaked by `watch`.
    let link = unsafe { &*link.cast_const().cast::<Link>() };
    let armed = catch_unwind(AssertUnwindSafe(|| link.watch.armed(&link.file)));
    c_int::from(matches!(armed, Ok(Some(armed)) if armed.vetoes()))
}

unsafe extern "C" fn traced(
    event: c_uint,
    link: *mut c_void,
    statement: *mut c_void,
    started: *mut c_void,
) -> c_int {
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let statement = statement.cast::<ffi::sqlite3_stmt>();
        // SAFETY: `link` was leaked by `watch`; for both events SQLite passes
        // the statement.
        let (link, sql) = unsafe {
            (
                &*link.cast_const().cast::<Link>(),
                text(ffi::sqlite3_sql(statement)),
            )
        };
        if event == ffi::SQLITE_TRACE_PROFILE {
            link.watch.statement_ended(&sql.unwrap_or_default());
            return;
        }
        // SAFETY: for the other event it passes the text of what starts.
        let started = unsafe { text(started.cast_const().cast()) };
        // A trigger's program is traced by the statement that fires it, with
        // its own text.
        if sql.is_some() && sql == started {
            // SAFETY: the statement is alive while its event is handled.
            unsafe { began(link, statement, &sql.unwrap_or_default()) };
        }
    }));
    0
}

unsafe fn began(link: &Link, statement: *mut ffi::sqlite3_stmt, sql: &str) {
    // SAFETY: as promised by the caller; the expanded text is ours to free.
    let (expanded, in_transaction) = unsafe {
        let raw = ffi::sqlite3_expanded_sql(statement);
        let expanded = text(raw);
        ffi::sqlite3_free(raw.cast());
        let db = ffi::sqlite3_db_handle(statement);
        (expanded, ffi::sqlite3_get_autocommit(db) == 0)
    };
    let expanded = expanded.unwrap_or_else(|| sql.to_owned());
    link.watch
        .saw_statement(sql, &expanded, link.number, in_transaction);
    if let Some(armed) = link.watch.armed(&link.file) {
        armed.statement_starts(sql);
    }
}

/// # Safety
/// `raw` is null or a C string.
unsafe fn text(raw: *const c_char) -> Option<String> {
    if raw.is_null() {
        return None;
    }
    // SAFETY: as promised by the caller.
    let text = unsafe { CStr::from_ptr(raw) };
    Some(text.to_string_lossy().into_owned())
}
