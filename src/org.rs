//! Org documents in containers, so that the host's emacs decides nothing: the
//! project's own scripts run there, or the module's, and what they changed comes back.

use dagger_sdk::prelude::*;

use crate::errors::Error;
use crate::settings::Settings;
use crate::{cache, client, tools};

/// Where a project lies in a container.
pub(crate) const WORK: &str = "/work";
/// What the scripts download, kept between calls.
const DEPENDENCIES: &str = "/work/.tangle-deps";
/// The volume behind [`DEPENDENCIES`].
const DEPENDENCIES_VOLUME: &str = "tangle-deps";
const SITE: &str = "/work/_site";

/// Where the module's own scripts lie in a container.
const SCRIPTS: &str = "/run/dind/org";
/// The module's own scripts, for a project that has none; the first one decides.
const FILES: [(&str, &str); 11] = [
    ("script.sh", include_str!("../org/script.sh")),
    ("emacs.sh", include_str!("../org/emacs.sh")),
    ("documents.el", include_str!("../org/documents.el")),
    (
        "documents-cache.el",
        include_str!("../org/documents-cache.el"),
    ),
    (
        "documents-commands.el",
        include_str!("../org/documents-commands.el"),
    ),
    (
        "documents-export.el",
        include_str!("../org/documents-export.el"),
    ),
    (
        "documents-languages.el",
        include_str!("../org/documents-languages.el"),
    ),
    ("documents-run.el", include_str!("../org/documents-run.el")),
    (
        "documents-tangle.el",
        include_str!("../org/documents-tangle.el"),
    ),
    ("page.js", include_str!("../org/page.js")),
    ("style.css", include_str!("../org/style.css")),
];

/// Emacs, and the languages of blocks that run out of the box: C, dot, Python and `SQLite`.
const PACKAGES: [&str; 11] = [
    "emacs-nox",
    "elpa-htmlize",
    "curl",
    "gcc",
    "git",
    "graphviz",
    "libc6-dev",
    "python3",
    "python3-pip",
    "python3-venv",
    "sqlite3",
];

/// A project, and which of its documents with which packages.
pub(crate) struct Documents {
    /// The project.
    pub(crate) src: Directory,
    /// The documents, all of them where this is empty.
    pub(crate) names: Vec<String>,
    /// Packages to install, for blocks in other languages.
    pub(crate) packages: Vec<String>,
}

impl Documents {
    /// The documents of `src`; what the caller left out is none.
    pub(crate) fn of(
        src: Directory,
        names: Option<Vec<String>>,
        packages: Option<Vec<String>>,
    ) -> Self {
        Self {
            src,
            names: names.unwrap_or_default(),
            packages: packages.unwrap_or_default(),
        }
    }

    /// `script.sh` with its arguments, of which `option` is the first.
    fn command(&self, script: &str, option: Option<&str>) -> Vec<String> {
        let own = format!("{SCRIPTS}/{}", FILES[0].0);
        ["bash", &own, script]
            .into_iter()
            .chain(option)
            .chain(self.names.iter().map(String::as_str))
            .map(str::to_owned)
            .collect()
    }
}

/// Emacs, git, languages and ruff on the Ubuntu image, the source last so that the
/// installation stays cached.
pub(crate) async fn emacs_container(
    settings: &Settings,
    dag: &Dag,
    src: Directory,
    packages: &[String],
) -> Result<Container> {
    packages.iter().try_for_each(|name| check_package(name))?;
    let base = dag.container().from(&settings.base_image);
    with_source(with_emacs(base, packages), &src).await
}

/// The same tools and the Dagger CLI beside the Docker CLI, without a source.
pub(crate) async fn dind_emacs_container(
    settings: &Settings,
    dag: &Dag,
    packages: &[String],
) -> Result<Container> {
    packages.iter().try_for_each(|name| check_package(name))?;
    let base = client::container(settings, dag, None).await?;
    Ok(tools::with_dagger_cli(with_emacs(base, packages))?)
}

fn with_emacs(base: Container, packages: &[String]) -> Container {
    let all: Vec<_> = PACKAGES
        .into_iter()
        .chain(packages.iter().map(String::as_str))
        .collect();
    tools::with_python_tool(tools::with_packages(base, &all), "ruff")
}

/// Refuse what apt would take for an option, a version or a removal (`name-`).
fn check_package(package: &str) -> Result<(), Error> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+.-".contains(&b);
    if package.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !package.ends_with(['-', '+'])
        && package.bytes().all(plain)
        || package == "g++"
    {
        return Ok(());
    }
    Err(Error::Argument {
        argument: "packages",
        value: package.to_owned(),
        expected: "names of Debian or Ubuntu packages, such as ruby".to_owned(),
    })
}

/// A project before and after its script.
pub(crate) struct Run {
    before: Directory,
    after: Directory,
}

