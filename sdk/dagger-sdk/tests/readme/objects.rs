use dagger_sdk::prelude::*;

/// How thoroughly to look.
#[enumeration]
pub enum Depth {
    /// The files that changed.
    Shallow,
    /// All of them.
    Full,
}

/// What was found.
#[object]
pub struct Report {
    /// Where it was looked for.
    src: Directory,
    /// How many problems there are.
    problems: i64,
    /// Kept between calls, and shown to nobody.
    #[arg(private)]
    command: Vec<String>,
}

#[functions]
impl Report {
    /// Return the report as a file.
    #[function]
    pub fn text(&self, dag: &Dag) -> File {
        let text = format!("{} problems by {:?}", self.problems, self.command);
        dag.directory().with_new_file("report", text).file("report")
    }
}

/// Looks for problems.
#[object]
pub struct Linter {}

#[functions]
impl Linter {
    /// Return what is wrong with the sources.
    #[function]
    pub fn report(&self, src: Directory, #[arg(default = Depth::Shallow)] depth: Depth) -> Report {
        let command = match depth {
            Depth::Shallow => vec!["lint".into()],
            Depth::Full => vec!["lint".into(), "--all".into()],
        };
        Report {
            src,
            problems: 0,
            command,
        }
    }
}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Linter>()
}
