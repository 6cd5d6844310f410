//! What a Dockerfile takes from elsewhere: the images that its stages start
//! from and copy from. They are resolved by the session, as `from` resolves
//! them; everything else in a Dockerfile is Podman's to read.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::containers::value::expand;

/// A stage, and what it starts from and copies from: images or other stages.
#[derive(Debug, Default)]
struct Stage {
    name: String,
    sources: Vec<String>,
}

/// The images that a target needs, the last stage where none is named.
/// `arguments` are the build's; those that the Dockerfile declares before its
/// first stage count in `FROM`.
pub fn images(
    text: &str,
    mut arguments: BTreeMap<String, String>,
    target: &str,
) -> BTreeSet<String> {
    let stages = stages(text, &mut arguments);
    let find = |name: &str| {
        let by_name = stages
            .iter()
            .position(|stage| !stage.name.is_empty() && stage.name.eq_ignore_ascii_case(name));
        let by_number = || name.parse().ok().filter(|number| *number < stages.len());
        by_name.or_else(by_number)
    };
    let last = match target {
        "" => stages.len().checked_sub(1),
        name => find(name),
    };
    let (mut images, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut wanted = Vec::from_iter(last);
    while let Some(number) = wanted.pop() {
        if !seen.insert(number) {
            continue;
        }
        for source in &stages[number].sources {
            match find(source).filter(|other| *other < number) {
                Some(other) => wanted.push(other),
                None if source == "scratch" => {}
                None => _ = images.insert(source.clone()),
            }
        }
    }
    images
}

fn stages(text: &str, arguments: &mut BTreeMap<String, String>) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for line in instructions(text) {
        let mut words = line.split_whitespace();
        let instruction = words.next().unwrap_or_default().to_uppercase();
        match (instruction.as_str(), stages.last_mut()) {
            ("ARG", None) => {
                for (name, default) in words.filter_map(|word| word.split_once('=')) {
                    let default = expanded(default.trim_matches(['"', '\'']), arguments);
                    arguments.entry(name.to_owned()).or_insert(default);
                }
            }
            ("FROM", _) => {
                let mut words = words.skip_while(|word| word.starts_with("--"));
                let source = expanded(words.next().unwrap_or_default(), arguments);
                let is_named = words
                    .next()
                    .is_some_and(|word| word.eq_ignore_ascii_case("as"));
                let name = words.next().filter(|_| is_named).unwrap_or_default();
                stages.push(Stage {
                    name: name.to_owned(),
                    sources: vec![source],
                });
            }
            ("COPY" | "ADD", Some(stage)) => stage.sources.extend(
                flags(words)
                    .filter_map(|flag| flag.strip_prefix("--from="))
                    .map(str::to_owned),
            ),
            ("RUN", Some(stage)) => stage.sources.extend(
                flags(words)
                    .filter_map(|flag| flag.strip_prefix("--mount="))
                    .flat_map(|fields| fields.split(','))
                    .filter_map(|field| field.strip_prefix("from="))
                    .map(str::to_owned),
            ),
            _ => {}
        }
    }
    stages
}

/// The flags that an instruction begins with.
fn flags<'a>(words: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    words.take_while(|word| word.starts_with("--"))
}

/// The instructions, each on a line of its own, without comments and without
/// here-documents.
fn instructions(text: &str) -> Vec<String> {
    let mut escape = '\\';
    let mut directives = text.lines();
    while let Some((name, value)) = directives
        .next()
        .and_then(|line| line.trim().strip_prefix('#')?.split_once('='))
    {
        if name.trim().eq_ignore_ascii_case("escape") && value.trim() == "`" {
            escape = '`';
        }
    }
    let (mut instructions, mut line) = (Vec::new(), String::new());
    let mut documents: Vec<String> = Vec::new();
    for part in text.lines() {
        if let Some(end) = documents.first() {
            if part.trim_start_matches('\t') == end {
                documents.remove(0);
            }
            continue;
        }
        let part = part.trim_end();
        if part.is_empty() || part.trim_start().starts_with('#') {
            continue;
        }
        if let Some(start) = part.strip_suffix(escape) {
            line.push_str(start);
            continue;
        }
        line.push_str(part);
        documents = here_documents(&line);
        instructions.push(std::mem::take(&mut line));
    }
    instructions.push(line);
    instructions
}

