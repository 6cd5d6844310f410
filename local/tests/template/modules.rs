//! The first module that the SDK writes is one that the local session runs.

use crate::support::{dagger_local, empty, lock, module, printed, repository};

#[test]
fn a_new_module_is_built_listed_and_called() {
    let module = module("hello", None);
    let state = tempfile::tempdir().unwrap();
    let functions = printed(&dagger_local(&module, state.path(), &["functions"]));
    for expected in [
        "container-echo   Return a container that echoes the text it is given.",
        "grep-dir         Return the lines that match a pattern",
    ] {
        assert!(functions.contains(expected), "{functions}");
    }
    let call = ["containerfile", "container-echo", "--string-arg=hi"];
    let containerfile = printed(&dagger_local(&module, state.path(), &call));
    assert!(
        containerfile.contains(r#"["echo","hi"]"#) || containerfile.contains(r#"["echo", "hi"]"#),
        "{containerfile}"
    );
}

#[test]
fn init_makes_a_module_and_what_a_clone_lacks_is_brought_back() {
    let module = empty("local-init");
    let state = tempfile::tempdir().unwrap();
    let init = ["init", "--name=first_steps"];
    let said = printed(&dagger_local(&module, state.path(), &init));
    assert!(
        said.starts_with("Initialized module first_steps in "),
        "{said}"
    );
    let read = |path: &str| std::fs::read_to_string(module.join(path)).unwrap();
    let config: serde_json::Value = serde_json::from_str(&read("dagger.json")).unwrap();
    assert_eq!(
        config,
        serde_json::json!({
            "name": "first_steps",
            "engineVersion": "v0.20.3",
            "sdk": {"source": "github.com/OWNER/dind/sdk"},
        })
    );
    assert!(read("src/main.rs").contains("pub struct FirstSteps"));
    for file in [".gitignore", ".gitattributes"] {
        let example = repository().join("examples/hello").join(file);
        assert_eq!(read(file), std::fs::read_to_string(example).unwrap());
    }
    lock(&module);

    // As after a clone: what git ignores is not there.
    let library = module.join("sdk/dagger-sdk/src/lib.rs");
    let original = std::fs::read(repository().join("sdk/dagger-sdk/src/lib.rs")).unwrap();
    for command in [&["develop"][..], &["functions"]] {
        std::fs::remove_dir_all(module.join("sdk")).unwrap();
        let said = printed(&dagger_local(&module.join("src"), state.path(), command));
        assert_eq!(std::fs::read(&library).unwrap(), original, "{said}");
    }
    let functions = printed(&dagger_local(&module, state.path(), &["functions"]));
    assert!(functions.contains("container-echo"), "{functions}");

    let again = dagger_local(&module, state.path(), &init);
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(!again.status.success());
    assert!(
        said.contains("is a module already: `dagger develop` writes"),
        "{said}"
    );
}

#[test]
fn init_leaves_a_crate_that_is_there_as_it_is() {
    let module = empty("local-init-crate");
    let manifest = "[package]\nname = \"mine\"\n";
    std::fs::write(module.join("Cargo.toml"), manifest).unwrap();
    let state = tempfile::tempdir().unwrap();
    let sdk = repository().join("sdk");
    let init = ["init", "--sdk", sdk.to_str().unwrap(), "."];
    printed(&dagger_local(&module, state.path(), &init));
    let read = |path: &str| std::fs::read_to_string(module.join(path)).unwrap();
    assert_eq!(read("Cargo.toml"), manifest);
    assert!(!module.join("src").exists());
    assert!(module.join("sdk/dagger-sdk/Cargo.toml").exists());
    let config: serde_json::Value = serde_json::from_str(&read("dagger.json")).unwrap();
    assert_eq!(config["name"], "local-init-crate");
    let named = config["sdk"]["source"].as_str().unwrap();
    assert!(named.starts_with("../"), "{named}");
    assert_eq!(module.join(named).canonicalize().unwrap(), sdk);

    let refused = dagger_local(
        &empty("local-init-name"),
        state.path(),
        &["init", "--name=1st"],
    );
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && said.contains("`1st`"),
        "{said}"
    );
}

#[test]
fn a_first_draft_of_functions_does_what_its_author_means() {
    let draft = include_str!("../../../sdk/dagger-sdk/tests/draft/fns.rs");
    let module = module("fns", Some(draft));
    let state = tempfile::tempdir().unwrap();
    let call = |arguments: &[&str]| {
        let arguments = [&["call"], arguments].concat();
        dagger_local(&module, state.path(), &arguments)
    };
    for (arguments, expected) in [
        (&["hello", "--names=a,b"][..], "Hello a, b"),
        (&["hello-optional"], "Hello, world"),
        (&["hello-default"], "Hello, world"),
        (&["hello-shout", "--shout"], "HELLO, WORLD"),
        (&["add-float", "--a=0.5", "--b=1"], "1.5"),
        (&["add-integer", "--a=-2", "--b=3"], "1"),
        (&["divide", "--a=7", "--b=2"], "3"),
    ] {
        assert_eq!(printed(&call(arguments)).trim(), expected, "{arguments:?}");
    }
    let entries = printed(&call(&["read-dir", "--source=src"]));
    assert_eq!(entries.trim(), "main.rs");
    let divided = call(&["divide", "--a=1", "--b=0"]);
    assert!(!divided.status.success());
    let said = String::from_utf8_lossy(&divided.stderr);
    assert!(said.contains("cannot divide by zero"), "{said}");
}

#[test]
fn the_functions_of_two_files_are_listed_and_called_with_what_each_field_is() {
    const MAIN: &str = r#"//! What the module is about.

mod more;

use dagger_sdk::prelude::*;

/// An object of two files.
#[object]
pub struct Parts {
    /// Shown and given.
    #[arg(default)]
    name: String,
    #[field(private)]
    seen: Vec<String>,
    #[field(hidden)]
    word: Option<String>,
    #[field(internal, default = 8080)]
    port: i64,
}

#[functions]
impl Parts {
    /// Return one more.
    #[function]
    fn looked(mut self, at: String) -> Self {
        self.seen.push(at);
        self.port += 1;
        self
    }
}

dagger_sdk::main!(Parts);
"#;
    const MORE: &str = r#"use dagger_sdk::prelude::*;

#[functions(documented)]
impl crate::Parts {
    /// Return all that is known.
    #[function]
    fn all(
        &self,
        /// More words.
        #[arg(default = [])]
        words: Vec<String>,
    ) -> String {
        format!("{} {:?} {:?} {} {words:?}", self.name, self.seen, self.word, self.port)
    }
}
"#;
    let module = module("parts", Some(MAIN));
    std::fs::write(module.join("src/more.rs"), MORE).unwrap();
    let state = tempfile::tempdir().unwrap();
    let call = |arguments: &[&str]| printed(&dagger_local(&module, state.path(), arguments));
    let functions = call(&["functions"]);
    let listed: Vec<&str> = functions.lines().skip(1).collect();
    let names = listed
        .iter()
        .filter_map(|line| line.split_whitespace().next());
    assert_eq!(names.collect::<Vec<_>>(), ["all", "looked", "name", "port"]);
    let flags = ["call", "--name=a", "--word=b"];
    let rest = ["looked", "--at=c", "looked", "--at=d", "all", "--words=e"];
    assert_eq!(
        call(&[&flags[..], &rest].concat()).trim(),
        r#"a ["c", "d"] Some("b") 8082 ["e"]"#
    );
    assert_eq!(call(&["call", "all"]).trim(), "[] None 8080 []");
    assert_eq!(call(&["call", "port"]).trim(), "8080");
}
