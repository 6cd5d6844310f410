//! Where a module's definitions stand in its source: the engine's links point there.

use super::batch::Chain;
use super::module::Module;
use crate::query::literal;
use crate::types::{FunctionDef, Place};
use std::collections::HashMap;

/// Places without their duplicates.
pub struct Places(Vec<Place>);

/// The IDs that the engine gave.
pub struct PlaceIds(HashMap<Place, String>);

impl Places {
    /// All places of a module; what has no file is nowhere.
    pub fn of(module: &Module) -> Self {
        let functions = module.functions().chain([&module.constructor]);
        let mut all: Vec<Place> = functions.flat_map(of_function).collect();
        for object in &module.objects {
            all.push(object.place);
            all.extend(object.fields.iter().map(|field| field.place));
        }
        for known in &module.enums {
            all.push(known.place);
            all.extend(known.members.iter().map(|member| member.place));
        }
        all.extend(module.interfaces.iter().map(|known| known.place));
        all.retain(|place| !place.file.is_empty());
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// What asks for their IDs.
    pub fn chains(&self) -> impl Iterator<Item = Chain> {
        self.0.iter().map(|Place { file, line, column }| {
            let file = literal(file);
            Chain::new(format!(
                "sourceMap(filename:{file},line:{line},column:{column})"
            ))
        })
    }

    /// The places with the answers to [`Self::chains`].
    pub fn answered(self, ids: impl IntoIterator<Item = String>) -> PlaceIds {
        PlaceIds(self.0.into_iter().zip(ids).collect())
    }
}

fn of_function(function: &FunctionDef) -> impl Iterator<Item = Place> {
    let arguments = function.args.iter().map(|argument| argument.place);
    arguments.chain([function.place])
}

impl PlaceIds {
    /// The ID of a place, as GraphQL writes it.
    pub fn literal(&self, place: &Place) -> Option<String> {
        self.0.get(place).map(|id| literal(id))
    }

    /// `,sourceMap:"…"`, or nothing.
    pub fn argument(&self, place: &Place) -> String {
        self.literal(place)
            .map_or_else(String::new, |id| format!(",sourceMap:{id}"))
    }
}