/// The words that end the here-documents of an instruction.
fn here_documents(line: &str) -> Vec<String> {
    let mut words = line.split_whitespace();
    let instruction = words.next().unwrap_or_default().to_uppercase();
    if !matches!(instruction.as_str(), "RUN" | "COPY" | "ADD") {
        return Vec::new();
    }
    words
        .filter_map(|word| word.strip_prefix("<<"))
        .map(|word| word.trim_start_matches('-').trim_matches(['"', '\'']))
        .filter(|word| word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_'))
        .map(str::to_owned)
        .collect()
}

/// A word with its variables replaced, `${A:-b}` and `${A:+b}` among them.
fn expanded(word: &str, arguments: &BTreeMap<String, String>) -> String {
    expand(word, |name| {
        let value = |name: &str| arguments.get(name).cloned().unwrap_or_default();
        if let Some((name, default)) = name.split_once(":-") {
            return match value(name) {
                value if value.is_empty() => default.to_owned(),
                value => value,
            };
        }
        match name.split_once(":+") {
            Some((name, _)) if value(name).is_empty() => String::new(),
            Some((_, other)) => other.to_owned(),
            None => value(name),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images_of(text: &str, arguments: &[(&str, &str)], target: &str) -> Vec<String> {
        let arguments = arguments
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        images(text, arguments.collect(), target)
            .into_iter()
            .collect()
    }

    const DOCKERFILE: &str = r#"# syntax=docker/dockerfile:1
ARG VERSION=24.04 UNUSED
ARG BASE="ubuntu:${VERSION}"
FROM --platform=$BUILDPLATFORM ${BASE} AS Build
ARG BASE=nothing
# FROM comment
RUN --mount=type=cache,target=/x --mount=type=bind,from=tools:1,target=/t \
    # in between
    true --mount=from=no
RUN cat <<-"END" <<X
FROM heredoc
	END
FROM heredoc
X
FROM scratch
COPY --chown=1 --from=build /a /b
COPY --from=0 --link /a /b
copy --from=busybox@sha256:1 /a /b
FROM unused:1 as unused
FROM ${NONE:-other}:${VERSION:+x}
"#;

    #[test]
    fn a_target_needs_the_images_of_the_stages_that_it_is_made_of() {
        for (target, expected) in [
            ("build", &["tools:1", "ubuntu:24.04"][..]),
            ("1", &["busybox@sha256:1", "tools:1", "ubuntu:24.04"]),
            ("UNUSED", &["unused:1"]),
            ("", &["other:x"]),
            ("no-such", &[]),
        ] {
            assert_eq!(images_of(DOCKERFILE, &[], target), expected, "{target}");
        }
    }

    #[test]
    fn arguments_of_the_build_come_before_the_dockerfiles_own() {
        assert_eq!(
            images_of(DOCKERFILE, &[("VERSION", "22.04")], "build"),
            ["tools:1", "ubuntu:22.04"]
        );
        assert_eq!(
            images_of(DOCKERFILE, &[("BASE", "debian")], "build"),
            ["debian", "tools:1"]
        );
    }

    #[test]
    fn the_escape_character_is_the_dockerfiles_choice() {
        let text = "# escape=`\nFROM `\n  a\nRUN dir c:\\\nFROM b\n";
        assert_eq!(images_of(text, &[], "0"), ["a"]);
        assert_eq!(images_of(text, &[], ""), ["b"]);
        assert!(images_of("", &[], "").is_empty());
    }
}
