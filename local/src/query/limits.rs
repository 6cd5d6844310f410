//! What a query may cost before anything of it is looked at: a process that may
//! ask must not be able to end the session with one question.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Name, ServerError};

use super::tokens::{Token, tokens};
use crate::schema::DEPTH;

/// Levels of lists and objects within an argument; the parser takes one step of
/// its stack for each. What modules send has three.
const VALUE_LEVELS: usize = 64;

/// Fields of a query, those of fragments counted wherever they are used. A
/// chain has one for each call.
const FIELDS: usize = 10_000;

/// Refuses a text that nests too deeply to be parsed.
///
/// # Errors
/// Names what nests, and the limit.
pub fn check_text(query: &str) -> Result<(), ServerError> {
    let (mut values, mut deepest_value) = (0_usize, 0);
    let (mut selections, mut deepest_selection) = (0_usize, 0);
    for token in tokens(query) {
        match token {
            Token::Open(bracket) => match bracket == "{" && values == 0 {
                true => selections += 1,
                false => values += 1,
            },
            Token::Close(_) if values > 0 => values -= 1,
            Token::Close(_) => selections = selections.saturating_sub(1),
            Token::Text(_) => {}
        }
        deepest_value = deepest_value.max(values);
        deepest_selection = deepest_selection.max(selections);
    }
    if deepest_value > VALUE_LEVELS {
        return Err(refused(format!(
            "an argument of the query nests {deepest_value} levels; the local session takes {VALUE_LEVELS}"
        )));
    }
    if deepest_selection > DEPTH {
        return Err(refused(format!(
            "the query nests {deepest_selection} levels; the local session takes {DEPTH}: \
             begin again with the ID of an object on the way"
        )));
    }
    Ok(())
}

/// Refuses a query that asks for too much, however few words it takes to.
///
/// # Errors
/// Names the limit.
pub fn check_document(document: &ExecutableDocument) -> Result<(), ServerError> {
    let mut weights = Weights {
        document,
        fragments: HashMap::new(),
    };
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set.node);
    let mut fields = 0_usize;
    for set in operations.chain(fragments) {
        fields = fields.saturating_add(weights.of(set, 0)?);
    }
    match fields > FIELDS {
        true => Err(refused(format!(
            "the query asks for more than {FIELDS} fields at once; ask for them in several queries"
        ))),
        false => Ok(()),
    }
}

/// How many fields selections have, with those of the fragments in them.
struct Weights<'a> {
    document: &'a ExecutableDocument,
    /// Those of the fragments that were counted; one that is being counted has
    /// none yet, and a fragment within itself is refused by the validation.
    fragments: HashMap<&'a Name, usize>,
}

impl<'a> Weights<'a> {
    fn of(&mut self, set: &'a SelectionSet, level: usize) -> Result<usize, ServerError> {
        if level > DEPTH {
            return Err(refused(format!(
                "the query nests more than {DEPTH} levels, fragments included"
            )));
        }
        let mut fields = 0_usize;
        for item in &set.items {
            let weight = match &item.node {
                Selection::Field(field) => {
                    1 + self.of(&field.node.selection_set.node, level + 1)?
                }
                Selection::InlineFragment(inline) => {
                    1 + self.of(&inline.node.selection_set.node, level + 1)?
                }
                Selection::FragmentSpread(spread) => {
                    1 + self.fragment(&spread.node.fragment_name.node, level + 1)?
                }
            };
            fields = fields.saturating_add(weight);
        }
        Ok(fields.min(FIELDS + 1))
    }

    fn fragment(&mut self, name: &'a Name, level: usize) -> Result<usize, ServerError> {
        if let Some(weight) = self.fragments.get(name) {
            return Ok(*weight);
        }
        self.fragments.insert(name, 0);
        let weight = match self.document.fragments.get(name) {
            Some(fragment) => self.of(&fragment.node.selection_set.node, level)?,
            None => 0,
        };
        self.fragments.insert(name, weight);
        Ok(weight)
    }
}

