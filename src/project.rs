//! A caller's files at the same place in the client and beside the daemon, so that
//! containers can mount them: `docker run -v "$PWD":/x`, and what Compose files say.

use dagger_sdk::prelude::*;

use crate::errors::Error;
use crate::tools;

const SCRIPT: &str = "with-project.sh";
/// Where the script copies what the command left.
const COPY: &str = "/run/dind-project";

/// What the system, the daemon or this module has files at: neither hidden nor mixed with a project's.
const TAKEN: [&str; 15] = [
    "/bin",
    "/dev",
    "/etc",
    "/lib",
    "/lib64",
    "/proc",
    "/run",
    "/sbin",
    "/sys",
    "/usr/bin",
    "/usr/lib",
    "/usr/libexec",
    "/usr/local",
    "/usr/sbin",
    "/var",
];
/// Places of projects inside of those.
const USUAL: [&str; 3] = ["/usr/local/app", "/var/task", "/var/www"];

/// Files and where they lie.
pub(crate) struct Project {
    pub(crate) src: Directory,
    pub(crate) path: String,
}

impl Project {
    /// The project of a call, where it has one.
    pub(crate) fn of(src: Option<Directory>, path: &str) -> Result<Option<Self>, Error> {
        let path = check_path(path)?;
        Ok(src.map(|src| Self {
            src,
            path: path.to_owned(),
        }))
    }
}

/// The path without slashes at its end; refuse one that would hide what the sidecar needs.
fn check_path(given: &str) -> Result<&str, Error> {
    let path = given.trim_end_matches('/');
    let contains = |outer: &str, inner: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(char::is_control);
    let is_absolute = path
        .strip_prefix('/')
        .is_some_and(|rest| rest.split('/').all(plain));
    let is_usual = USUAL.iter().any(|usual| contains(usual, path));
    let is_taken = TAKEN
        .iter()
        .any(|taken| contains(path, taken) || contains(taken, path) && !is_usual);
    if is_absolute && !is_taken {
        return Ok(path);
    }
    Err(Error::Argument {
        argument: "src-path",
        value: given.to_owned(),
        expected: "an absolute path that no system has files at, such as /src or /home/me/app"
            .to_owned(),
    })
}

/// `args` in the container. Of a project, what the command left is where it was, and nothing of
/// it stays in the shared folder.
pub(crate) async fn run(
    dag: &Dag,
    container: Container,
    project: Option<&Project>,
    args: Vec<&str>,
) -> Result<Container> {
    let Some(project) = project else {
        return Ok(container.with_exec(args));
    };
    let text = include_str!("with-project.sh");
    let (ctr, script) = tools::with_script(container, dag, SCRIPT, text).await?;
    let wrapper = ["bash", &script, &project.path, COPY];
    let ran = ctr
        .with_mounted_directory(COPY, dag.directory())
        .with_exec([&wrapper[..], &args].concat());
    let left = ran.directory(COPY);
    Ok(ran
        .without_mount(COPY)
        .without_mount(script)
        .without_mount(&project.path)
        .with_mounted_directory(&project.path, left))
}

#[cfg(test)]
mod tests {
    use super::check_path;

    #[test]
    fn places_of_projects_are_taken() {
        for (given, path) in [
            ("/src", "/src"),
            ("/src/", "/src"),
            ("/usr/src/app", "/usr/src/app"),
            ("/home/me/my app", "/home/me/my app"),
            ("/tmp/x", "/tmp/x"),
            ("/var/www/html", "/var/www/html"),
            ("/runner", "/runner"),
        ] {
            assert_eq!(check_path(given).expect(given), path);
        }
    }

    #[test]
    fn places_that_the_sidecar_needs_are_refused_by_name() {
        for given in [
            "",
            "/",
            "//",
            "src",
            "./src",
            "/a/../b",
            "/a//b",
            "/a/./b",
            "/a\nb",
            "/usr",
            "/usr/local",
            "/usr/bin",
            "/usr/local/bin",
            "/etc",
            "/etc/docker",
            "/proc/self",
            "/dev",
            "/run",
            "/run/dind",
            "/var",
            "/var/lib/docker",
            "/var/run",
            "/sys/fs",
        ] {
            let error = check_path(given).expect_err(given).to_string();
            assert!(
                error.contains("src-path") && error.contains("/src"),
                "{error}"
            );
        }
    }
}
