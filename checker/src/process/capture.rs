//! The head and the tail of what a process prints; the middle of a flood is
//! counted and dropped.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

/// How many bytes of the beginning, and again of the end, are kept.
const KEPT: usize = 32 * 1024;

/// What a process printed on one stream.
#[derive(Clone, Debug, Default)]
pub(crate) struct Captured {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    /// Bytes that were read and not kept.
    pub(crate) dropped: u64,
}

impl Captured {
    fn push(&mut self, mut bytes: &[u8]) {
        let room = KEPT.saturating_sub(self.head.len()).min(bytes.len());
        let (head, rest) = bytes.split_at(room);
        self.head.extend_from_slice(head);
        bytes = rest;
        if bytes.len() > KEPT {
            let excess = bytes.len() - KEPT;
            self.dropped += (excess + self.tail.len()) as u64;
            self.tail.clear();
            bytes = bytes.get(excess..).unwrap_or_default();
        }
        self.tail.extend(bytes);
        let excess = self.tail.len().saturating_sub(KEPT);
        self.tail.drain(..excess);
        self.dropped += excess as u64;
    }

    /// The text, with a line in place of what was dropped.
    pub(crate) fn text(&self) -> String {
        let head = String::from_utf8_lossy(&self.head);
        let tail: Vec<u8> = self.tail.iter().copied().collect();
        let tail = String::from_utf8_lossy(&tail);
        if self.dropped == 0 {
            format!("{head}{tail}")
        } else {
            format!("{head}\n… {} bytes not shown …\n{tail}", self.dropped)
        }
    }
}

/// Reads `stream` to its end on a thread of its own, which says when it is
/// done. The thread is not waited for: a descendant may hold the stream open.
pub(super) fn collect(
    mut stream: impl Read + Send + 'static,
    done: Sender<()>,
) -> Arc<Mutex<Captured>> {
    let captured = Arc::new(Mutex::new(Captured::default()));
    let shared = Arc::clone(&captured);
    std::thread::spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = stream.read(&mut buffer) {
            let mut captured = shared.lock().unwrap_or_else(PoisonError::into_inner);
            captured.push(buffer.get(..read).unwrap_or_default());
        }
        // The receiver is gone when the process was not waited for to its end.
        let _ = done.send(());
    });
    captured
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_keeps_its_head_and_its_tail() {
        let mut captured = Captured::default();
        captured.push(b"first ");
        for _ in 0..100 {
            captured.push(&vec![b'x'; 10_000]);
        }
        captured.push(&vec![b'y'; 200_000]);
        captured.push(b" last");
        let text = captured.text();
        assert!(text.starts_with("first x"));
        assert!(text.ends_with("y last"));
        let total = 6 + 100 * 10_000 + 200_000 + 5;
        assert_eq!(captured.dropped, total - 2 * KEPT as u64);
        assert!(text.contains(&format!("… {} bytes not shown …", captured.dropped)));
    }

    #[test]
    fn little_output_is_kept_whole() {
        let mut captured = Captured::default();
        captured.push(&[0xff, b'a']);
        assert_eq!(captured.text(), "\u{fffd}a");
        assert_eq!(captured.dropped, 0);
    }
}
