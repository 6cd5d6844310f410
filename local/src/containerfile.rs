//! The text that Podman builds from: a pure function of stages. Everything
//! that came from users is quoted so that it means itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::state::digest;

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

/// A Containerfile, and the arguments that it is built with.
#[derive(Debug, Default, PartialEq)]
pub struct Written {
    pub text: String,
    /// Names and values of build arguments: no line of a Containerfile can hold
    /// a value that has several.
    pub arguments: BTreeMap<String, String>,
}

impl Written {
    /// The text for people: it says which arguments it is built with.
    pub fn explained(&self) -> String {
        let mut text = String::new();
        if !self.arguments.is_empty() {
            text.push_str("# Some values have several lines. Build it with:\n");
        }
        for (name, value) in &self.arguments {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "#   --build-arg {name}={}", in_bash(value));
        }
        text + &self.text
    }
}

/// A word of bash on one line.
fn in_bash(text: &str) -> String {
    let mut word = "$'".to_owned();
    for letter in text.chars() {
        match letter {
            '\n' => word.push_str("\\n"),
            '\r' => word.push_str("\\r"),
            '\'' | '\\' => word.extend(['\\', letter]),
            letter => word.push(letter),
        }
    }
    word + "'"
}

/// Writes stages as a Containerfile.
pub fn write(stages: &[Stage]) -> Written {
    let mut written = Written::default();
    for (index, stage) in stages.iter().enumerate() {
        if index > 0 {
            written.text.push('\n');
        }
        let from = on_one_line(&stage.from);
        // Writing to a String cannot fail.
        let _ = match &stage.name {
            Some(name) => writeln!(written.text, "FROM {from} AS {name}"),
            None => writeln!(written.text, "FROM {from}"),
        };
        for line in &stage.lines {
            let mut values = Values::default();
            let instruction = instruction(line, &mut values);
            for name in values.arguments.keys() {
                let _ = writeln!(written.text, "ARG {name}");
            }
            let _ = writeln!(written.text, "{instruction}");
            written.arguments.extend(values.arguments);
        }
    }
    written
}

fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// The values of one instruction.
#[derive(Default)]
struct Values {
    arguments: BTreeMap<String, String>,
}

impl Values {
    /// A word for instructions that expand variables: each character that would
    /// mean something is escaped, and a variable stands for what has several
    /// lines.
    fn word(&mut self, text: &str) -> String {
        let is_plain = |character: char| {
            character.is_ascii_alphanumeric()
                || "_-./:=+,@%".contains(character)
                || !character.is_ascii()
        };
        if !text.is_empty() && text.chars().all(is_plain) {
            return text.to_owned();
        }
        if text.contains(['\n', '\r']) {
            // Named after its value, so that no other value can be meant.
            let name = format!("value_{}", &digest([text])[..16]);
            let word = format!("\"${{{name}}}\"");
            self.arguments.insert(name, text.to_owned());
            return word;
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

    fn chown(&mut self, owner: &str) -> String {
        match owner.is_empty() {
            true => String::new(),
            false => format!("--chown={} ", self.word(owner)),
        }
    }
}

fn instruction(line: &Line, values: &mut Values) -> String {
    match line {
        Line::Env { name, value } => format!("ENV {}={}", values.word(name), values.word(value)),
        Line::Workdir { path } => format!("WORKDIR {}", values.word(path)),
        Line::User { name } => format!("USER {}", values.word(name)),
        Line::Label { name, value } => {
            format!("LABEL {}={}", values.word(name), values.word(value))
        }
        Line::Entrypoint { args } => format!("ENTRYPOINT {}", json(args)),
        Line::Cmd { args } => format!("CMD {}", json(args)),
        Line::Expose { port, protocol } => format!("EXPOSE {port}/{}", protocol.to_lowercase()),
        Line::Copy {
            from,
            source,
            target,
            owner,
        } => {
            let chown = values.chown(owner);
            let paths = [escaped(source), escaped(target)];
            format!("COPY --from={from} {chown}{}", json(&paths))
        }
        Line::File {
            path,
            contents,
            mode,
            owner,
        } => {
            let chown = values.chown(owner);
            let end = delimiter(contents);
            let body = match contents.is_empty() || contents.ends_with('\n') {
                true => contents.clone(),
                false => format!("{contents}\n"),
            };
            format!(
                "COPY --chmod={mode:o} {chown}<<\"{end}\" {}\n{body}{end}",
                values.word(path)
            )
        }
        Line::Healthcheck {
            flags,
            args,
            is_shell,
        } => {
            let flags: String = flags
                .iter()
                .map(|(name, value)| format!("--{name}={} ", values.word(value)))
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
                .map(|mount| format!("--mount={} ", on_one_line(mount)))
                .collect();
            format!("RUN {mounts}{}", json(args))
        }
        Line::Comment { text } => format!("# {}", on_one_line(text)),
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
mod tests;
