//! The modules that a module depends on, found before anything is built.

use std::path::Path;
use std::sync::Arc;

use super::error::CliError;
use super::module::{Module, Named};
use super::vendor;
use crate::modules::{Core, Taken, names};

/// A module that another one depends on.
#[derive(Debug)]
pub struct Dependency {
    /// What who depends on it calls it.
    pub name: String,
    pub module: Module,
    pub dependencies: Vec<Arc<Dependency>>,
}

/// The modules that a module depends on, with those that they depend on.
///
/// # Errors
/// One that is not there, that is no module in Rust, or that depends on itself;
/// two of one name.
pub fn of(module: &Module) -> Result<Vec<Arc<Dependency>>, CliError> {
    below(module, &[(module.name.clone(), module)])
}

/// `path` are the modules that led here, with the names they have there.
fn below(module: &Module, path: &[(String, &Module)]) -> Result<Vec<Arc<Dependency>>, CliError> {
    let mut found: Vec<Arc<Dependency>> = Vec::new();
    let taken = match module.dependencies.is_empty() {
        true => Taken::default(),
        false => Core::parse(&vendor::core_api(&vendor::sdk_of(module)?)?)?.taken(),
    };
    for named in &module.dependencies {
        let dependency = find(module, named)?;
        let name = named.name.clone().unwrap_or(dependency.name.clone());
        let start = path
            .iter()
            .position(|(_, known)| known.root == dependency.root);
        if let Some(start) = start {
            let names = path[start..].iter().map(|(name, _)| name.as_str());
            let circle: Vec<&str> = names.chain([name.as_str()]).collect();
            return Err(CliError::Module(format!(
                "the dependencies of {} go round in a circle: {}",
                path[0].0,
                circle.join(" -> ")
            )));
        }
        if let Some(other) = found.iter().find(|other| other.name == name) {
            if other.module.root == dependency.root {
                continue;
            }
            return Err(CliError::Module(format!(
                "{} has two dependencies called {name}, {} and {}: give one another \"name\" in \
                 dagger.json",
                module.name,
                other.module.root.display(),
                dependency.root.display()
            )));
        }
        if name == module.name || taken.fields.contains(&names::of_value(&name)) {
            let owner = match name == module.name {
                true => "the module itself",
                false => "a field of Dagger's own API",
            };
            return Err(CliError::Module(format!(
                "the dependency {name} of {} has the name of {owner}: give it another \"name\" in \
                 dagger.json",
                module.name
            )));
        }
        let way = [path, &[(name.clone(), &dependency)]].concat();
        let dependencies = below(&dependency, &way)?;
        found.push(Arc::new(Dependency {
            name,
            module: dependency,
            dependencies,
        }));
    }
    Ok(found)
}

fn find(module: &Module, named: &Named) -> Result<Module, CliError> {
    let source = &named.source;
    let refused = |problem: String| {
        let name = named.name.as_deref().unwrap_or(source);
        CliError::Module(format!(
            "the dependency {name} of {}: {problem}",
            module.name
        ))
    };
    let folder = module.root.join(source);
    if !folder.exists() && (named.pin.is_some() || is_address(source)) {
        return Err(refused(format!(
            "{source} is in a repository, and the local session calls modules of this machine only: \
             clone it and name its folder, or use a Dagger engine"
        )));
    }
    Module::at(&folder).map_err(|error| refused(error.to_string()))
}

/// Whether a source begins with the name of a host, or says how it is fetched.
fn is_address(source: &str) -> bool {
    let first = Path::new(source).iter().next().unwrap_or_default();
    let first = first.to_string_lossy();
    source.contains("://")
        || source.contains('@')
        || (first.contains('.') && !first.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn modules(modules: &[(&str, Value)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, dependencies) in modules {
            let root = folder.path().join(name);
            std::fs::create_dir(&root).expect("a folder");
            let config = json!({"name": name, "dependencies": dependencies, "sdk": "go"});
            std::fs::write(root.join("dagger.json"), config.to_string()).expect("a file");
            if *name != "go" {
                std::fs::write(root.join("Cargo.toml"), "").expect("a file");
            }
        }
        folder
    }

    fn found(folder: &tempfile::TempDir, name: &str) -> Result<Vec<Arc<Dependency>>, String> {
        let module = Module::at(&folder.path().join(name)).expect("a module");
        of(&module).map_err(|error| error.to_string())
    }

    fn refusal(dependencies: Value) -> String {
        let folder = modules(&[
            ("main", dependencies),
            ("a", json!([{"source": "../b"}])),
            ("b", json!([{"name": "again", "source": "../a"}])),
            ("c", json!([])),
            ("d", json!([])),
            ("go", json!([])),
        ]);
        let refusal = found(&folder, "main").expect_err("a refusal");
        assert_eq!(refusal.lines().count(), 1, "{refusal}");
        refusal
    }

    #[test]
    fn a_dependency_is_found_with_its_own_under_the_names_that_they_are_given() {
        let folder = modules(&[
            (
                "main",
                json!([{"name": "one", "source": "../a"}, {"source": "../b"}]),
            ),
            ("a", json!([{"source": "../b"}])),
            ("b", json!([])),
        ]);
        let found = found(&folder, "main").expect("the modules");
        let names: Vec<&str> = found.iter().map(|known| known.name.as_str()).collect();
        assert_eq!(names, ["one", "b"]);
        assert_eq!(found[0].module.name, "a");
        assert_eq!(found[0].dependencies[0].name, "b");
    }

    #[test]
    fn one_that_is_listed_twice_is_one() {
        let twice = json!([{"source": "../b"}, {"name": "b", "source": "../b/"}]);
        let folder = modules(&[("main", twice), ("b", json!([]))]);
        assert_eq!(found(&folder, "main").expect("the module").len(), 1);
    }

    #[test]
    fn a_circle_is_named() {
        let refusal = refusal(json!([{"source": "../a"}]));
        assert_eq!(
            refusal,
            "the dependencies of main go round in a circle: a -> b -> again"
        );
    }

    #[test]
    fn two_of_one_name_are_refused() {
        let refusal = refusal(json!([{"source": "../c"}, {"name": "c", "source": "../d"}]));
        assert!(
            refusal.starts_with("main has two dependencies called c, "),
            "{refusal}"
        );
    }

    #[test]
    fn a_name_that_is_taken_is_refused() {
        for (name, owner) in [
            ("main", "the module itself"),
            ("cache-volume", "Dagger's own API"),
        ] {
            let refusal = refusal(json!([{"name": name, "source": "../c"}]));
            assert!(refusal.contains(owner), "{refusal}");
        }
    }

    #[test]
    fn what_the_session_cannot_run_is_refused_by_name() {
        for (source, said) in [
            ("../go", "it needs a Dagger engine"),
            ("../nowhere", "it has no dagger.json"),
            ("github.com/a/b@v1", "github.com/a/b@v1 is in a repository"),
            ("https://example.org/a.git", "use a Dagger engine"),
        ] {
            let refusal = refusal(json!([{"name": "it", "source": source}]));
            assert!(
                refusal.starts_with("the dependency it of main: "),
                "{refusal}"
            );
            assert!(refusal.contains(said), "{refusal}");
        }
    }
}
