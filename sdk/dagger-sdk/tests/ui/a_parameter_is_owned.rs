use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn texts(&self, one: &str, many: &[String], inner: Option<&Directory>, dag: &mut Query) -> String {
        String::new()
    }

    #[function]
    fn borrowed(&self) -> &str {
        ""
    }
}

dagger_sdk::main!(Main);
