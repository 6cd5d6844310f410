//! The first process of every container, and how secrets reach the command in
//! it: through a socket, so that no file, no argument and no configuration of a
//! container holds them, and nothing is left of them when a session is killed.

use std::io::{self, Read as _, Write as _};
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use command_fds::{CommandFdExt as _, FdMapping};

use crate::Error;
use crate::state::{State, digest, make_folder};

/// Where the program is in a container: `/dev` is in memory there, so that
/// nothing of it stays in an image.
pub const PLACE: &str = "/dev/.dagger-init";

/// The file that the program reads secrets from.
const SECRETS: i32 = 3;

static PROGRAM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/init"));

/// A digest of the program, for its file's name.
static NAME: OnceLock<String> = OnceLock::new();

/// Puts the program where it can be mounted from.
///
/// # Errors
/// A state folder that cannot be written.
pub fn installed(state: &State) -> Result<PathBuf, Error> {
    let folder = state.path("init");
    let path = folder.join(NAME.get_or_init(|| digest([PROGRAM])[..16].to_owned()));
    let is_there = path
        .metadata()
        .is_ok_and(|found| found.is_file() && found.len() == PROGRAM.len() as u64);
    if is_there {
        return Ok(path);
    }
    make_folder(&folder)?;
    let install = || {
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        file.write_all(PROGRAM)?;
        // Whoever the command runs as.
        let everybody = std::fs::Permissions::from_mode(0o755);
        file.as_file().set_permissions(everybody)?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    install().map_err(|error: io::Error| Error::file("write", &path, &error))?;
    Ok(path)
}

/// The command as the first process runs it.
pub fn command(command: &[String], is_alone: bool, has_secrets: bool) -> Vec<String> {
    if is_alone && !has_secrets {
        return command.to_vec();
    }
    let mut whole = vec![PLACE.to_owned()];
    whole.extend(is_alone.then(|| "--exec".to_owned()));
    whole.extend(has_secrets.then(|| "--secrets".to_owned()));
    whole.push("--".to_owned());
    whole.extend_from_slice(command);
    whole
}

/// Gives secret variables to the container that a Podman command starts, which
/// needs `--preserve-fds=1`. `taken` is called when the command is about to run.
///
/// # Errors
/// No socket can be made.
pub fn hand_over(
    podman: &mut Command,
    variables: &[(String, Vec<u8>)],
    taken: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let (mut ours, theirs) = UnixStream::pair()?;
    let mapping = FdMapping {
        parent_fd: OwnedFd::from(theirs),
        child_fd: SECRETS,
    };
    podman
        .fd_mappings(vec![mapping])
        .map_err(io::Error::other)?;
    let mut bytes = Vec::new();
    for (name, value) in variables {
        bytes.extend([name.as_bytes(), b"=", value, b"\0"].concat());
    }
    std::thread::spawn(move || {
        // Where the container does not start, Podman says why.
        let given = ours
            .write_all(&bytes)
            .and_then(|()| ours.shutdown(Shutdown::Write))
            .and_then(|()| ours.read_exact(&mut [0]));
        if given.is_ok() {
            taken();
        }
    });
    Ok(())
}

#[cfg(test)]
#[path = "../init/main.rs"]
#[expect(dead_code, reason = "only its own program calls its `main`")]
mod program;

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Output, Stdio};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// Runs the program itself, as no first process.
    fn init(arguments: &[&str], variables: Option<&[(String, Vec<u8>)]>) -> Output {
        let folder = tempfile::tempdir().unwrap();
        let path = installed(&State::open(folder.path(), "session").unwrap()).unwrap();
        let mut command = Command::new(path);
        command.args(arguments).stdin(Stdio::null());
        let (tell, told) = channel();
        if let Some(variables) = variables {
            hand_over(&mut command, variables, move || tell.send(()).unwrap()).unwrap();
        }
        let output = command.output().unwrap();
        if variables.is_some() {
            told.recv_timeout(Duration::from_secs(10)).unwrap();
        }
        output
    }

    #[test]
    fn a_command_ends_with_its_own_code_or_its_signals() {
        let code = |script: &str| init(&["--", "sh", "-c", script], None).status.code();
        assert_eq!(code("exit 7"), Some(7));
        assert_eq!(code("kill -TERM $$; sleep 1"), Some(143));
        assert_eq!(code("kill -KILL $$"), Some(137));
        assert_eq!(code("sleep 0.1 & wait; kill -0 $!"), Some(1));
        // Whom it leaves behind is buried, not taken for the command.
        assert_eq!(code("(sleep 0.1; exit 1) & sleep 0.3; exit 5"), Some(5));
    }

    #[test]
    fn a_command_that_cannot_run_is_named() {
        for (command, code, problem) in [
            ("no-such-program", 127, "executable file not found in $PATH"),
            ("/no/such", 127, "no such file or directory"),
            ("/dev/null", 126, "permission denied"),
        ] {
            for mode in [&["--"][..], &["--exec", "--"]] {
                let output = init(&[mode, &[command]].concat(), None);
                assert_eq!(output.status.code(), Some(code));
                let stderr = String::from_utf8_lossy(&output.stderr);
                assert_eq!(stderr, format!("exec: {command:?}: {problem}\n"));
            }
        }
    }

    #[test]
    fn signals_reach_the_command() {
        let folder = tempfile::tempdir().unwrap();
        let path = installed(&State::open(folder.path(), "session").unwrap()).unwrap();
        let script = "trap 'echo got; exit 4' USR1; echo ready; while :; do sleep 0.05; done";
        let mut child = Command::new(path)
            .args(["--", "sh", "-c", script])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let mut ready = [0; 6];
        stdout.read_exact(&mut ready).unwrap();
        let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap());
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGUSR1).unwrap();
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        assert_eq!(
            (rest.as_str(), child.wait().unwrap().code()),
            ("got\n", Some(4))
        );
    }

    #[test]
    fn secrets_come_through_the_socket_and_the_socket_is_closed() {
        let long = vec![b'x'; 1 << 20];
        let variables = [
            ("S".to_owned(), b"a=b\n\"$c\" \xff".to_vec()),
            ("LONG".to_owned(), long[..100_000].to_vec()),
        ];
        let script = "printf '%s' \"$S\"; printf '%s' \"$LONG\" | wc -c; \
                      case $(readlink /proc/$$/fd/3) in socket:*) echo open ;; *) echo closed ;; esac";
        for mode in [&[][..], &["--exec"]] {
            let arguments = [mode, &["--secrets", "--", "sh", "-c", script]].concat();
            let output = init(&arguments, Some(&variables));
            assert_eq!(output.stdout, b"a=b\n\"$c\" \xff100000\nclosed\n");
        }
    }
}
