//! What is written to stdout and stderr. A value is written as it is; names and
//! messages come from modules and containers, and whoever reads them may read
//! them on a terminal, which must take no orders from them. A stream that takes
//! no text, such as a full disk, is no reason to break down.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use super::error::CliError;

/// Prints a value to stdout.
///
/// # Errors
/// An output that takes no text.
pub fn print(value: &str) -> Result<(), CliError> {
    let mut stdout = io::stdout().lock();
    let is_open_line = !value.is_empty() && !value.ends_with('\n');
    let written = stdout.write_all(value.as_bytes()).and_then(|()| {
        // A pipe gets the value and nothing else; a prompt wants a line of its own.
        if is_open_line && stdout.is_terminal() {
            stdout.write_all(b"\n")?;
        }
        stdout.flush()
    });
    match written {
        // The reader had enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|source| CliError::Host {
            operation: "write to",
            path: "stdout".into(),
            source,
        }),
    }
}

/// Prints a text about functions or checks to stdout.
///
/// # Errors
/// An output that takes no text.
pub fn show(text: &str) -> Result<(), CliError> {
    print(&visible(text))
}

/// Tells something on stderr, with an end of line.
pub fn say(message: &str) {
    ask(&format!("{message}\n"));
}

/// Tells something on stderr, as it is: what follows stands on the same line.
pub fn ask(message: &str) {
    let mut stderr = io::stderr().lock();
    // Nobody can be told that telling failed; the exit code says how it ended.
    let _ = stderr
        .write_all(visible(message).as_bytes())
        .and_then(|()| stderr.flush());
}

/// A text without orders to a terminal: colours are left out, everything else
/// that is not to be seen is written so that it is.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(length) = colour(rest) {
            rest = &rest[length..];
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\n' | '\t' => shown.push(letter),
            '\r' if rest.is_empty() || rest.starts_with('\n') => {}
            letter if letter.is_control() || turns(letter) => {
                // Writing to a String cannot fail.
                let _ = write!(shown, "{}", letter.escape_default());
            }
            letter => shown.push(letter),
        }
    }
    shown
}

/// A name, such as a path, on one line.
pub fn visible_name(name: &str) -> String {
    visible(name).replace('\n', "\\n").replace('\t', "\\t")
}

/// The length of a colour or another look of letters at the beginning of a text.
fn colour(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|letter: char| !letter.is_ascii_digit() && !";:".contains(letter))?;
    parameters[end..].starts_with('m').then_some(2 + end + 1)
}

/// Whether a letter turns the direction of those that follow: a name can show
/// as another with it.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_orders_a_terminal_is_made_visible() {
        for (text, shown) in [
            ("plain ä\n\ttext\r\n", "plain ä\n\ttext\n"),
            ("\u{1b}[1;31mred\u{1b}[0m", "red"),
            ("\u{1b}[m\u{1b}[38:2:1:2:3mx", "x"),
            ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
            ("\u{1b}[2J\u{1b}[1A", "\\u{1b}[2J\\u{1b}[1A"),
            ("\u{1b}[31", "\\u{1b}[31"),
            ("\u{9b}31m \u{85}", "\\u{9b}31m \\u{85}"),
            ("over\rwritten\u{8}", "over\\rwritten\\u{8}"),
            ("txt.\u{202e}gpj", "txt.\\u{202e}gpj"),
            ("\u{1b}\u{1b}[31m[2J", "\\u{1b}[2J"),
        ] {
            let visible = visible(text);
            assert_eq!(visible, shown);
            assert!(!visible.contains(['\u{1b}', '\u{9b}', '\r', '\u{8}']));
        }
    }

    #[test]
    fn a_name_stays_on_its_line() {
        assert_eq!(visible_name("a\n- b\tc"), "a\\n- b\\tc");
    }
}
