//! How the engine spells the names that a module registers.
//!
//! A module is asked for its functions under the names that it registered. Only where it calls over
//! the session what it has defined itself, by way of an interface, it needs the engine's spelling.

/// The name of a type: `http2client` is `Http2Client`, `HTTPClient` is `Httpclient`.
fn of_type(name: &str) -> String {
    spelled(name, true)
}

/// The name of a function or an argument: `http2client` is `http2Client`.
pub fn of_value(name: &str) -> String {
    spelled(name, false)
}

/// The name that a type of a module has among those of all modules, by the module's main object.
pub fn among_modules(main: &str, own: &str) -> String {
    let (main, own) = (of_type(main), of_type(own));
    let prefixed = own.strip_prefix(&main).is_some_and(|rest| {
        let next = rest.chars().next();
        next.is_none_or(|next| next.is_ascii_uppercase())
    });
    if prefixed {
        own
    } else {
        of_type(&format!("{main}_{own}"))
    }
}

/// Camel case in which a digit ends a word, and of several capitals only the first is one.
fn spelled(name: &str, starts_with_capital: bool) -> String {
    let mut text = String::with_capacity(name.len());
    let mut begins_word = starts_with_capital;
    let mut follows_capital = false;
    for (index, letter) in name.chars().enumerate() {
        let lowered = index == 0 || follows_capital;
        follows_capital = letter.is_ascii_uppercase();
        match letter {
            '_' => {}
            _ if begins_word => text.push(letter.to_ascii_uppercase()),
            _ if lowered => text.push(letter.to_ascii_lowercase()),
            _ => text.push(letter),
        }
        begins_word = letter == '_' || letter.is_ascii_digit();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_ends_a_word_and_capitals_are_one() {
        for (name, as_type, as_value) in [
            ("Greeter", "Greeter", "greeter"),
            ("http2client", "Http2Client", "http2Client"),
            ("HTTPClient", "Httpclient", "httpclient"),
            ("getURL", "GetUrl", "getUrl"),
            ("with_name", "WithName", "withName"),
        ] {
            assert_eq!(of_type(name), as_type);
            assert_eq!(of_value(name), as_value);
        }
    }

    #[test]
    fn a_type_begins_with_its_modules_name_once() {
        assert_eq!(among_modules("Post", "Greeter"), "PostGreeter");
        assert_eq!(among_modules("Post", "PostMan"), "PostMan");
        assert_eq!(among_modules("Post", "Postman"), "PostPostman");
        assert_eq!(among_modules("Post", "Post"), "Post");
    }
}
