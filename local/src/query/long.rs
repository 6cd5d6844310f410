//! Keeps long texts of a query away from the parser, which looks at every
//! letter for about a microsecond: a file's contents would take a second for
//! each MiB. A short text stands for each until all is parsed.

use async_graphql::Positioned;
use async_graphql::parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};
use async_graphql_value::Value;

use super::selections::sets;
use super::tokens::{Token, tokens};

/// Texts from this length on are taken out, in bytes.
const LONG: usize = 4096;

/// What stands for a text, before the text's number.
const STAND_IN: &str = "__text";

/// A query without its long texts, and those texts.
pub struct Lifted {
    pub query: String,
    texts: Vec<Option<String>>,
}

/// Takes the long texts out; `None` where there are none that can be.
pub fn lift(query: &str) -> Option<Lifted> {
    if query.len() < LONG || query.contains(STAND_IN) {
        return None;
    }
    let mut lifted = Lifted {
        query: String::new(),
        texts: Vec::new(),
    };
    let (mut selections, mut values) = (0_usize, 0_usize);
    for token in tokens(query) {
        match token {
            Token::Open("{") if values == 0 => selections += 1,
            Token::Open(_) => values += 1,
            Token::Close(_) if values > 0 => values -= 1,
            Token::Close(_) => selections = selections.saturating_sub(1),
            // Only an argument of a field can be put back.
            Token::Text(text) if text.len() >= LONG && selections > 0 && values > 0 => {
                if let Some(text) = decoded(text) {
                    let stand_in = format!("\"{STAND_IN}{}\"", lifted.texts.len());
                    lifted.query.push_str(&stand_in);
                    lifted.texts.push(Some(text));
                    continue;
                }
            }
            Token::Text(_) => {}
        }
        lifted.query.push_str(token.text());
    }
    (!lifted.texts.is_empty()).then_some(lifted)
}

/// What a literal says. JSON's has the same escapes; what is not one of JSON's
/// is left to the parser.
fn decoded(literal: &str) -> Option<String> {
    match literal.starts_with("\"\"\"") {
        true => None,
        false => serde_json::from_str(literal).ok(),
    }
}

impl Lifted {
    /// Puts the texts back; whether each found its place.
    pub fn put_back(mut self, document: &mut ExecutableDocument) -> bool {
        for set in sets(document) {
            self.fill(set);
        }
        self.texts.iter().all(Option::is_none)
    }

    fn fill(&mut self, set: &mut SelectionSet) {
        for item in &mut set.items {
            match &mut item.node {
                Selection::Field(field) => {
                    let field = &mut field.node;
                    for (_, value) in &mut field.arguments {
                        self.fill_value(&mut value.node);
                    }
                    self.fill_directives(&mut field.directives);
                    self.fill(&mut field.selection_set.node);
                }
                Selection::InlineFragment(inline) => {
                    self.fill_directives(&mut inline.node.directives);
                    self.fill(&mut inline.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    self.fill_directives(&mut spread.node.directives);
                }
            }
        }
    }

    fn fill_directives(&mut self, directives: &mut [Positioned<Directive>]) {
        for directive in directives {
            for (_, value) in &mut directive.node.arguments {
                self.fill_value(&mut value.node);
            }
        }
    }

    fn fill_value(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => {
                let number = text
                    .strip_prefix(STAND_IN)
                    .and_then(|text| text.parse().ok());
                let lifted = number.and_then(|number: usize| self.texts.get_mut(number)?.take());
                if let Some(lifted) = lifted {
                    *text = lifted;
                }
            }
            Value::List(items) => items.iter_mut().for_each(|item| self.fill_value(item)),
            Value::Object(fields) => {
                fields.values_mut().for_each(|field| self.fill_value(field));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::document;

    /// A text that needs every kind of escape.
    fn text(length: usize) -> String {
        "ä\"\\\n\t{[(#'\u{1}𝄞 "
            .chars()
            .cycle()
            .take(length)
            .collect()
    }

    #[test]
    fn a_query_with_long_texts_is_parsed_as_it_is() {
        let (long, short) = (
            text(LONG).replace('\u{1}', ""),
            text(10).replace('\u{1}', ""),
        );
        let [long, short] = [long, short].map(|text| serde_json::Value::from(text).to_string());
        let block = format!("\"\"\"{}\"\"\"", "x ".repeat(LONG));
        for query in [
            format!("{{a(t:{long}){{b(o:{{l:[{short},{long}]}},u:{long})}}}}"),
            format!(
                "{{a@skip(if:{long}) ...@skip(if:{long}){{b}} ...F@x(y:{long})}} fragment F on A{{c(t:{long})}}"
            ),
            format!("query($v:S={long}){{a(v:$v,t:{block})}}"),
            format!("{{a(t:{long},u:\"__text0\")}}"),
        ] {
            let plain = async_graphql::parser::parse_query(&query).unwrap();
            let parsed = document(&query).unwrap();
            assert_eq!(bare(&format!("{parsed:?}")), bare(&format!("{plain:?}")));
        }
    }

    /// A description without the places in the text, which may differ.
    fn bare(description: &str) -> String {
        let place = regex::Regex::new(r"Pos\(\d+:\d+\)|Pos \{[^}]*\}").unwrap();
        place.replace_all(description, "").into_owned()
    }

    #[test]
    fn a_long_text_is_not_read_by_the_parser() {
        let query = format!("{{a(t:{})}}", serde_json::Value::from(text(LONG)));
        let lifted = lift(&query).unwrap();
        assert_eq!(lifted.query, "{a(t:\"__text0\")}");
        assert!(lift("{a}").is_none());
    }
}
