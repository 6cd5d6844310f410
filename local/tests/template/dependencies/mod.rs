//! Modules that depend on modules: each is a process of its own, and they know
//! each other by what they have registered.

use crate::support::{command, dagger_local, empty, module, printed, repository, state, target};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A module that depends on others, which lie beside it.
fn depending(name: &str, source: &str, dependencies: &Value) -> PathBuf {
    let module = module(name, Some(source));
    let file = module.join("dagger.json");
    let config = std::fs::read_to_string(&file).unwrap();
    let mut config: Value = serde_json::from_str(&config).unwrap();
    config["dependencies"] = dependencies.clone();
    std::fs::write(&file, config.to_string()).unwrap();
    module
}

/// One that meets others through an interface of a third, each built once.
fn house() -> PathBuf {
    let gathering = json!({"source": "../local-gathering"});
    depending("gathering", include_str!("gathering.rs"), &json!([]));
    depending("visitor", include_str!("visitor.rs"), &json!([gathering]));
    let visitor = json!({"name": "visitor", "source": "../local-visitor"});
    let both = json!([gathering, visitor]);
    depending("house", include_str!("house.rs"), &both)
}

/// What a call that fails says; its exit code.
fn failure(module: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output = dagger_local(module, &state(), arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    (said, output.status.code())
}

#[test]
fn modules_call_each_other_and_meet_through_an_interface() {
    let house = house();
    let call = |arguments: &[&str]| {
        let arguments = [&["call"], arguments].concat();
        printed(&dagger_local(&house, &state(), &arguments))
            .trim()
            .to_owned()
    };
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();

    // Arguments, a default, a member of an enum there and back, objects for an interface.
    assert_eq!(
        call(&["welcome", "--name=you"]),
        "Hello, you, I am tired! Hello, you, I am fine!"
    );
    // Objects in a list, a field and functions of theirs, an object given to its own module.
    assert_eq!(lines(&call(&["seats"])), ["1: fine 1 2", "2: tired 2 3"]);
    // An object of the interface's own kind behind a function of it.
    assert_eq!(lines(&call(&["moods"])), ["merry", "sad"]);
    // Directories, and what goes on from them.
    assert_eq!(lines(&call(&["files", "entries"])), ["mood", "note"]);
    assert_eq!(call(&["files", "file", "--path=mood", "contents"]), "tired");
    assert_eq!(call(&["first"]), "true fine");
    // A dependency of a dependency, and a module that calls itself.
    assert_eq!(call(&["goes"]), "Hello, all, I am fine!");
    // A secret's ID; the dependency's own place and name.
    assert_eq!(
        call(&["sees", "--secret=cmd:printf swordfish"]),
        "9 dagger.json gathering true"
    );

    let (said, code) = failure(&house, &["call", "endless"]);
    let reason = "the module visitor calls endless of Visitor without end";
    assert!(said.contains(reason), "{said}");
    assert_eq!(code, Some(1));
    let (said, code) = failure(&house, &["call", "refused"]);
    assert!(said.contains("Error: no meeting: Rome is full\n"), "{said}");
    assert_eq!(code, Some(1));
    let (said, code) = failure(&house, &["call", "broken"]);
    assert!(
        said.contains("no gathering") && said.contains("broken"),
        "{said}"
    );
    assert_eq!(code, Some(7));

    // Words that no other run has used: what is asked with them is not answered from a record.
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let word = time.unwrap().as_nanos().to_string();
    call(&["caches", &format!("--word={word}a")]);
    assert_eq!(
        call(&["caches", &format!("--word={word}b")]),
        format!("{word}a-mine {word}b-theirs")
    );

    interrupted(&house);
    developed(&house);
}

/// Who interrupts a call ends the programs that the module's own waits for.
fn interrupted(house: &Path) {
    let visitor = target().join("debug/visitor");
    let is_waiting = || {
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        let mut programs = processes.map(|entry| std::fs::read_link(entry.path().join("exe")));
        programs.any(|program| program.is_ok_and(|program| program == visitor))
    };
    let mut calling = command(house, &state(), &["call", "waits"])
        .spawn()
        .unwrap();
    let start = Instant::now();
    while !is_waiting() {
        assert!(
            start.elapsed() < Duration::from_secs(120),
            "no visitor came"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    let caller = nix::unistd::Pid::from_raw(calling.id().cast_signed());
    nix::sys::signal::kill(caller, nix::sys::signal::Signal::SIGINT).unwrap();
    assert!(!calling.wait().unwrap().success());
    assert!(!is_waiting());
}

/// After a clone the client of the dependencies is brought back.
fn developed(house: &Path) {
    std::fs::remove_dir_all(house.join("sdk")).unwrap();
    printed(&dagger_local(house, &state(), &["develop"]));
    let client = std::fs::read_to_string(house.join("sdk/dagger-sdk/src/client.rs")).unwrap();
    for function in ["pub fn gathering(&self)", "pub fn visitor(&self)"] {
        assert!(client.contains(function), "{function}");
    }
}

#[test]
fn the_example_that_depends_on_dind_runs() {
    let example = repository().join("examples/rust-module");
    let read = |path: &str| std::fs::read_to_string(example.join(path)).unwrap();
    // A copy: nothing is written into the repository. Its neighbours are where dagger.json says.
    let app = module("app", Some(&read("src/main.rs")));
    let mut config: Value = serde_json::from_str(&read("dagger.json")).unwrap();
    assert_eq!(config["dependencies"][0]["source"], "../..");
    config["dependencies"][0]["source"] = json!(repository());
    config["sdk"]["source"] = json!(repository().join("sdk"));
    std::fs::write(app.join("dagger.json"), config.to_string()).unwrap();
    let output = dagger_local(&app, &state(), &["functions", "--progress=plain"]);
    let functions = printed(&output);
    let said = String::from_utf8_lossy(&output.stderr);
    for step in ["build the module dind", "build the module app"] {
        assert!(said.contains(step), "{said}");
    }
    assert!(
        functions.contains("Build the application's image"),
        "{functions}"
    );
    let daemon = printed(&dagger_local(&app, &state(), &["call", "daemon"]));
    assert_eq!(daemon.trim(), "docker:27-dind");
}

#[test]
fn what_cannot_be_called_is_one_line_before_anything_is_built() {
    let neighbours = empty("local-neighbours");
    for (name, config) in [
        ("go", json!({"name": "go", "sdk": "go"})),
        (
            "round",
            json!({"name": "round", "dependencies": [{"source": "../main"}]}),
        ),
        ("plain", json!({"name": "plain"})),
    ] {
        let folder = neighbours.join(name);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("dagger.json"), config.to_string()).unwrap();
        if name != "go" {
            std::fs::write(folder.join("Cargo.toml"), "").unwrap();
        }
    }
    let main = neighbours.join("main");
    std::fs::create_dir(&main).unwrap();
    std::fs::write(main.join("Cargo.toml"), "no manifest: cargo would say so").unwrap();
    for (dependency, reason) in [
        (json!({"source": "../go"}), "it needs a Dagger engine"),
        (json!({"source": "../nowhere"}), "it has no dagger.json"),
        (
            json!({"source": "../round"}),
            "in a circle: main -> round -> main",
        ),
        (
            json!({"name": "container", "source": "../plain"}),
            "the name of a field of Dagger's own API",
        ),
        (
            json!({"name": "far", "source": "github.com/a/b"}),
            "clone it and name its folder",
        ),
    ] {
        let config = json!({"name": "main", "dependencies": [dependency]});
        std::fs::write(main.join("dagger.json"), config.to_string()).unwrap();
        let (said, code) = failure(&main, &["functions"]);
        assert!(
            said.starts_with("Error: the dependenc") && said.contains(reason),
            "{said}"
        );
        assert_eq!((said.lines().count(), code), (1, Some(1)), "{said}");
    }
}
