//! The text that Podman builds from: a pure function of stages. Everything
//! that came from users is quoted so that it means itself.

use std::fmt::Write as _;

/// A line of a stage.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Env {
        name: String,
        value: String,
    },
    Workdir {
        path: String,
    },
    User {
        name: String,
    },
    Label {
        name: String,
        value: String,
    },
    Entrypoint {
        args: Vec<String>,
    },
    Cmd {
        args: Vec<String>,
    },
    Expose {
        port: u16,
        protocol: String,
    },
    /// The contents of a context or stage are merged into a folder.
    Copy {
        from: String,
        source: String,
        target: String,
        owner: String,
    },
    /// A file that is written as it stands here.
    File {
        path: String,
        contents: String,
        /// Access rights, as the number that they are.
        mode: u32,
        owner: String,
    },
    /// How a container tells that it is well: flags, and the command.
    Healthcheck {
        flags: Vec<(String, String)>,
        args: Vec<String>,
        is_shell: bool,
    },
    /// A command, with what is mounted for it: fields of `--mount`.
    Run {
        mounts: Vec<String>,
        args: Vec<String>,
    },
    /// Something that has no form of its own here.
    Comment {
        text: String,
    },
}

/// A stage: where it starts and what is done to it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    /// An image or an earlier stage; `scratch` for nothing.
    pub from: String,
    /// The name that later stages use.
    pub name: Option<String>,
    pub lines: Vec<Line>,
}

/// Writes stages as a Containerfile.
pub fn write(stages: &[Stage]) -> String {
    let mut text = String::new();
    for (index, stage) in stages.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        // Writing to a String cannot fail.
        let _ = match &stage.name {
            Some(name) => writeln!(text, "FROM {} AS {name}", stage.from),
            None => writeln!(text, "FROM {}", stage.from),
        };
        for line in &stage.lines {
            let _ = writeln!(text, "{}", instruction(line));
        }
    }
    text
}

fn instruction(line: &Line) -> String {
    match line {
        Line::Env { name, value } => format!("ENV {}={}", word(name), word(value)),
        Line::Workdir { path } => format!("WORKDIR {}", word(path)),
        Line::User { name } => format!("USER {}", word(name)),
        Line::Label { name, value } => format!("LABEL {}={}", word(name), word(value)),
        Line::Entrypoint { args } => format!("ENTRYPOINT {}", json(args)),
        Line::Cmd { args } => format!("CMD {}", json(args)),
        Line::Expose { port, protocol } => format!("EXPOSE {port}/{}", protocol.to_lowercase()),
        Line::Copy {
            from,
            source,
            target,
            owner,
        } => {
            let chown = chown(owner);
            let paths = [escaped(source), escaped(target)];
            format!("COPY --from={from} {chown}{}", json(&paths))
        }
        Line::File {
            path,
            contents,
            mode,
            owner,
        } => {
            let chown = chown(owner);
            let end = delimiter(contents);
            let body = match contents.is_empty() || contents.ends_with('\n') {
                true => contents.clone(),
                false => format!("{contents}\n"),
            };
            format!(
                "COPY --chmod={mode:o} {chown}<<\"{end}\" {}\n{body}{end}",
                word(path)
            )
        }
        Line::Healthcheck {
            flags,
            args,
            is_shell,
        } => {
            let flags: String = flags
                .iter()
                .map(|(name, value)| format!("--{name}={} ", word(value)))
                .collect();
            let command = match is_shell {
                true => args.join(" "),
                false => json(args),
            };
            format!("HEALTHCHECK {flags}CMD {command}")
        }
        Line::Run { mounts, args } => {
            let mounts: String = mounts
                .iter()
                .map(|mount| format!("--mount={mount} "))
                .collect();
            format!("RUN {mounts}{}", json(args))
        }
        Line::Comment { text } => format!("# {}", text.replace(['\n', '\r'], " ")),
    }
}

