//! Is not what the checks call.
pub fn create_table(name: &str) -> usize {
    name.len()
}
