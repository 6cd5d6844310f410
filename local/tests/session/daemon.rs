//! A Docker daemon beside commands: the main job, and several at once.

use std::path::Path;

use dagger_local::{Error, Session};

use crate::support::{
    UBUNTU, ask, fresh, quoted, session, session_in, shell, start_service, state, text,
};

/// How a daemon differs from the usual one.
#[derive(Default)]
pub struct Daemon<'a> {
    /// Calls between the image and the service.
    pub calls: Vec<String>,
    /// The command instead of the entrypoint.
    pub command: Option<Vec<&'a str>>,
    /// The mount of /var/lib/docker.
    pub storage: Option<String>,
}

/// The ID of a cache volume.
pub async fn cache(session: &Session, name: &str) -> String {
    let call = format!("cacheVolume(key:{})", quoted(name));
    text(session, &[&call, "id"]).await.unwrap()
}

impl Daemon<'_> {
    /// The ID of the service.
    pub async fn service(&self, session: &Session) -> String {
        let storage = match &self.storage {
            Some(storage) => storage.clone(),
            None => {
                let cache = cache(session, "daemons of tests").await;
                format!(
                    "withMountedCache(path:\"/var/lib/docker\",cache:{cache:?},sharing:PRIVATE)"
                )
            }
        };
        let service = match &self.command {
            Some(command) => format!(
                "asService(args:{},insecureRootCapabilities:true)",
                quoted(command.clone())
            ),
            None => {
                "asService(args:[\"--tls=false\"],useEntrypoint:true,insecureRootCapabilities:true)"
                    .into()
            }
        };
        let mut calls = vec![
            "container".to_owned(),
            "from(address:\"docker:27-dind\")".into(),
            "withEnvVariable(name:\"DOCKER_TLS_CERTDIR\",value:\"\")".into(),
            storage,
            "withExposedPort(port:2375)".into(),
            "withDockerHealthcheck(args:[\"docker\",\"info\"],interval:\"1s\",startInterval:\"250ms\")".into(),
        ];
        calls.extend(self.calls.iter().cloned());
        calls.extend([service, "id".into()]);
        let calls: Vec<&str> = calls.iter().map(String::as_str).collect();
        text(session, &calls).await.unwrap()
    }

    /// What a script writes that has the daemon at hand.
    pub async fn run(&self, session: &Session, script: &str) -> Result<String, Error> {
        let service = self.service(session).await;
        let client = [
            "container",
            "from(address:\"docker:27-dind\")",
            "file(path:\"/usr/local/bin/docker\")",
            "id",
        ];
        let client = text(session, &client).await?;
        let calls = [
            "container",
            UBUNTU,
            &format!("withFile(path:\"/usr/local/bin/docker\",source:{client:?})"),
            &format!("withServiceBinding(alias:\"docker\",service:{service:?})"),
            "withEnvVariable(name:\"DOCKER_HOST\",value:\"tcp://docker:2375\")",
            &shell(script),
            "stdout",
        ];
        text(session, &calls).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_finds_a_real_daemon_under_its_alias() {
    let session = session().await;
    let script = format!("docker info --format '{{{{.OSType}}}}' # {}", fresh());
    let answer = Daemon::default().run(&session, &script).await.unwrap();
    assert_eq!(answer, "linux\n");
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_sessions_at_once_have_a_daemon_each() {
    // The image is there before the race for it; that is another test's matter.
    let first = session().await;
    ask(
        &first,
        &["container", "from(address:\"docker:27-dind\")", "sync"],
    )
    .await
    .unwrap();
    first.close().await.unwrap();
    let mark = fresh();
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..8 {
        let script = format!("docker info --format '{{{{.ID}}}}' # {mark} {number}");
        calls.spawn(async move {
            let (session, told) = session_in(&state()).await;
            let id = Daemon::default().run(&session, &script).await;
            let id = id.unwrap_or_else(|error| panic!("{error}\n{}", told.text()));
            session.close().await.unwrap();
            id
        });
    }
    let mut ids = calls.join_all().await;
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 8, "{ids:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_service_is_left_after_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let (session, _) = session_in(&state).await;
    start_service(&session).await;
    assert_eq!(running(&state), 1);
    session.close().await.unwrap();
    assert_eq!(running(&state), 0);
    Session::prune(&state).await.unwrap();
    assert!(!state.exists());
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap();
    assert!(!mounts.contains(&state.display().to_string()), "{mounts}");
}

fn running(state: &Path) -> usize {
    crate::support::containers(state).len()
}
