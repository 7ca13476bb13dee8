//! stub
pub(crate) fn html(_: &rusqlite::Connection, _: &str, _: &str) -> anyhow::Result<String> {
    Ok(String::new())
}
