//! `with-project.sh`: what a command leaves comes out of the shared folder, and nothing stays in it.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt};
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A shared folder with a file, and the folder that its content is copied to.
struct Shared(TempDir);

impl Shared {
    fn new() -> Self {
        let shared = Self(TempDir::new().expect("a temporary directory"));
        for name in ["folder", "copy"] {
            fs::create_dir(shared.path(name)).expect("a folder");
        }
        fs::write(shared.path("folder/.hidden"), "kept").expect("a file");
        shared
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, command: &[&str]) -> Output {
        Command::new("bash")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/src/with-project.sh"))
            .args([self.path("folder"), self.path("copy")])
            .args(command)
            .current_dir(self.path("folder"))
            .output()
            .expect("bash is there")
    }

    /// The names in a folder, which may be gone itself where it is no mount.
    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).into_iter().flatten();
        let mut names: Vec<_> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }
}

#[test]
fn what_the_command_left_is_copied_as_it_is() {
    let shared = Shared::new();
    let output = shared.run(&["bash", "-c", "echo x >a; chmod 600 a; ln -s a b; echo said"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stdout, b"said\n");
    assert_eq!(shared.names("copy"), [".hidden", "a", "b"]);
    let mode = fs::metadata(shared.path("copy/a"))
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(shared.path("copy/b").is_symlink());
    assert_eq!(shared.names("folder"), Vec::<String>::new());
}

#[test]
fn everything_in_the_folder_comes_out_as_what_it_was() {
    let shared = Shared::new();
    let made = "mkdir empty 'a b' && mkfifo pipe && ln -s /nowhere dangling && echo x >'-n' && ln ./-n hard \
        && echo y >$'a b/line\\nbreak' && echo z >'*' && chmod 4751 ./-n && touch -d @1000000000 ./-n empty \
        && perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => \"socket\", Listen => 1) or die' \
        && { [ \"$(id -u)\" != 0 ] || chown 1234:5678 '*'; }";
    let output = shared.run(&["bash", "-c", made]);
    assert!(output.status.success(), "{output:?}");
    let names = [
        "*", "-n", ".hidden", "a b", "dangling", "empty", "hard", "pipe", "socket",
    ];
    assert_eq!(shared.names("copy"), names);
    let found = |name: &str| {
        let path = shared.path("copy").join(name);
        path.symlink_metadata().expect(name)
    };
    assert_eq!(found("-n").mode() & 0o7777, 0o4751);
    assert_eq!(found("-n").ino(), found("hard").ino());
    for name in ["-n", "empty"] {
        assert_eq!(found(name).mtime(), 1_000_000_000, "{name}");
    }
    assert!(found("pipe").file_type().is_fifo());
    assert!(found("socket").file_type().is_socket());
    assert!(found("dangling").is_symlink());
    assert_eq!(shared.names("copy/empty"), Vec::<String>::new());
    assert_eq!(shared.names("copy/a b"), ["line\nbreak"]);
    // Only root gives files away.
    if found(".hidden").uid() == 0 {
        assert_eq!((found("*").uid(), found("*").gid()), (1234, 5678));
    }
    assert_eq!(shared.names("folder"), Vec::<String>::new());
}

#[test]
fn after_a_failure_the_exit_code_is_the_commands_and_nothing_stays() {
    let shared = Shared::new();
    let output = shared.run(&["bash", "-c", "touch new; exit 7"]);
    assert_eq!(output.status.code(), Some(7));
    assert_eq!(shared.names("folder"), Vec::<String>::new());
    assert_eq!(shared.names("copy"), Vec::<String>::new());
}

#[test]
fn a_command_that_a_signal_ends_leaves_nothing_either() {
    let shared = Shared::new();
    let output = shared.run(&["bash", "-c", "kill -KILL $$"]);
    assert_eq!(output.status.code(), Some(137));
    assert_eq!(shared.names("folder"), Vec::<String>::new());
}

#[test]
fn arguments_reach_the_command_as_they_were_given() {
    let shared = Shared::new();
    let output = shared.run(&["printf", "%s|", "a b", "$HOME", "*"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "a b|$HOME|*|");
}
