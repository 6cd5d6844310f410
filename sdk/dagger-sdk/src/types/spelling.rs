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

/// How a module is called.
#[derive(Clone, Debug)]
pub struct ModuleName {
    /// By its author: the name of the main object.
    main: &'static str,
    /// By whoever installed it, as written in their `dagger.json`.
    installed: String,
}

impl ModuleName {
    /// `installed` is empty where nobody says so: then the author's name holds.
    pub fn new(main: &'static str, installed: &str) -> Self {
        let installed = Some(installed).filter(|name| !name.is_empty());
        Self {
            main,
            installed: installed.unwrap_or(main).to_owned(),
        }
    }

    /// Whether the main object is called so by its author.
    pub fn is_main(&self, name: &str) -> bool {
        self.main == name
    }

    /// The function that makes the main object.
    pub fn constructor(&self) -> String {
        of_value(&self.installed)
    }

    /// The name that a type of the module has among those of all modules.
    pub fn of_type(&self, own: &str) -> String {
        let own = of_type(own);
        // The author may have put the module's name before the type's.
        let rest = own.strip_prefix(&of_type(self.main)).filter(|rest| {
            let next = rest.chars().next();
            next.is_none_or(|next| next.is_ascii_uppercase())
        });
        of_type(&match rest {
            Some(rest) => format!("{}{rest}", self.installed),
            None => format!("{}_{own}", self.installed),
        })
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
            '_' | '-' | ' ' | '.' => {}
            _ if begins_word => text.push(letter.to_ascii_uppercase()),
            _ if lowered => text.push(letter.to_ascii_lowercase()),
            _ => text.push(letter),
        }
        begins_word = !letter.is_ascii_alphabetic();
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
        let post = ModuleName::new("Post", "");
        assert_eq!(post.of_type("Greeter"), "PostGreeter");
        assert_eq!(post.of_type("PostMan"), "PostMan");
        assert_eq!(post.of_type("Postman"), "PostPostman");
        assert_eq!(post.of_type("Post"), "Post");
        assert_eq!(post.constructor(), "post");
    }

    #[test]
    fn a_module_is_called_as_it_was_installed() {
        let post = ModuleName::new("Post", "air-mail2go");
        assert_eq!(post.of_type("Greeter"), "AirMail2GoGreeter");
        assert_eq!(post.of_type("PostMan"), "AirMail2GoMan");
        assert_eq!(post.constructor(), "airMail2Go");
    }
}
