//! Parses queries of any depth.
//!
//! A module's chain of calls nests once for each call, a registration once for
//! each function, and the parser gives up after 64 levels. So a deep query is
//! cut into pieces that it takes, which are put together again once parsed.

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::parser::{Error, parse_query};

use super::selections::sets;
use super::tokens::{Token, tokens};

/// Levels of a piece; the parser takes 64.
const LEVELS: usize = 48;

/// What a field is called that stands for a piece, before the piece's number.
const PIECE: &str = "__piece";

/// The document of a query.
///
/// # Errors
/// What the parser says.
pub fn parse(query: &str) -> Result<ExecutableDocument, Error> {
    let (text, pieces) = cut(query);
    let mut document = parse_query(text)?;
    let mut parsed = pieces
        .into_iter()
        .map(|piece| parse_query(piece).map(Some))
        .collect::<Result<Vec<_>, _>>()?;
    for set in sets(&mut document) {
        join(set, &mut parsed);
    }
    Ok(document)
}

/// The text down to [`LEVELS`], and the selections below, each as a query of its own.
fn cut(query: &str) -> (String, Vec<String>) {
    let mut pieces: Vec<String> = Vec::new();
    // The texts that are being written, outermost first, with their levels.
    let mut open: Vec<(String, usize)> = vec![(String::new(), 0)];
    let mut parentheses = 0_usize;
    for token in tokens(query) {
        let top = open.len() - 1;
        match token {
            Token::Open("(") => parentheses += 1,
            Token::Close(")") => parentheses = parentheses.saturating_sub(1),
            Token::Open("{") if parentheses == 0 => {
                if open[top].1 == LEVELS {
                    open.push((String::new(), 0));
                }
                if let Some(innermost) = open.last_mut() {
                    innermost.1 += 1;
                }
            }
            _ => {}
        }
        if let Some((text, levels)) = open.last_mut() {
            text.push_str(token.text());
            if token == Token::Close("}") && parentheses == 0 {
                *levels = levels.saturating_sub(1);
                if *levels == 0
                    && top > 0
                    && let Some((piece, _)) = open.pop()
                {
                    open[top - 1]
                        .0
                        .push_str(&format!("{{{PIECE}{}}}", pieces.len()));
                    pieces.push(piece);
                }
            }
        }
    }
    // What is left open is no query; the parser says so.
    let text = open.into_iter().map(|(text, _)| text).collect();
    (text, pieces)
}

/// Puts the pieces in the place of the fields that stand for them.
fn join(set: &mut SelectionSet, pieces: &mut [Option<ExecutableDocument>]) {
    if let Some(mut piece) = stands_for(set).and_then(|number| pieces.get_mut(number)?.take())
        && let Some(selected) = sets(&mut piece).pop()
    {
        std::mem::swap(set, selected);
    }
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) => join(&mut field.node.selection_set.node, pieces),
            Selection::InlineFragment(inline) => {
                join(&mut inline.node.selection_set.node, pieces);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// The number of the piece that a selection stands for.
fn stands_for(set: &SelectionSet) -> Option<usize> {
    match set.items.as_slice() {
        [only] => match &only.node {
            Selection::Field(field) => field.node.name.node.strip_prefix(PIECE)?.parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(set: &SelectionSet) -> usize {
        let inner = set.items.iter().map(|item| match &item.node {
            Selection::Field(field) => depth(&field.node.selection_set.node),
            _ => 0,
        });
        usize::from(!set.items.is_empty()) + inner.max().unwrap_or_default()
    }

    fn chain(calls: usize) -> String {
        let call = "a(b:\"{}(\\\"\",c:{d:[1]})";
        format!(
            "{{{}x{}",
            format!("{call}{{").repeat(calls),
            "}".repeat(calls + 1)
        )
    }

    #[test]
    fn a_query_may_be_of_any_depth() {
        for calls in [0, 1, 46, 47, 48, 49, 95, 96, 97, 300] {
            let mut document = parse(&chain(calls)).unwrap();
            let depths: Vec<usize> = sets(&mut document)
                .into_iter()
                .map(|set| depth(set))
                .collect();
            assert_eq!(depths, [calls + 1], "{calls}");
        }
    }

    #[test]
    fn a_shallow_query_is_parsed_as_it_is() {
        let query = "query Q($v:Int){a{b ...F} # { comment\n c(t:\"\"\"{ \\\"\"\" \"\"\",v:$v)} fragment F on A{d}";
        let (text, pieces) = cut(query);
        assert_eq!(text, query);
        assert!(pieces.is_empty());
        assert!(parse(query).is_ok());
    }

    #[test]
    fn several_chains_side_by_side_keep_their_place() {
        let deep = chain(100);
        let inner = &deep[1..deep.len() - 1];
        let mut document = parse(&format!("{{one:{inner} two:{inner}}}")).unwrap();
        let set = sets(&mut document).pop().unwrap();
        assert_eq!(set.items.len(), 2);
        assert_eq!(depth(set), 101);
    }

    #[test]
    fn what_is_no_query_is_an_error() {
        for text in ["", "{a{b}", &"{a".repeat(100), "}"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
