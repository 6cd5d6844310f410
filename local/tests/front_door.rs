//! The scripts in front of the command line: which session `./dind` takes, and
//! what is said where something is missing.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn repository() -> PathBuf {
    let local = Path::new(env!("CARGO_MANIFEST_DIR"));
    local.parent().expect("the repository").to_path_buf()
}

/// A folder with programs, for use as the only one on PATH.
struct Programs(TempDir);

impl Programs {
    /// The tools that the scripts use, by links to those of this machine.
    fn basic() -> Self {
        let programs = Programs(TempDir::new().expect("a folder"));
        for tool in [
            "bash",
            "env",
            "dirname",
            "readlink",
            "sort",
            "id",
            "cat",
            "dpkg-query",
        ] {
            let found = ["/usr/bin", "/bin"].map(|folder| Path::new(folder).join(tool));
            if let Some(path) = found.iter().find(|path| path.exists()) {
                symlink(path, programs.0.path().join(tool)).expect("a link");
            }
        }
        programs
    }

    /// Puts a script in a tool's place. The link to the real tool goes first,
    /// and a new file is demanded: nothing may be written through it.
    fn with(self, name: &str, script: &str) -> Self {
        let path = self.0.path().join(name);
        if path.is_symlink() {
            fs::remove_file(&path).expect("the link is removed");
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o755)
            .open(&path)
            .expect("a new file");
        write!(file, "#!/usr/bin/env bash\n{script}\n").expect("a script");
        self
    }

