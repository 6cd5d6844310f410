//! Org documents in containers, so that the host's emacs decides nothing: the
//! project's own scripts run there, and what they changed comes back.

use dagger_module::prelude::*;
use dagger_sdk::DirectoryFilterOptsBuilder;

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

/// Emacs, git, Python and ruff on the Ubuntu image, the source last so that the
/// installation stays cached.
pub(crate) async fn emacs_container(
    settings: &Settings,
    dag: &Query,
    src: Directory,
) -> Result<Container> {
    let packages = [
        "emacs-nox",
        "elpa-htmlize",
        "curl",
        "git",
        "python3",
        "python3-pip",
        "python3-venv",
    ];
    let base = dag.container().from(&*settings.base_image);
    let tools = tools::with_python_tool(tools::with_packages(base, &packages), "ruff");
    with_source(tools, &src).await
}

/// The same tools and the Dagger CLI beside the Docker CLI, without a source.
pub(crate) async fn dind_emacs_container(settings: &Settings, dag: &Query) -> Result<Container> {
    let packages = [
        "curl",
        "emacs-nox",
        "git",
        "python3",
        "python3-pip",
        "python3-venv",
    ];
    let base = client::container(settings, dag, None).await?;
    let tools = tools::with_python_tool(tools::with_packages(base, &packages), "ruff");
    Ok(tools::with_dagger_cli(tools)?)
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
        let diff = self.before.diff(self.after.id().await?);
        let mut filter = DirectoryFilterOptsBuilder::default();
        if patterns.is_empty() {
            filter.exclude(vec!["**"]);
        } else {
            let patterns: Vec<_> = patterns.iter().map(String::as_str).collect();
            filter.include(patterns);
        }
        Ok(diff.filter_opts(filter.build()?))
    }

    /// What the script added, changed and removed.
    pub(crate) async fn changes(&self) -> Result<Changeset> {
        Ok(self.after.changes(self.before.id().await?))
    }
}

/// `./tangle-host.sh`.
pub(crate) async fn tangle(settings: &Settings, dag: &Query, src: Directory) -> Result<Run> {
    let ctr = with_dependencies(settings, dag, emacs_container(settings, dag, src).await?).await?;
    Ok(Run {
        before: ctr.directory(WORK),
        after: ctr.with_exec(vec!["./tangle-host.sh"]).directory(WORK),
    })
}

/// `./export-html-host.sh`, and the pages that it leaves.
pub(crate) async fn export_html(
    settings: &Settings,
    dag: &Query,
    src: Directory,
) -> Result<Directory> {
    let ctr = with_dependencies(settings, dag, emacs_container(settings, dag, src).await?).await?;
    Ok(ctr.with_exec(vec!["./export-html-host.sh"]).directory(SITE))
}

/// `./run-host.sh`, for some documents or for all.
pub(crate) async fn run(
    settings: &Settings,
    dag: &Query,
    src: Directory,
    files: &[String],
    no_cache: bool,
) -> Result<Run> {
    let flag = no_cache.then_some("--no-cache");
    let words = ["./run-host.sh"]
        .into_iter()
        .chain(flag)
        .chain(files.iter().map(String::as_str));
    let cmd = shlex::try_join(words).map_err(|_| Error::Argument {
        argument: "files",
        value: files.join(" "),
        expected: "names without NUL".to_owned(),
    })?;
    script_with_docker(settings, dag, src, &cmd).await
}

/// `./init-examples-host.sh`. From scratch, nothing is left that could be cached.
pub(crate) async fn init_examples(
    settings: &Settings,
    dag: &Query,
    src: Directory,
    from_scratch: bool,
    no_cache: bool,
) -> Result<Run> {
    let cmd = match (from_scratch, no_cache) {
        (true, _) => "./init-examples-host.sh --from-scratch",
        (false, true) => "./init-examples-host.sh --no-cache",
        (false, false) => "./init-examples-host.sh",
    };
    script_with_docker(settings, dag, src, cmd).await
}

async fn script_with_docker(
    settings: &Settings,
    dag: &Query,
    src: Directory,
    cmd: &str,
) -> Result<Run> {
    let ctr = with_repository(dag, dind_emacs_container(settings, dag).await?, &src).await?;
    let ctr = with_dependencies(settings, dag, ctr).await?;
    let before = ctr.directory(WORK);
    let after = client::with_docker(settings, dag, cmd, Some(ctr)).await?;
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
    Ok(container
        .with_directory(WORK, src.id().await?)
        .with_workdir(WORK))
}

/// The source as a repository without history: the Dagger CLI looks for a module's neighbours no
/// higher than the root of the repository that it lies in.
pub(crate) async fn with_repository(
    dag: &Query,
    container: Container,
    src: &Directory,
) -> Result<Container> {
    let container = with_source(container, src).await?;
    Ok(container.with_directory(format!("{WORK}/.git"), dag.directory().id().await?))
}

async fn with_dependencies(
    settings: &Settings,
    dag: &Query,
    container: Container,
) -> Result<Container> {
    let volume = cache::volume(settings, dag, DEPENDENCIES_VOLUME).await?;
    Ok(container.with_mounted_cache(DEPENDENCIES, volume))
}