fn refused(message: String) -> ServerError {
    ServerError::new(message, None)
}

#[cfg(test)]
mod tests {

    /// What is said of a query, on a stack as a session's threads have it.
    fn verdict(query: &str) -> Result<(), String> {
        let query = query.to_owned();
        let judge = move || match crate::query::parse(&query) {
            Ok(_) => Ok(()),
            Err(error) => Err(error.message),
        };
        let thread = std::thread::Builder::new().stack_size(crate::session::STACK);
        thread.spawn(judge).unwrap().join().unwrap()
    }

    #[test]
    fn arguments_that_nest_without_end_are_refused() {
        for (open, close) in [("[", "]"), ("{a:", "}"), ("[{a:[", "]}]")] {
            let nested = |levels: usize| {
                format!("{{f(v:{}1{})}}", open.repeat(levels), close.repeat(levels))
            };
            assert_eq!(verdict(&nested(5)), Ok(()));
            let refused = verdict(&nested(100_000)).unwrap_err();
            assert!(refused.contains("nests"), "{refused}");
            // What is left open is no way around.
            let open_end = format!("{{f(v:{}", open.repeat(100_000));
            assert!(verdict(&open_end).is_err());
        }
        let types = format!(
            "query($v:{}Int{}){{f}}",
            "[".repeat(9_000),
            "]".repeat(9_000)
        );
        assert!(verdict(&types).unwrap_err().contains("nests"));
    }

    #[test]
    fn a_bracket_in_a_string_or_a_comment_nests_nothing() {
        let brackets = "[{(".repeat(9_000);
        for text in [
            format!("{{f(v:\"{brackets}\")}}"),
            format!("{{f(v:\"\"\"{brackets}\"\"\")}}"),
            format!("{{f #{brackets}\n}}"),
        ] {
            assert_eq!(verdict(&text), Ok(()));
        }
    }

    #[test]
    fn a_chain_of_a_thousand_calls_is_taken_and_one_without_end_is_not() {
        let chain = |calls: usize| format!("{{{}b{}}}", "a{".repeat(calls), "}".repeat(calls));
        assert_eq!(verdict(&chain(3_000)), Ok(()));
        for calls in [5_000, 200_000] {
            assert!(verdict(&chain(calls)).unwrap_err().contains("nests"));
        }
    }

    #[test]
    fn fragments_that_double_and_long_lists_of_aliases_are_refused() {
        let mut doubling = "{...F0}".to_owned();
        for number in 0..40 {
            let next = number + 1;
            doubling.push_str(&format!(
                "fragment F{number} on Query{{...F{next} ...F{next}}}"
            ));
        }
        doubling.push_str("fragment F40 on Query{version}");
        let aliases: String = (0..50_000)
            .map(|number| format!("a{number}:version "))
            .collect();
        let nested: String = (0..200)
            .map(|number| format!("a{number}:container{{{}}}", "id ".repeat(100)))
            .collect();
        for query in [doubling, format!("{{{aliases}}}"), format!("{{{nested}}}")] {
            let refused = verdict(&query).unwrap_err();
            assert!(refused.contains("10000 fields"), "{refused}");
        }
        let few: String = (0..500)
            .map(|number| format!("a{number}:version "))
            .collect();
        assert_eq!(
            verdict(&format!("{{{few} ...F}}fragment F on Query{{version}}")),
            Ok(())
        );
    }

    #[test]
    fn fragments_that_chain_without_end_or_name_themselves_end() {
        let mut chain = "{...F0}".to_owned();
        for number in 0..9_000 {
            chain.push_str(&format!(
                "fragment F{number} on Query{{...F{}}}",
                number + 1
            ));
        }
        let refused = verdict(&chain).unwrap_err();
        assert!(refused.contains("nests"), "{refused}");
        assert_eq!(verdict("{...F}fragment F on Query{...F}"), Ok(()));
    }
}