    fn run(&self, script: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        Command::new("/bin/bash")
            .arg(repository().join(script))
            .args(arguments)
            .env_clear()
            .env("PATH", self.0.path())
            .env("HOME", self.0.path())
            .envs(environment.iter().copied())
            .current_dir(self.0.path())
            .output()
            .expect("bash runs")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_cli_is_used_where_it_is_installed() {
    let programs = Programs::basic().with("dagger", "echo \"$DAGGER_MODULE\" \"$@\"; exit 5");
    let output = programs.run("dind", &["call", "dind-service", "--x=a b"], &[]);
    assert_eq!(output.status.code(), Some(5));
    let module = repository().canonicalize().expect("a path");
    assert_eq!(
        text(&output.stdout),
        format!("{} call dind-service --x=a b\n", module.display())
    );
    let said = text(&output.stderr);
    assert!(
        said.starts_with("dind: using the Dagger CLI") && said.lines().count() == 1,
        "{said}"
    );
}

#[test]
fn in_another_modules_folder_that_module_is_called_and_said_to_be() {
    let programs = Programs::basic().with("dagger", "echo \"$DAGGER_MODULE\"");
    let folder = programs.0.path().canonicalize().expect("a path");
    fs::write(folder.join("dagger.json"), "{}").expect("a file");
    fs::create_dir_all(folder.join("a/b")).expect("a folder");
    let run = |arguments: &[&str], environment: &[(&str, &str)]| {
        Command::new("/bin/bash")
            .arg(repository().join("dind"))
            .args(arguments)
            .env_clear()
            .env("PATH", &folder)
            .envs(environment.iter().copied())
            .current_dir(folder.join("a/b"))
            .output()
            .expect("bash runs")
    };
    let there = run(&["functions"], &[]);
    assert_eq!(text(&there.stdout), format!("{}\n", folder.display()));
    let said = text(&there.stderr);
    let line = format!(
        "dind: the module is the one in {}, not dind\n",
        folder.display()
    );
    assert!(said.starts_with(&line), "{said}");
    // Whoever names a module gets that one, and is told of no other.
    let named = run(&["functions"], &[("DAGGER_MODULE", "x")]);
    assert_eq!(text(&named.stdout), "x\n");
    for arguments in [&["functions", "-m", "y"][..], &["--mod=y", "functions"]] {
        let named = run(arguments, &[]);
        let said = text(&named.stderr);
        assert!(!said.contains("the module is"), "{said}");
    }
}

#[test]
fn a_session_can_be_demanded_and_others_are_refused() {
    let programs = Programs::basic();
    let refused = programs.run("dind", &["functions"], &[("DIND_SESSION", "podman")]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        text(&refused.stderr),
        "dind: DIND_SESSION=podman: 'local' and 'dagger' are known\n"
    );
    let absent = programs.run("dind", &["functions"], &[("DIND_SESSION", "dagger")]);
    assert_eq!(absent.status.code(), Some(1));
    let said = text(&absent.stderr);
    assert!(
        said.contains("the Dagger CLI is not installed") && said.lines().count() == 1,
        "{said}"
    );
}

#[test]
fn the_local_session_says_what_it_is_and_where_cargo_comes_from() {
    // All that setup looks for is there, but cargo.
    let there = [
        "podman",
        "runc",
        "slirp4netns",
        "iptables",
        "mmdebstrap",
        "cc",
        "update-ca-certificates",
    ];
    let programs = there.iter().fold(Programs::basic(), |programs, tool| {
        programs.with(tool, "exit 9")
    });
    let output = programs.run("dind", &["functions"], &[("DIND_SESSION", "local")]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(
        lines[0],
        "dind: using the local session (Podman), not a Dagger engine"
    );
    assert!(
        lines[1].contains("cargo") && lines[1].contains("rustup"),
        "{said}"
    );
}

#[test]
fn what_cannot_be_installed_ends_the_build_beside_it() {
    let tools = [
        "flock", "grep", "mktemp", "rm", "sleep", "stat", "tail", "touch",
    ];
    let scratch = TempDir::new().expect("a folder");
    let programs = tools.iter().fold(Programs::basic(), |programs, tool| {
        programs.with(tool, &format!("exec /usr/bin/{tool} \"$@\""))
    });
    let programs = programs
        .with("id", "echo 0")
        .with("cc", "exit 9")
        .with("apt-get", "echo 'E: no such package' >&2; exit 100")
        .with("cargo", "echo $$ >\"$HOME/building\"; exec sleep 60");
    let target = scratch.path().display().to_string();
    let environment = [
        ("DIND_SESSION", "local"),
        ("CARGO_TARGET_DIR", target.as_str()),
        ("TMPDIR", target.as_str()),
    ];
    let output = programs.run("dind", &["functions"], &environment);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("apt-get install failed for: "), "{said}");
    // It may have been ended before it began.
    if let Ok(pid) = fs::read_to_string(programs.0.path().join("building")) {
        let process = format!("/proc/{}/stat", pid.trim());
        let goes_on = || fs::read_to_string(&process).is_ok_and(|state| !state.contains(") Z "));
        let deadline = Instant::now() + Duration::from_secs(10);
        while goes_on() {
            assert!(Instant::now() < deadline, "cargo goes on");
            sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn setup_prints_the_one_command_for_who_is_not_root() {
    let programs = Programs::basic()
        .with("apt-get", "exit 9")
        .with("dpkg-query", "exit 1")
        .with("id", "echo 1000");
    let output = programs.run("local/setup.sh", &["lint", "documents"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "setup: something is missing; this installs it: \
         sudo apt-get install -y --no-install-recommends elpa-htmlize emacs-nox python3-yaml shellcheck\n"
    );
}

#[test]
fn setup_is_silent_where_nothing_is_missing_and_knows_its_groups() {
    let programs = Programs::basic().with("shellcheck", "exit 9");
    let output = programs.run("local/setup.sh", &["lint"], &[]);
    assert_eq!(
        (output.status.code(), text(&output.stderr)),
        (Some(0), String::new())
    );
    let unknown = programs.run("local/setup.sh", &["lint", "nonsense"], &[]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("no group 'nonsense'"));
}

#[test]
fn an_image_without_a_recipe_has_a_code_of_its_own() {
    let programs = Programs::basic().with("mmdebstrap", "exit 9");
    let folder = programs.0.path().join("out");
    let arguments = ["no-such-image:1", &folder.display().to_string()];
    let output = programs.run("local/standins/build", &arguments, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        text(&output.stderr),
        "standins: no recipe for no-such-image:1\n"
    );
    assert!(!folder.exists());
}
