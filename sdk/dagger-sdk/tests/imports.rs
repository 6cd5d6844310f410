//! Imports between the SDK's own files run one way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Item, UseTree};

/// The layers, each of which knows those before it.
const LAYERS: [&str; 7] = [
    "session",
    "query",
    "client",
    "types",
    "registration",
    "dispatch",
    "run",
];

/// A file by its place among the modules: `["query", "node"]` is `crate::query::node`.
type Place = Vec<String>;

/// What each file names of the others, and why: the path as it is written there.
type Imports = BTreeMap<Place, BTreeMap<Place, String>>;

/// The paths that a file names, but for those in its tests.
#[derive(Default)]
struct Paths(Vec<Vec<String>>);

impl Paths {
    fn tree(&mut self, before: &[String], tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                let longer = [before, &[path.ident.to_string()]].concat();
                self.tree(&longer, &path.tree);
            }
            UseTree::Name(name) => self.0.push([before, &[name.ident.to_string()]].concat()),
            UseTree::Rename(name) => self.0.push([before, &[name.ident.to_string()]].concat()),
            UseTree::Glob(_) => self.0.push(before.to_vec()),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(before, tree);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        let of_tests = attributes.iter().any(|attribute| {
            let condition = attribute.parse_args::<syn::Path>();
            attribute.path().is_ident("cfg") && condition.is_ok_and(|path| path.is_ident("test"))
        });
        if !of_tests {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|part| part.ident.to_string());
        self.0.push(names.collect());
        visit::visit_path(self, path);
    }

    // `pub(super)` says who may name something, and names nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, place: &[String], found: &mut BTreeMap<Place, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let below = [place, std::slice::from_ref(&name)].concat();
        if path.is_dir() {
            files(&path, &below, found);
        } else {
            let place = if name == "mod" || name == "lib" {
                place.to_vec()
            } else {
                below
            };
            found.insert(place, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The path from the crate's root; nothing where it leads out of the crate.
fn from_root(place: &[String], path: &[String]) -> Option<Vec<String>> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    let (start, rest) = match path.first()?.as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (place.to_vec(), &path[1..]),
        "super" => (place[..place.len() - ups].to_vec(), &path[ups..]),
        _ => (place.to_vec(), path),
    };
    Some([start, rest.to_vec()].concat())
}

fn imports(files: &BTreeMap<Place, String>) -> Imports {
    let imported = files.iter().map(|(place, text)| {
        let mut paths = Paths::default();
        paths.visit_file(&syn::parse_file(text).unwrap());
        let mut named = BTreeMap::new();
        for path in paths.0 {
            let Some(full) = from_root(place, &path) else {
                continue;
            };
            // The longest beginning that is a file; the root's names are those of its layers.
            let file = (1..=full.len()).rev().map(|end| full[..end].to_vec());
            if let Some(file) = file.into_iter().find(|file| files.contains_key(file))
                && file != *place
            {
                named.insert(file, path.join("::"));
            }
        }
        (place.clone(), named)
    });
    imported.collect()
}

/// The files of a circle, if there is one that is reached from `at`.
fn circle(
    imports: &Imports,
    at: &Place,
    way: &mut Vec<Place>,
    done: &mut BTreeSet<Place>,
) -> Option<Vec<Place>> {
    if let Some(start) = way.iter().position(|file| file == at) {
        return Some(way[start..].to_vec());
    }
    if done.contains(at) {
        return None;
    }
    way.push(at.clone());
    for next in imports[at].keys() {
        if let Some(found) = circle(imports, next, way, done) {
            return Some(found);
        }
    }
    way.pop();
    done.insert(at.clone());
    None
}

fn read() -> Imports {
    let mut found = BTreeMap::new();
    files(&source(), &[], &mut found);
    imports(&found)
}

#[test]
fn a_layer_knows_only_those_before_it() {
    let imports = read();
    let layer = |place: &Place| {
        LAYERS
            .iter()
            .position(|layer| place.first().is_some_and(|first| first == layer))
    };
    let mut seen = BTreeSet::new();
    for (file, named) in &imports {
        let Some(own) = layer(file) else { continue };
        for (other, path) in named {
            if let Some(there) = layer(other) {
                assert!(there <= own, "{} names {path}", file.join("::"));
                seen.insert((own, there));
            }
        }
    }
    // What is read here is what is there: `run` names `dispatch`, and so on downwards.
    for (own, there) in [(6, 5), (5, 4), (4, 3), (3, 2), (2, 1), (1, 0)] {
        assert!(
            seen.contains(&(own, there)),
            "{} names no {}",
            LAYERS[own],
            LAYERS[there]
        );
    }
}

#[test]
fn no_circle_of_imports_is_between_files() {
    let imports = read();
    let mut done = BTreeSet::new();
    for file in imports.keys() {
        let found = circle(&imports, file, &mut Vec::new(), &mut done);
        assert_eq!(found, None, "a circle");
    }
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let place = |name: &str| name.split("::").map(str::to_owned).collect::<Place>();
    for back in [
        "use super::one::Thing;",
        "use crate::{layer::one, other};",
        "fn f() -> super::one::Thing { todo!() }",
    ] {
        let files = BTreeMap::from([
            (
                place("layer"),
                "mod one; mod two; pub use one::Thing;".to_owned(),
            ),
            (place("layer::one"), "use super::two::Other;".to_owned()),
            (place("layer::two"), back.to_owned()),
        ]);
        let found = circle(
            &imports(&files),
            &place("layer"),
            &mut Vec::new(),
            &mut BTreeSet::new(),
        );
        assert_eq!(
            found,
            Some(vec![place("layer::one"), place("layer::two")]),
            "{back}"
        );
    }
    let tests = "#[cfg(test)] mod tests { use super::one::Thing; }".to_owned();
    let files = BTreeMap::from([
        (place("one"), "use super::two::Other;".to_owned()),
        (place("two"), tests),
    ]);
    let found = circle(
        &imports(&files),
        &place("one"),
        &mut Vec::new(),
        &mut BTreeSet::new(),
    );
    assert_eq!(found, None);
}
