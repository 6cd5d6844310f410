//! A module that returns what it is given, in every type of a module's surface, and values for it.

use dagger_sdk::prelude::*;

pub mod values;

/// How well to do it.
#[enumeration]
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    Low,
    VeryHigh,
    #[member(name = "other")]
    Another,
}

/// What keeps things, whoever made it.
#[interface]
pub trait Keeper {
    /// Return a thing.
    async fn thing(&self, name: String, level: Option<Level>) -> Result<Option<String>>;
    /// Return the keeper that has another one, too.
    fn joined(&self, others: Vec<Keeper>) -> Keeper;
}

/// A part, made of parts.
#[object]
pub struct Part {
    name: String,
    level: Option<Level>,
    parts: Vec<Part>,
    file: Option<File>,
    #[arg(private)]
    count: u32,
    #[arg(private, name = "hidden")]
    state: Vec<String>,
}

#[functions]
impl Part {
    #[function]
    fn first(&self, levels: Vec<Level>) -> Option<Level> {
        levels.into_iter().next()
    }
}

/// Returns what it is given.
#[object]
pub struct Echo {
    a_text: Option<String>,
    a_part: Option<Part>,
    a_directory: Option<Directory>,
}

#[functions]
impl Echo {
    #[function]
    fn text(&self, value: String) -> String {
        value
    }
    #[function]
    fn truth(&self, value: bool) -> bool {
        value
    }
    #[function]
    fn long(&self, value: i64) -> i64 {
        value
    }
    #[function]
    fn size(&self, value: usize) -> usize {
        value
    }
    #[function]
    fn int(&self, value: i32) -> i32 {
        value
    }
    #[function]
    fn byte(&self, value: u8) -> u8 {
        value
    }
    #[function]
    async fn float(&self, value: f64) -> Result<f64> {
        Ok(value)
    }
    #[function]
    fn texts(&self, value: Vec<String>) -> Vec<String> {
        value
    }
    #[function]
    fn optional_text(&self, value: Option<String>) -> Option<String> {
        value
    }
    #[function]
    fn optional_texts(&self, value: Option<Vec<Option<String>>>) -> Option<Vec<Option<String>>> {
        value
    }
    #[function]
    fn table(&self, value: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
        value
    }
    #[function]
    fn level(&self, value: Level) -> Level {
        value
    }
    #[function]
    fn levels(&self, value: Vec<Option<Level>>) -> Vec<Option<Level>> {
        value
    }
    #[function]
    fn container(&self, value: Container) -> Container {
        value
    }
    #[function]
    fn services(&self, value: Vec<Service>) -> Vec<Service> {
        value
    }
    #[function]
    fn optional_secret(&self, value: Option<Secret>) -> Option<Secret> {
        value
    }
    #[function]
    async fn part(&self, value: Part) -> Result<Part> {
        Ok(value)
    }
    #[function]
    fn parts(&self, value: Option<Vec<Part>>) -> Option<Vec<Part>> {
        value
    }
    #[function]
    fn keeper(&self, value: Option<Keeper>) -> Option<Keeper> {
        value
    }
    #[function]
    fn keepers(&self, value: Vec<Option<Keeper>>) -> Vec<Option<Keeper>> {
        value
    }
    #[function]
    fn platform(&self, value: Platform) -> Platform {
        value
    }
    #[function]
    fn json(&self, value: Json) -> Json {
        value
    }
    #[function]
    fn sharing(&self, value: CacheSharingMode) -> CacheSharingMode {
        value
    }
}
