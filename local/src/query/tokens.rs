//! The parts that the text of a query consists of.

/// A part of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A bracket of any kind that opens.
    Open(&'a str),
    /// A bracket of any kind that closes.
    Close(&'a str),
    /// Anything else; strings and comments are whole.
    Text(&'a str),
}

impl<'a> Token<'a> {
    /// The part as it stands in the query.
    pub fn text(self) -> &'a str {
        match self {
            Token::Open(text) | Token::Close(text) | Token::Text(text) => text,
        }
    }
}

/// The characters that are a token of their own.
const BRACKETS: [char; 6] = ['{', '}', '(', ')', '[', ']'];

/// A query in parts.
pub fn tokens(query: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = query;
    std::iter::from_fn(move || {
        let length = length(rest)?;
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(match token {
            "{" | "(" | "[" => Token::Open(token),
            "}" | ")" | "]" => Token::Close(token),
            token => Token::Text(token),
        })
    })
}

/// The length of the first token, in bytes.
fn length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    Some(match first {
        bracket if BRACKETS.contains(&bracket) => 1,
        '#' => text.find(['\n', '\r']).unwrap_or(text.len()),
        '"' if text.starts_with("\"\"\"") => closing(&text[3..], "\"\"\"", "\\\"\"\"") + 3,
        '"' => string(text),
        _ => text
            .find(|letter| BRACKETS.contains(&letter) || matches!(letter, '#' | '"'))
            .unwrap_or(text.len()),
    })
}

/// The length up to the end of a block string.
fn closing(text: &str, end: &str, escaped: &str) -> usize {
    let mut from = 0;
    while let Some(found) = text[from..].find(end) {
        let at = from + found;
        if at == 0 || !text[at - 1..].starts_with(escaped) {
            return at + end.len();
        }
        from = at + end.len();
    }
    text.len()
}

/// The length of a string with its quotes.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
