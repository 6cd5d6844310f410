//! How the engine spells the names that a module registers.
//!
//! A module is asked for its functions under the names that it registered. Only where it calls over
//! the session what it has defined itself, by way of an interface, it needs the engine's spelling.

use super::object::Object;

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

fn spelled(name: &str, starts_with_capital: bool) -> String {
    let mut speller = Speller::new(name, starts_with_capital);
    let mut spelled = Vec::with_capacity(name.len());
    while let Some(letter) = speller.next() {
        spelled.push(letter);
    }
    // Only letters of ASCII were left out or changed.
    String::from_utf8_lossy(&spelled).into_owned()
}

/// Camel case in which a digit ends a word, and of several capitals only the first is one.
struct Speller<'a> {
    name: &'a [u8],
    place: usize,
    begins_word: bool,
    follows_capital: bool,
}

impl<'a> Speller<'a> {
    const fn new(name: &'a str, starts_with_capital: bool) -> Self {
        Self {
            name: name.as_bytes(),
            place: 0,
            begins_word: starts_with_capital,
            follows_capital: false,
        }
    }

    /// The next letter; the compiler asks, too.
    const fn next(&mut self) -> Option<u8> {
        while self.place < self.name.len() {
            let letter = self.name[self.place];
            let lowered = self.place == 0 || self.follows_capital;
            let begins_word = self.begins_word;
            self.place += 1;
            self.follows_capital = letter.is_ascii_uppercase();
            self.begins_word = letter.is_ascii() && !letter.is_ascii_alphabetic();
            match letter {
                b'_' | b'-' | b' ' | b'.' => {}
                _ if begins_word => return Some(letter.to_ascii_uppercase()),
                _ if lowered => return Some(letter.to_ascii_lowercase()),
                _ => return Some(letter),
            }
        }
        None
    }
}

/// Whether the main object of a module of that name can be `T`; known when the module is compiled.
pub const fn is_spelled<T: Object>(module: &str) -> bool {
    let mut one = Speller::new(T::NAME, true);
    let mut other = Speller::new(module, true);
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one == other => {}
            _ => return false,
        }
    }
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
