//! What a parsed query selects.

use async_graphql::parser::types::DocumentOperations::{Multiple, Single};
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

/// The selections of all operations and fragments.
pub fn sets(document: &mut ExecutableDocument) -> Vec<&mut SelectionSet> {
    let fragments = document.fragments.values_mut();
    let mut sets: Vec<&mut SelectionSet> = fragments
        .map(|fragment| &mut fragment.node.selection_set.node)
        .collect();
    match &mut document.operations {
        Single(operation) => sets.push(&mut operation.node.selection_set.node),
        Multiple(operations) => sets.extend(
            operations
                .values_mut()
                .map(|operation| &mut operation.node.selection_set.node),
        ),
    }
    sets
}

/// The fields of `Query` at which a document may start.
pub fn roots(document: &ExecutableDocument) -> Vec<&str> {
    let mut roots = Vec::new();
    match &document.operations {
        Single(operation) => fields(&operation.node.selection_set.node, &mut roots),
        Multiple(operations) => {
            for operation in operations.values() {
                fields(&operation.node.selection_set.node, &mut roots);
            }
        }
    }
    // Which of them start there is not worth a look.
    for fragment in document.fragments.values() {
        fields(&fragment.node.selection_set.node, &mut roots);
    }
    roots
}

fn fields<'a>(set: &'a SelectionSet, found: &mut Vec<&'a str>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => found.push(&field.node.name.node),
            Selection::InlineFragment(inner) => fields(&inner.node.selection_set.node, found),
            Selection::FragmentSpread(_) => {}
        }
    }
}
