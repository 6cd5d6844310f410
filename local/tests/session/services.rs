//! Rules of services.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use dagger_local::Session;
use serde_json::json;

use crate::support::{ask, fresh, on_base, processes, session, session_in, shell, state};

/// A server that answers each connection with a line; `more` runs before.
fn server(more: &str) -> String {
    format!(
        "{more}; exec perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 5, ReuseAddr => 1) or die; while (my $c = $s->accept) {{ print $c \"hello\\n\"; close $c }}'"
    )
}

/// The ID of a service that runs a shell command.
async fn service(session: &Session, command: &str, extra: &[&str]) -> String {
    let args = serde_json::to_string(&["sh", "-c", command]).unwrap();
    let run = format!("asService(args:{args})");
    let fields = [&["withExposedPort(port:80)"], extra, &[&run, "id"]].concat();
    on_base(session, &fields)
        .await
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

/// The field that finds a service again.
fn load(id: &str) -> String {
    format!("loadServiceFromID(id:{id:?})")
}

/// Asks the service `there` for its line; `more` runs before.
fn client(more: &str) -> String {
    shell(&format!(
        "{more}; perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(\"there:80\")->getline'"
    ))
}

#[tokio::test]
async fn a_bound_service_is_ready_under_its_name_and_gone_at_the_end() {
    let session = session().await;
    let marker = fresh();
    let command = format!("{} -- {marker}", server("sleep 1"));
    let id = service(&session, &command, &[]).await;
    let bind = format!("withServiceBinding(alias:\"there\",service:{id:?})");
    let out = on_base(&session, &[&bind, &client(":"), "stdout"])
        .await
        .unwrap();
    assert_eq!(out, json!("hello\n"));
    assert_eq!(processes("perl", &marker).len(), 1);
    session.close().await.unwrap();
    assert_eq!(processes("perl", &marker).len(), 0);
}

#[tokio::test]
async fn a_health_check_decides_when_a_service_is_ready() {
    let session = session().await;
    let command = server(&format!("(sleep 2; touch /well) & : {}", fresh()));
    let check = "withDockerHealthcheck(args:[\"test\",\"-e\",\"/well\"])";
    let id = service(&session, &command, &[check]).await;
    let start = Instant::now();
    ask(&session, &[&load(&id), "start"]).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(2));
    session.close().await.unwrap();
}

#[tokio::test]
async fn each_session_has_an_instance_of_its_own() {
    let one = session().await;
    let two = session().await;
    let command = server(":");
    let mut endpoints = Vec::new();
    for session in [&one, &two] {
        let id = service(session, &command, &[]).await;
        let load = load(&id);
        let query = [load.as_str(), "endpoint(port:80)"];
        endpoints.push(ask(session, &query).await.unwrap());
        // Within a session, there is one.
        assert_eq!(
            ask(session, &query).await.unwrap(),
            endpoints[endpoints.len() - 1]
        );
    }
    assert_ne!(endpoints[0], endpoints[1]);
    one.close().await.unwrap();
    two.close().await.unwrap();
}

#[tokio::test]
async fn a_service_that_is_up_answers_on_the_loopback() {
    let (session, told) = session_in(&state()).await;
    let session = std::sync::Arc::new(session);
    let id = service(&session, &server(":"), &[]).await;
    let up = tokio::spawn({
        let session = session.clone();
        async move { ask(&session, &[&load(&id), "up(random:true)"]).await }
    });
    let deadline = Instant::now() + Duration::from_secs(60);
    let address = loop {
        let text = told.text();
        let note = text
            .lines()
            .find_map(|line| line.strip_prefix("note 127.0.0.1:"));
        if let Some(note) = note {
            assert!(note.contains("every user"), "{note}");
            break format!("127.0.0.1:{}", note.split(' ').next().unwrap_or_default());
        }
        assert!(Instant::now() < deadline, "the service did not come up");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let line = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.flush().unwrap();
        let mut line = String::new();
        stream.read_to_string(&mut line).unwrap();
        line
    })
    .await
    .unwrap();
    assert_eq!(line, "hello\n");
    up.abort();
    let _ = up.await;
    std::sync::Arc::into_inner(session)
        .unwrap()
        .close()
        .await
        .unwrap();
}
