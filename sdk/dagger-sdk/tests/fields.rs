//! Which fields are arguments, which are shown, and what they begin with.

use dagger_sdk::prelude::*;
use dagger_sdk::testing::{self, Recorder, block_on, json};

/// A colour.
#[enumeration]
#[derive(Default)]
pub enum Colour {
    #[default]
    Red,
    Blue,
}

const IMAGE: &str = "debian:12";

/// One field of each kind.
#[object]
pub struct Main {
    /// Given and shown.
    #[arg(default = IMAGE)]
    image: String,
    #[field(private)]
    seen: Vec<String>,
    #[field(hidden)]
    password: Option<String>,
    #[field(internal, default = 8080)]
    port: i64,
    #[field(internal)]
    colours: Vec<Colour>,
}

#[functions]
impl Main {
    /// Return all that is known.
    #[function]
    fn all(&self) -> Vec<String> {
        let password = self.password.clone().unwrap_or_default();
        let more = [self.image.clone(), password, self.port.to_string()];
        self.seen.iter().cloned().chain(more).collect()
    }

    #[function]
    fn looked(mut self) -> Self {
        self.seen.push("looked".into());
        self.port += 1;
        self.colours.push(Colour::Blue);
        self
    }

    #[function]
    fn defaults(
        &self,
        #[arg(default)] text: String,
        #[arg(default)] number: i64,
        #[arg(default)] colour: Colour,
        #[arg(default)] texts: Vec<String>,
        #[arg(default = [])] files: Vec<File>,
        #[arg(default = vec![])] numbers: Option<Vec<i64>>,
        #[arg(default = vec!["a", "b"])] letters: Vec<String>,
        #[arg(default = [-1, 2])] signed: Vec<i64>,
        #[arg(default = [Colour::Blue, Colour::Red])] colours: Vec<Colour>,
    ) -> Vec<String> {
        let colours = [colour].into_iter().chain(colours);
        let colours: Vec<&str> = colours.map(|colour| colour.member()).collect();
        vec![
            format!("{text:?} {number} {texts:?} {} {numbers:?}", files.len()),
            format!("{letters:?} {signed:?} {colours:?}"),
        ]
    }
}

fn lines(wanted: &str) -> Vec<String> {
    let recorder = Recorder::new();
    let id = block_on(testing::register::<Main>(&recorder)).unwrap();
    let graph = recorder.graph(&id);
    let found = graph
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(wanted));
    found.map(str::to_owned).collect()
}

/// The names in lines such as `withField(name: "image", …`.
fn names(lines: &[String]) -> Vec<&str> {
    let names = lines
        .iter()
        .filter_map(|line| line.split("name: \"").nth(1)?.split('"').next());
    names.collect()
}

#[test]
fn what_is_private_or_hidden_is_not_shown() {
    assert_eq!(names(&lines("withField(")), ["image", "port", "colours"]);
}

#[test]
fn what_is_private_or_internal_is_no_argument() {
    let arguments = lines("withArg(");
    let arguments = names(&arguments);
    // Those of the constructor come last.
    assert_eq!(arguments[arguments.len() - 2..], ["image", "password"]);
    assert!(
        !arguments.contains(&"port") && !arguments.contains(&"seen"),
        "{arguments:?}"
    );
}

#[test]
fn every_field_is_kept_between_calls() {
    let recorder = Recorder::new();
    let made = testing::construct::<Main>(&recorder, json!({"password": "secret"}));
    let made = block_on(made).unwrap();
    assert_eq!(
        made,
        json!({"image": "debian:12", "seen": [], "password": "secret", "port": 8080, "colours": []})
    );
    let looked = testing::call_object::<Main>(&recorder, "Main", made, "looked", json!({}));
    let looked = block_on(looked).unwrap();
    let all = testing::call_object::<Main>(&recorder, "Main", looked, "all", json!({}));
    assert_eq!(
        block_on(all).unwrap(),
        json!(["looked", "debian:12", "secret", "8081"])
    );
}

#[test]
fn a_default_is_registered_as_it_is_read() {
    let arguments = lines("withArg(");
    let registered: Vec<&str> = arguments
        .iter()
        .filter_map(|line| line.split("defaultValue: \"").nth(1))
        .map(|rest| &rest[..rest.find("\", name").unwrap_or(0)])
        .collect();
    assert_eq!(
        registered[..9],
        [
            r#"\"\""#,
            "0",
            r#"\"RED\""#,
            "[]",
            "[]",
            "[]",
            r#"[\"a\",\"b\"]"#,
            "[-1,2]",
            r#"[\"BLUE\",\"RED\"]"#,
        ]
    );
    let recorder = Recorder::new();
    let answer = testing::call::<Main>(&recorder, "defaults", json!({}), json!({}));
    assert_eq!(
        block_on(answer).unwrap(),
        json!([
            r#""" 0 [] 0 Some([])"#,
            r#"["a", "b"] [-1, 2] ["RED", "BLUE", "RED"]"#
        ])
    );
}
