//! Lines of what comes in pieces, of a length that memory holds: a program may
//! write for ever without ending one.

/// A longer line is passed on in pieces of this size, in bytes.
const LONGEST: usize = 64 * 1024;

/// The line that is being written.
#[derive(Default)]
pub struct Lines {
    line: Vec<u8>,
}

impl Lines {
    /// Takes the next bytes, and passes on the lines that end in them.
    pub fn push(&mut self, mut bytes: &[u8], on_line: &mut dyn FnMut(&str)) {
        while !bytes.is_empty() {
            let room = LONGEST - self.line.len();
            let piece = &bytes[..bytes.len().min(room)];
            let end = piece.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(piece.len());
            self.line.extend_from_slice(&piece[..taken]);
            bytes = &bytes[taken + usize::from(end.is_some())..];
            if end.is_some() || self.line.len() == LONGEST {
                self.pass_on(on_line);
            }
        }
    }

    /// Passes on the last line, which has no end.
    pub fn end(&mut self, on_line: &mut dyn FnMut(&str)) {
        if !self.line.is_empty() {
            self.pass_on(on_line);
        }
    }

    fn pass_on(&mut self, on_line: &mut dyn FnMut(&str)) {
        let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        on_line(&String::from_utf8_lossy(line));
        self.line.clear();
    }
}

/// The last of what was written, of a length that memory holds.
#[derive(Default)]
pub struct Tail {
    text: String,
}

impl Tail {
    /// Takes the next line.
    pub fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        // Seldom, so that not every line moves all others.
        if self.text.len() > 2 * LONGEST {
            let mut from = self.text.len() - LONGEST;
            while !self.text.is_char_boundary(from) {
                from += 1;
            }
            self.text.drain(..from);
        }
    }

    /// What was written last.
    pub fn text(&self) -> &str {
        self.text.trim_end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&[u8]]) -> Vec<String> {
        let mut found = Vec::new();
        let mut lines = Lines::default();
        for piece in pieces {
            lines.push(piece, &mut |line| found.push(line.to_owned()));
        }
        lines.end(&mut |line| found.push(line.to_owned()));
        found
    }

    #[test]
    fn lines_are_whole_however_they_come() {
        let pieces: [&[u8]; 4] = [b"a", b"b\r\n\nc\n", b"\xff", b"d"];
        assert_eq!(lines(&pieces), ["ab", "", "c", "\u{fffd}d"]);
        assert!(lines(&[]).is_empty());
    }

    #[test]
    fn a_line_without_end_is_passed_on_in_pieces() {
        let endless = vec![b'x'; 3 * LONGEST / 2];
        let passed: Vec<_> = lines(&[&endless, &endless])
            .iter()
            .map(String::len)
            .collect();
        assert_eq!(passed, [LONGEST; 3]);
    }

    #[test]
    fn the_tail_keeps_the_last_lines() {
        let mut tail = Tail::default();
        for number in 0..100_000 {
            tail.push(&format!("{number} ä"));
        }
        assert!(tail.text().ends_with("99998 ä\n99999 ä"));
        assert!(tail.text().len() <= 2 * LONGEST);
    }
}
