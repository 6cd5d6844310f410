//! How an engine spells the names of a module's types, functions and arguments.
//!
//! A module is called by the names that it registered; whoever calls it over
//! the session uses the engine's.

/// The name of a type: `http2client` is `Http2Client`, `HTTPClient` is `Httpclient`.
pub fn of_type(name: &str) -> String {
    spelled(name, true)
}

/// The name of a function or an argument: `http2client` is `http2Client`.
pub fn of_value(name: &str) -> String {
    spelled(name, false)
}

/// The name that a type of a module has among those of all modules: it begins
/// with the module's, as who depends on the module calls it.
pub fn of_own_type(own: &str, original: &str, installed: &str) -> String {
    let own = of_type(own);
    // The author may have put the module's name before the type's.
    let rest = own.strip_prefix(&of_type(original)).filter(|rest| {
        let next = rest.chars().next();
        next.is_none_or(|next| next.is_ascii_uppercase())
    });
    of_type(&match rest {
        Some(rest) => format!("{installed}{rest}"),
        None => format!("{installed}_{own}"),
    })
}

/// Camel case in which a digit ends a word, and of several capitals only the
/// first is one.
fn spelled(name: &str, starts_with_capital: bool) -> String {
    let mut spelled = String::with_capacity(name.len());
    let (mut begins_word, mut follows_capital) = (starts_with_capital, false);
    for (place, letter) in name.chars().enumerate() {
        let lowered = place == 0 || follows_capital;
        let capital = std::mem::replace(
            &mut begins_word,
            letter.is_ascii() && !letter.is_ascii_alphabetic(),
        );
        follows_capital = letter.is_ascii_uppercase();
        match letter {
            '_' | '-' | ' ' | '.' => {}
            _ if capital => spelled.push(letter.to_ascii_uppercase()),
            _ if lowered => spelled.push(letter.to_ascii_lowercase()),
            _ => spelled.push(letter),
        }
    }
    spelled
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
            ("büro-2x", "Büro2X", "büro2X"),
        ] {
            assert_eq!(of_type(name), as_type);
            assert_eq!(of_value(name), as_value);
        }
    }

    #[test]
    fn a_type_begins_with_its_modules_name_once() {
        for (own, named) in [
            ("Greeter", "PostGreeter"),
            ("PostMan", "PostMan"),
            ("Postman", "PostPostman"),
            ("Post", "Post"),
        ] {
            assert_eq!(of_own_type(own, "post", "post"), named);
        }
    }

    #[test]
    fn a_module_is_called_as_it_was_installed() {
        for (own, named) in [
            ("Greeter", "AirMail2GoGreeter"),
            ("PostMan", "AirMail2GoMan"),
            ("Post", "AirMail2Go"),
        ] {
            assert_eq!(of_own_type(own, "post", "air-mail2go"), named);
        }
    }
}