impl Run {
    /// Only what the script added or changed.
    ///
    /// `Directory.diff` goes by the times of files, too: a script that writes the same text
    /// again would seem to have changed it. `Changeset` compares what files hold.
    pub(crate) async fn diff(&self) -> Result<Directory> {
        let changes = self.changes().await?;
        let mut paths = changes.added_paths().await?;
        paths.extend(changes.modified_paths().await?);
        let patterns: Vec<_> = paths.iter().map(|path| literal_pattern(path)).collect();
        let mut filter = DirectoryFilterOpts::default();
        if patterns.is_empty() {
            filter.exclude = Some(vec!["**".to_owned()]);
        } else {
            filter.include = Some(patterns);
        }
        Ok(self.before.diff(&self.after).filter_opts(filter))
    }

    /// What the script added, changed and removed.
    pub(crate) async fn changes(&self) -> Result<Changeset> {
        Ok(self.after.changes(&self.before))
    }
}

/// `tangle-host.sh`, the project's or the module's.
pub(crate) async fn tangle(settings: &Settings, dag: &Dag, documents: Documents) -> Result<Run> {
    let command = documents.command("tangle", None);
    let ctr = with_scripts(settings, dag, documents).await?;
    Ok(Run {
        before: ctr.directory(WORK),
        after: ctr.with_exec(command).directory(WORK),
    })
}

/// `export-html-host.sh`, the project's or the module's, and the pages that it leaves.
pub(crate) async fn export_html(
    settings: &Settings,
    dag: &Dag,
    documents: Documents,
) -> Result<Directory> {
    let command = documents.command("export-html", None);
    let ctr = with_scripts(settings, dag, documents).await?;
    Ok(ctr.with_exec(command).directory(SITE))
}

/// `run-host.sh`, the project's or the module's.
pub(crate) async fn run(
    settings: &Settings,
    dag: &Dag,
    documents: Documents,
    no_cache: bool,
) -> Result<Run> {
    let command = documents.command("run", no_cache.then_some("--no-cache"));
    let words = command.iter().map(String::as_str);
    let cmd = shlex::try_join(words).map_err(|_| Error::Argument {
        argument: "documents",
        value: documents.names.join(" "),
        expected: "names without NUL".to_owned(),
    })?;
    let ctr = dind_emacs_container(settings, dag, &documents.packages).await?;
    let ctr = with_files(dag, ctr);
    script_with_docker(settings, dag, ctr, documents.src, &cmd).await
}

/// The project in a container with emacs and the module's own scripts.
async fn with_scripts(settings: &Settings, dag: &Dag, documents: Documents) -> Result<Container> {
    let ctr = emacs_container(settings, dag, documents.src, &documents.packages).await?;
    let ctr = with_files(dag, ctr);
    with_dependencies(settings, dag, ctr).await
}

fn with_files(dag: &Dag, ctr: Container) -> Container {
    let files = FILES
        .into_iter()
        .fold(dag.directory(), |folder, (name, text)| {
            folder.with_new_file(name, text)
        });
    ctr.with_mounted_directory(SCRIPTS, files)
}

/// `./init-examples-host.sh`. From scratch, nothing is left that could be cached.
pub(crate) async fn init_examples(
    settings: &Settings,
    dag: &Dag,
    src: Directory,
    from_scratch: bool,
    no_cache: bool,
) -> Result<Run> {
    let cmd = match (from_scratch, no_cache) {
        (true, _) => "./init-examples-host.sh --from-scratch",
        (false, true) => "./init-examples-host.sh --no-cache",
        (false, false) => "./init-examples-host.sh",
    };
    let ctr = dind_emacs_container(settings, dag, &[]).await?;
    script_with_docker(settings, dag, ctr, src, cmd).await
}

async fn script_with_docker(
    settings: &Settings,
    dag: &Dag,
    ctr: Container,
    src: Directory,
    cmd: &str,
) -> Result<Run> {
    let ctr = with_repository(dag, ctr, &src).await?;
    let ctr = with_dependencies(settings, dag, ctr).await?;
    let before = ctr.directory(WORK);
    let after = client::with_docker(settings, dag, cmd, Some(ctr), None).await?;
    Ok(Run {
        before,
        after: after.directory(WORK),
    })
}

/// The pattern of an include list that matches one path alone. Paths of folders end with a slash.
fn literal_pattern(path: &str) -> String {
    let mut pattern = String::new();
    for letter in path.trim_end_matches('/').chars() {
        if matches!(letter, '*' | '?' | '[' | ']' | '\\' | '!' | '{' | '}') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// The source as the work directory.
pub(crate) async fn with_source(container: Container, src: &Directory) -> Result<Container> {
    Ok(container.with_directory(WORK, src).with_workdir(WORK))
}

/// The source as a repository without history: the Dagger CLI looks for a module's neighbours no
/// higher than the root of the repository that it lies in.
pub(crate) async fn with_repository(
    dag: &Dag,
    container: Container,
    src: &Directory,
) -> Result<Container> {
    let container = with_source(container, src).await?;
    Ok(container.with_directory(format!("{WORK}/.git"), dag.directory()))
}

async fn with_dependencies(
    settings: &Settings,
    dag: &Dag,
    container: Container,
) -> Result<Container> {
    let volume = cache::volume(settings, dag, DEPENDENCIES_VOLUME);
    Ok(container.with_mounted_cache(DEPENDENCIES, volume))
}
