//! Sessions whose process is killed: the next one finds nothing in its way.

use crate::daemon::{Daemon, cache};
use crate::players::{Player, command, part};
use crate::support::{ask, containers, echo, fresh, session_in, start_service, state};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "is run by the other tests of this file, in a process of its own"]
async fn plays_a_part() {
    match (part("service"), part("import")) {
        (Some(state), _) => {
            let (session, _) = session_in(&state).await;
            start_service(&session).await;
            println!("READY");
            std::future::pending::<()>().await;
        }
        (_, Some(state)) => {
            let (session, _) = session_in(&state).await;
            let name = std::env::var("SESSION_TEST_CACHE").unwrap_or_default();
            let daemon = Daemon {
                storage: Some(locked(&session, &name).await),
                ..Daemon::default()
            };
            let service = daemon.service(&session).await;
            let call = format!("loadServiceFromID(id:{service:?})");
            ask(&session, &[&call, "start"]).await.unwrap();
            // An import that goes on until the end.
            let script = "cat /dev/urandom | docker import - endless";
            let run = daemon.run(&session, script);
            let ready = async {
                tokio::time::sleep(std::time::Duration::from_secs(8)).await;
                println!("READY");
            };
            let _ = tokio::join!(run, ready);
            std::future::pending::<()>().await;
        }
        _ => {}
    }
}

async fn locked(session: &dagger_local::Session, name: &str) -> String {
    let cache = cache(session, name).await;
    format!("withMountedCache(path:\"/var/lib/docker\",cache:{cache:?},sharing:LOCKED)")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_sessions_containers_are_gone_with_the_next_session() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("state");
    let player = Player::start(command("killed::plays_a_part", "service", &own));
    assert_eq!(containers(&own).len(), 1);
    player.kill();
    assert_eq!(
        containers(&own).len(),
        1,
        "the container outlives its session"
    );
    let (session, _) = session_in(&own).await;
    assert_eq!(echo(&session, "fine").await, "fine\n");
    session.close().await.unwrap();
    assert_eq!(containers(&own), Vec::<String>::new());
    dagger_local::Session::prune(&own).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_living_sessions_containers_stay_when_another_begins() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("state");
    let player = Player::start(command("killed::plays_a_part", "service", &own));
    let (session, _) = session_in(&own).await;
    echo(&session, "fine").await;
    session.close().await.unwrap();
    assert_eq!(containers(&own).len(), 1);
    let refused = dagger_local::Session::prune(&own)
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("uses it"), "{refused}");
    player.kill();
    dagger_local::Session::prune(&own).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemons_storage_that_was_being_written_is_used_again() {
    let name = format!("half-written {}", fresh());
    let mut importing = command("killed::plays_a_part", "import", &state());
    // The name reaches the process by the environment, which tests share.
    importing.env("SESSION_TEST_CACHE", &name);
    let player = Player::start(importing);
    player.kill();
    let (session, told) = session_in(&state()).await;
    let daemon = Daemon {
        storage: Some(locked(&session, &name).await),
        ..Daemon::default()
    };
    let script = format!(
        "tar -C /etc -c hostname | docker import - small && docker images --format '{{{{.Repository}}}}' # {}",
        fresh()
    );
    let images = daemon.run(&session, &script).await;
    let images = images.unwrap_or_else(|error| panic!("{error}\n{}", told.text()));
    assert!(images.ends_with("small\n"), "{images}");
    session.close().await.unwrap();
}