fn chown(owner: &str) -> String {
    match owner.is_empty() {
        true => String::new(),
        false => format!("--chown={} ", word(owner)),
    }
}

/// The end of a here-document: a word that no line of it is.
fn delimiter(contents: &str) -> String {
    let mut end = "EOF".to_owned();
    while contents.lines().any(|line| line == end) {
        end.push('_');
    }
    end
}

/// A list in the exec form, which no shell reads. `<` is written as an escape:
/// two of them would begin a here-document.
fn json(args: &[String]) -> String {
    let list = serde_json::Value::from(args.to_vec());
    list.to_string().replace('<', "\\u003c")
}

/// A word for instructions that expand variables: each character that would
/// mean something is escaped.
fn word(text: &str) -> String {
    let is_plain = |character: char| {
        character.is_ascii_alphanumeric()
            || "_-./:=+,@%".contains(character)
            || !character.is_ascii()
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let mut quoted = String::from('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\' | '$') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('"');
    quoted
}

/// A path of `COPY`: variables are expanded in its exec form, too.
fn escaped(path: &str) -> String {
    let mut text = String::new();
    for character in path.chars() {
        if matches!(character, '\\' | '\'' | '"' | '$') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_has_a_line_for_each_step() {
        let stages = [
            Stage {
                from: "docker.io/library/ubuntu:24.04".into(),
                name: Some("base".into()),
                lines: vec![
                    Line::Env {
                        name: "A".into(),
                        value: "plain".into(),
                    },
                    Line::Env {
                        name: "B".into(),
                        value: "a \"b\" $c \\ 'd'".into(),
                    },
                    Line::Workdir {
                        path: "/my work".into(),
                    },
                    Line::Copy {
                        from: "c0".into(),
                        source: "/".into(),
                        target: "/it's $HOME/".into(),
                        owner: "1000:1000".into(),
                    },
                    Line::Run {
                        mounts: vec!["type=cache,id=deps,target=/deps".into()],
                        args: ["sh", "-c", "cat <<X\n$A \"b\"\nX"]
                            .map(str::to_owned)
                            .to_vec(),
                    },
                ],
            },
            Stage {
                from: "base".into(),
                name: None,
                lines: vec![
                    Line::User {
                        name: "nobody".into(),
                    },
                    Line::Label {
                        name: "l".into(),
                        value: String::new(),
                    },
                    Line::Entrypoint {
                        args: vec!["e".into()],
                    },
                    Line::Cmd { args: Vec::new() },
                    Line::Expose {
                        port: 53,
                        protocol: "UDP".into(),
                    },
                    Line::Comment {
                        text: "two\nlines".into(),
                    },
                    Line::File {
                        path: "/a b".into(),
                        contents: "$A\nEOF".into(),
                        mode: 0o755,
                        owner: "me".into(),
                    },
                    Line::Healthcheck {
                        flags: vec![("interval".into(), "1s".into())],
                        args: vec!["docker".into(), "info".into()],
                        is_shell: false,
                    },
                ],
            },
        ];
        insta::assert_snapshot!(write(&stages), @r#"
        FROM docker.io/library/ubuntu:24.04 AS base
        ENV A=plain
        ENV B="a \"b\" \$c \\ 'd'"
        WORKDIR "/my work"
        COPY --from=c0 --chown=1000:1000 ["/","/it\\'s \\$HOME/"]
        RUN --mount=type=cache,id=deps,target=/deps ["sh","-c","cat \u003c\u003cX\n$A \"b\"\nX"]

        FROM base
        USER nobody
        LABEL l=""
        ENTRYPOINT ["e"]
        CMD []
        EXPOSE 53/udp
        # two lines
        COPY --chmod=755 --chown=me <<"EOF_" "/a b"
        $A
        EOF
        EOF_
        HEALTHCHECK --interval=1s CMD ["docker","info"]
        "#);
    }
}
