//! Signals that end Podman, at any moment of any of its commands: nothing of
//! the caller's is touched, and nothing false is believed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dagger_local::{Error, Session};

use crate::players::{command, part, path_with, podman_after};
use crate::support::{ask, fresh, session_in, text, tiny};

/// How many signals reach a Podman that runs.
const SIGNALS: usize = 100;

/// How many rounds are asked about again without signals, the last ones.
const RECALLED: usize = 5;

/// The commands of Podman that every round gives, and the one that is given
/// only after another failed, which luck alone decides.
const COMMANDS: &str =
    "run commit create mount build import export inspect image exec rm save stop";
const AFTER_A_FAILURE: &str = "container";

/// How many signals at most reach one of a kind: the others need their turn.
const OF_A_KIND: usize = 9;

/// How many rounds at most it takes until every kind of command was reached.
const ROUNDS: usize = 100;

/// Sends a signal to every second Podman, and to each of a kind that none has
/// reached, within the time that most take, and notes the commands that it reached.
const SIGNALLING: &str = r#"
signal() {
    local word name reached
    for word in "$@"; do
        [[ " $SESSION_TEST_COMMANDS " != *" $word "* ]] || { name=$word; break; }
    done
    [ -n "${name-}" ] || return 0
    reached=$(grep -c "^$name\$" "$SESSION_TEST_SIGNALS" || true)
    [ "$reached" -lt "$SESSION_TEST_OF_A_KIND" ] || return 0
    [ "$reached" = 0 ] || [ $((RANDOM % 2)) = 0 ] || return 0
    delay=0.$(printf %03d $((RANDOM % 150)))
    (sleep "$delay" && kill -TERM $$ && echo "$name" >>"$SESSION_TEST_SIGNALS") </dev/null >/dev/null 2>&1 &
}
if [ -n "${SESSION_TEST_SIGNALS-}" ]; then
    signal "$@"
fi
"#;

/// The questions of one round, with the answers that are right.
struct Round {
    tiny: String,
    word: String,
}

impl Round {
    fn container(&self) -> String {
        format!("loadContainerFromID(id:{:?})", self.tiny)
    }

    /// A command with a folder that it may write to, and a secret.
    async fn command(&self, session: &Session) -> Result<(), Error> {
        let secret = text(session, &["setSecret(name:\"s\",plaintext:\"hush\")", "id"]).await?;
        let folder = format!(
            "directory{{withNewFile(path:\"x\",contents:{:?}){{id}}}}",
            self.word
        );
        let folder = session.query(&format!("{{{folder}}}")).await?;
        let folder = folder["directory"]["withNewFile"]["id"].to_string();
        let said = text(
            session,
            &[
                &self.container(),
                &format!("withMountedDirectory(path:\"/m\",source:{folder})"),
                &format!("withSecretVariable(name:\"S\",secret:{secret:?})"),
                &format!("withExec(args:[\"echo\",\"said {}!\"])", self.word),
                "stdout",
            ],
        )
        .await?;
        assert_eq!(said, format!("said {}!\n", self.word));
        Ok(())
    }

    /// Files that come, and files that go by a path that exists at the caller's.
    async fn files(&self, session: &Session) -> Result<(), Error> {
        let calls = [
            &self.container(),
            &format!("withNewFile(path:\"/src/1\",contents:{:?})", self.word),
            "withNewFile(path:\"/src/2\",contents:\"away\")",
            "withoutFile(path:\"/src/2\")",
            "withoutDirectory(path:\"/usr/share\")",
        ];
        let file = [&calls[..], &["file(path:\"/src/1\")", "contents"]].concat();
        assert_eq!(text(session, &file).await?, self.word);
        let entries = [&calls[..], &["directory(path:\"/src\")", "entries"]].concat();
        assert_eq!(ask(session, &entries).await?, serde_json::json!(["1"]));
        Ok(())
    }

    /// The image as an archive.
    async fn archive(&self, session: &Session) -> Result<(), Error> {
        let calls = [
            &self.container(),
            &format!("withNewFile(path:\"/word\",contents:{:?})", self.word),
            &format!("withLabel(name:\"l\",value:{:?})", self.word),
            "asTarball",
            "id",
        ];
        let archive = text(session, &calls).await?;
        let import = format!(
            "container{{import(source:{archive:?}){{file(path:\"/word\"){{contents}} label(name:\"l\")}}}}"
        );
        let said = session.query(&format!("{{{import}}}")).await?;
        let said = &said["container"]["import"];
        assert_eq!(said["file"]["contents"], self.word.as_str());
        assert_eq!(said["label"], self.word.as_str());
        Ok(())
    }

