//! The secret, which the checker sends as one line.

/// Reads a line byte by byte, so that nothing stays in a buffer, and then
/// makes standard input empty for the code under test.
#[cfg(unix)]
pub(crate) fn take_line() -> String {
    use rustix::stdio;

    let mut line = Vec::new();
    let mut byte = [0_u8];
    loop {
        match rustix::io::read(stdio::stdin(), &mut byte) {
            Ok(1) if byte != *b"\n" => line.extend_from_slice(&byte),
            Err(rustix::io::Errno::INTR) => {}
            _ => break,
        }
    }
    if let Ok(null) = std::fs::File::open("/dev/null") {
        let _ = stdio::dup2_stdin(&null);
    }
    String::from_utf8_lossy(&line).trim_end().to_owned()
}

/// Reads a line; what follows is left for the code under test.
#[cfg(not(unix))]
pub(crate) fn take_line() -> String {
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
    line.trim_end().to_owned()
}
