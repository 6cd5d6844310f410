//! Values as text, in the forms that Dagger's command line gives them.

use serde::Serialize as _;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value};

/// A value as a person or a shell reads it, lists one a line.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number
            .as_f64()
            .map_or_else(|| number.to_string(), number_text),
        Value::Array(items) => items
            .iter()
            .map(|item| format!("{}\n", plain(item)))
            .collect(),
        value => value.to_string(),
    }
}

/// A number with as many digits as it takes, and with an exponent from a
/// million on: whoever reads a size in a script meets that with an engine, too.
fn number_text(number: f64) -> String {
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    match exponent.parse::<i32>().unwrap_or_default() {
        -4..=5 => number.to_string(),
        exponent => format!("{digits}e{exponent:+03}"),
    }
}

/// A value as JSON with an end of its last line.
pub fn indented(value: &Value) -> String {
    let mut text = Vec::new();
    let formatter = PrettyFormatter::with_indent(b"    ");
    // Writing to memory cannot fail.
    let _ = whole(value).serialize(&mut Serializer::with_formatter(&mut text, formatter));
    text.push(b'\n');
    String::from_utf8_lossy(&text).into_owned()
}

/// The value with whole numbers written without a fraction, whatever their type.
fn whole(value: &Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            // Up to here every whole number is one of an i64, too.
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                (float as i64).into()
            }
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(whole).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), whole(value)))
            .collect::<Map<_, _>>()
            .into(),
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scalars_are_printed_as_they_are_and_lists_one_a_line() {
        assert_eq!(plain(&json!("linux\n")), "linux\n");
        assert_eq!(plain(&json!(7)), "7");
        assert_eq!(plain(&json!(["a", 1, true])), "a\n1\ntrue\n");
    }

    #[test]
    fn nothing_is_printed_as_nil() {
        assert_eq!(plain(&Value::Null), "<nil>");
    }

    #[test]
    fn large_and_tiny_numbers_have_an_exponent() {
        for (number, text) in [
            (json!(999_999), "999999"),
            (json!(123_456_789), "1.23456789e+08"),
            (json!(-1e6), "-1e+06"),
            (json!(1.5), "1.5"),
            (json!(100.0), "100"),
            (json!(0.0001), "0.0001"),
            (json!(0.00001), "1e-05"),
            (json!(0), "0"),
        ] {
            assert_eq!(plain(&number), text);
        }
    }

    #[test]
    fn json_has_four_spaces_an_end_of_line_and_whole_numbers() {
        let value = json!([{"size": 100_000_000.0}, "<a>", []]);
        assert_eq!(
            indented(&value),
            "[\n    {\n        \"size\": 100000000\n    },\n    \"<a>\",\n    []\n]\n"
        );
    }
}