    /// A service that is well after its health check alone.
    async fn service(&self, session: &Session) -> Result<(), Error> {
        let calls = [
            &self.container(),
            "withDockerHealthcheck(args:[\"echo\",\"well\"])",
            &format!("withEnvVariable(name:\"W\",value:{:?})", self.word),
            "asService(args:[\"sleep\",\"1000\"])",
            "id",
        ];
        let service = text(session, &calls).await?;
        let load = format!("loadServiceFromID(id:{service:?})");
        ask(session, &[&load, "start"]).await?;
        ask(session, &[&load, "stop(kill:true)"]).await?;
        Ok(())
    }

    /// What records are kept of.
    async fn kept(&self, session: &Session) -> [Result<(), Error>; 3] {
        [
            self.command(session).await,
            self.files(session).await,
            self.archive(session).await,
        ]
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "is run by the other test of this file, in a process of its own"]
async fn plays_a_part() {
    let Some(state) = part("signalled") else {
        return;
    };
    let signals = std::env::var("SESSION_TEST_SIGNALS").unwrap();
    let words = fs::read_to_string(state.with_extension("words")).unwrap_or_default();
    let (session, _) = session_in(&state).await;
    if signals.is_empty() {
        // Whatever was kept while signals came is the truth.
        let container = tiny(&session).await;
        for word in words.lines().rev().take(RECALLED) {
            let round = Round {
                tiny: container.clone(),
                word: word.to_owned(),
            };
            for answer in round.kept(&session).await {
                answer.unwrap();
            }
        }
        session.close().await.unwrap();
        println!("TRUE");
        return;
    }
    let container = tiny(&session).await;
    let mut words = Vec::new();
    while words.len() < ROUNDS && !are_enough(&reached(Path::new(&signals))) {
        words.push(fresh());
        fs::write(state.with_extension("words"), words.join("\n")).unwrap();
        let round = Round {
            tiny: container.clone(),
            word: words[words.len() - 1].clone(),
        };
        // Errors are what is expected, wrong answers are not.
        let _ = round.kept(&session).await;
        let _ = round.service(&session).await;
    }
    // What a signal left is left for the next session.
    let _ = session.close().await;
    println!("ENDED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_at_any_moment_of_any_podman_command_makes_nothing_false() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let theirs = folder.path().join("theirs");
    for path in ["src/1", "src/2", "usr/share/x", "word", "m/x"] {
        let path = theirs.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "mine").unwrap();
    }
    let before = listing(&theirs);
    let podman = podman_after(SIGNALLING);
    let signals = folder.path().join("signals");
    fs::write(&signals, "").unwrap();
    let play = |signals: &Path| {
        let output = command("signalled::plays_a_part", "signalled", &state)
            .env("PATH", path_with(podman.path()))
            .env("SESSION_TEST_SIGNALS", signals)
            .env(
                "SESSION_TEST_COMMANDS",
                format!("{COMMANDS} {AFTER_A_FAILURE}"),
            )
            .env("SESSION_TEST_OF_A_KIND", OF_A_KIND.to_string())
            .current_dir(&theirs)
            .output()
            .unwrap();
        (String::from_utf8_lossy(&output.stdout).into_owned(), output)
    };
    let (said, output) = play(&signals);
    assert!(said.contains("ENDED"), "{output:?}");
    assert_eq!(listing(&theirs), before);
    let reached = reached(&signals);
    assert!(are_enough(&reached), "{reached:?}");
    let (said, output) = play(Path::new(""));
    assert!(said.contains("TRUE"), "{reached:?} {output:?}");
    assert_eq!(listing(&theirs), before);
    Session::prune(&state).await.unwrap();
}

/// How many signals reached each kind of command.
fn reached(signals: &Path) -> BTreeMap<String, usize> {
    let mut reached = BTreeMap::new();
    for name in fs::read_to_string(signals).unwrap_or_default().lines() {
        *reached.entry(name.to_owned()).or_default() += 1;
    }
    reached
}

/// Whether it was as many as are asked for, and every kind had one.
fn are_enough(reached: &BTreeMap<String, usize>) -> bool {
    reached.values().sum::<usize>() >= SIGNALS
        && COMMANDS.split(' ').all(|name| reached.contains_key(name))
}

/// Everything in a folder, with what is in the files.
fn listing(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    entries
        .into_iter()
        .map(|entry| {
            let path = entry.unwrap().into_path();
            let contents = fs::read_to_string(&path).unwrap_or_default();
            (path.display().to_string(), contents)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn podman_is_in_a_process_group_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let (session, _) = session_in(&state).await;
    let container = format!("loadContainerFromID(id:{:?})", tiny(&session).await);
    let run = ["withExec(args:[\"sleep\",\"3\"])", "sync"];
    let calls = [&[container.as_str()][..], &run].concat();
    let state_text = state.display().to_string();
    let look = tokio::task::spawn_blocking(move || {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
        loop {
            let found = crate::support::processes("podman", &state_text);
            let running = found.iter().find(|process| {
                let line = fs::read_to_string(format!("/proc/{process}/cmdline"));
                line.is_ok_and(|line| line.contains("\0run\0"))
            });
            if let Some(process) = running {
                let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
                let (_, rest) = stat.rsplit_once(") ").unwrap();
                // State, parent, group.
                let group = rest.split(' ').nth(2).unwrap().parse::<i32>().unwrap();
                return (*process, group);
            }
            assert!(std::time::Instant::now() < deadline, "no podman runs");
        }
    });
    let (ran, looked) = tokio::join!(ask(&session, &calls), look);
    ran.unwrap();
    let (process, group) = looked.unwrap();
    assert_eq!(process, group);
    session.close().await.unwrap();
    Session::prune(&state).await.unwrap();
}

/// Stops Podman while the command runs, and ends it when the command has ended.
const LATE: &str = r#"
for word in "$@"; do
    [ "$word" = run ] || continue
    (sleep 1; kill -STOP $$; sleep 3; kill -TERM $$; kill -CONT $$) </dev/null >/dev/null 2>&1 &
    break
done
"#;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "is run by the other test of this file, in a process of its own"]
async fn says_late() {
    let Some(state) = part("late") else {
        return;
    };
    let (session, _) = session_in(&state).await;
    let busybox = text(&session, &["host", "file(path:\"/bin/busybox\")", "id"]).await;
    let container = format!(
        "container{{withFile(path:\"/busybox\",source:{:?}){{id}}}}",
        busybox.unwrap()
    );
    let container = session.query(&format!("{{{container}}}")).await.unwrap();
    let container = container["container"]["withFile"]["id"].to_string();
    let command = "withExec(args:[\"/busybox\",\"sh\",\"-c\",\"sleep 2; echo late\"])";
    let container = format!("loadContainerFromID(id:{container})");
    let said = text(&session, &[&container, command, "stdout"]).await;
    assert!(matches!(said.as_deref(), Ok("late\n") | Err(_)), "{said:?}");
    session.close().await.unwrap();
    println!("TRUE {said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_command_said_is_whole_or_an_error_when_a_signal_ends_podman() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let podman = podman_after(LATE);
    let output = command("signalled::says_late", "late", &state)
        .env("PATH", path_with(podman.path()))
        .output()
        .unwrap();
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("TRUE"),
        "{output:?}"
    );
    Session::prune(&state).await.unwrap();
}

/// Unmounts as far as a Podman does that ends before it has noted it: the
/// folder is gone, and the image counts as mounted.
const BROKEN_OFF: &str = r#"
if [[ " $* " = *" image unmount "* ]] && [ ! -e "$SESSION_TEST_BROKEN" ]; then
    while read -r _ target _; do
        [[ "$target" = "$SESSION_TEST_STATE"/*/merged ]] || continue
        umount "$target" && rmdir "$target" && echo "$target" >>"$SESSION_TEST_BROKEN"
    done </proc/mounts
    exit 0
fi
"#;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "is run by the other test of this file, in a process of its own"]
async fn reads_twice() {
    let Some(state) = part("broken-off") else {
        return;
    };
    let (session, _) = session_in(&state).await;
    let container = format!("loadContainerFromID(id:{:?})", tiny(&session).await);
    let file = format!("withNewFile(path:\"/x\",contents:{:?})", fresh());
    for path in ["/", "/bin"] {
        let entries = format!("directory(path:{path:?})");
        let calls = [container.as_str(), &file, &entries, "entries"];
        ask(&session, &calls).await.unwrap();
    }
    session.close().await.unwrap();
    println!("READ");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_whose_unmounting_was_broken_off_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let podman = podman_after(BROKEN_OFF);
    let broken = folder.path().join("broken");
    let output = command("signalled::reads_twice", "broken-off", &state)
        .env("PATH", path_with(podman.path()))
        .env("SESSION_TEST_BROKEN", &broken)
        .output()
        .unwrap();
    Session::prune(&state).await.unwrap();
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("READ"),
        "{output:?}"
    );
    assert!(broken.exists(), "nothing was broken off: {output:?}");
}
