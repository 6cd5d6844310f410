//! What a parsed query selects.

use async_graphql::parser::types::DocumentOperations::{Multiple, Single};
use async_graphql::parser::types::{ExecutableDocument, SelectionSet};

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
