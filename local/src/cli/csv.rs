//! A list in one flag, as Dagger's command line reads it: one line of
//! comma-separated values, where quotes keep commas together.

/// The fields of one line.
///
/// # Errors
/// Quotes that stand in the middle of a field, or that nothing closes; a second
/// line, which Dagger's command line drops without a word.
pub fn fields(text: &str) -> Result<Vec<String>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let mut fields = Vec::new();
    // The end of the one line loses nothing.
    let mut rest = match text.strip_suffix('\n') {
        Some("" | "\r") | None => text,
        Some(line) => line.strip_suffix('\r').unwrap_or(line),
    };
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => bare_field(rest)?,
        };
        fields.push(field);
        match after {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

const LINE_BREAK: &str = "a list is one line of values parted by commas: \
    put a value that holds a line break in double quotes, or give the flag once for each value";

type Field<'a> = (String, Option<&'a str>);

fn bare_field(text: &str) -> Result<Field<'_>, String> {
    let (field, after) = match text.split_once(',') {
        Some((field, after)) => (field, Some(after)),
        None => (text, None),
    };
    if field.contains(['\n', '\r']) {
        return Err(LINE_BREAK.to_owned());
    }
    if field.contains('"') {
        return Err(format!(
            "a list's value that holds quotes is itself quoted, and its quotes doubled: \"{}\"",
            field.replace('"', "\"\"")
        ));
    }
    Ok((field.to_owned(), after))
}

/// `text` starts behind the opening quote.
fn quoted_field(text: &str) -> Result<Field<'_>, String> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"').ok_or("a quote is not closed")?;
        field.push_str(before);
        match after.chars().next() {
            Some('"') => {
                field.push('"');
                rest = &after[1..];
            }
            Some(',') => return Ok((field, Some(&after[1..]))),
            None => return Ok((field, None)),
            Some('\n' | '\r') => return Err(LINE_BREAK.to_owned()),
            Some(_) => return Err("a comma is expected after a closing quote".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn commas_part_values_but_for_those_in_quotes() {
        assert_eq!(
            fields("sh,-c,\"echo a, \"\"b\"\"\"").expect("fields"),
            ["sh", "-c", "echo a, \"b\""]
        );
        assert_eq!(fields("a,,b,").expect("fields"), ["a", "", "b", ""]);
        assert_eq!(fields("").expect("fields"), Vec::<String>::new());
    }

    #[test]
    fn quotes_out_of_place_are_refused() {
        for text in ["echo \"a\"", "\"open", "\"a\"b"] {
            assert!(fields(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_line_break_is_part_of_a_quoted_value_alone() {
        assert_eq!(fields("a,\"b\nc\"").expect("fields"), ["a", "b\nc"]);
        assert_eq!(fields("a,b\r\n").expect("fields"), ["a", "b"]);
        for text in ["a\nb", "a,b\n\n", "\"a\"\nb", "a\r\nb", "\n", "\r\n"] {
            assert_eq!(fields(text), Err(LINE_BREAK.to_owned()), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn quoted_values_come_back(values in proptest::collection::vec(".*", 1..5)) {
            let quoted: Vec<_> =
                values.iter().map(|value| format!("\"{}\"", value.replace('"', "\"\""))).collect();
            prop_assert_eq!(fields(&quoted.join(",")).expect("fields"), values);
        }
    }
}
