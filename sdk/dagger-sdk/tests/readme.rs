//! What the readme shows in Rust compiles, and is what is compiled here.

#![allow(dead_code)]

#[path = "readme/build.rs"]
mod build;
#[path = "readme/hello.rs"]
mod hello;
#[path = "readme/interfaces.rs"]
mod interfaces;
#[path = "readme/objects.rs"]
mod objects;
#[path = "readme/tests.rs"]
mod tests;

const README: &str = include_str!("../../readme.org");
const COMPILED: &[&str] = &[
    include_str!("readme/build.rs"),
    // Compiled where the code of its dependency is generated.
    include_str!("readme/guest.rs"),
    include_str!("readme/hello.rs"),
    include_str!("readme/interfaces.rs"),
    include_str!("readme/objects.rs"),
    include_str!("readme/tests.rs"),
];

/// Fragments are indented where they are compiled, whole programs are not.
fn unindented(code: &str) -> String {
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    lines.join("\n")
}

#[test]
fn every_rust_block_of_the_readme_is_compiled() {
    let blocks: Vec<&str> = README.split("#+begin_src rust").skip(1).collect();
    assert!(blocks.len() >= 6, "{}", blocks.len());
    for block in blocks {
        let code = block
            .split_once('\n')
            .unwrap()
            .1
            .split("#+end_src")
            .next()
            .unwrap();
        let code = unindented(code);
        assert!(
            COMPILED
                .iter()
                .any(|compiled| unindented(compiled).contains(&code)),
            "{code}"
        );
    }
}
