//! Rules of services of the host, and of tunnels to it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use dagger_local::Session;
use serde_json::json;

use crate::support::{ask, fresh, on_base, quoted, said, session_in, state, text};

/// A server of the host that answers each connection with a line; its threads
/// end with the tests.
fn server(line: &str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let line = format!("{line}\n");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // One that is gone again is its own affair.
            let _ = stream.write_all(line.as_bytes());
        }
    });
    port
}

/// What a port of the host says.
fn heard(address: &str) -> std::io::Result<String> {
    let mut line = String::new();
    TcpStream::connect(address)?.read_to_string(&mut line)?;
    Ok(line)
}

/// A command that reads from a port, or says that there is none.
fn read(address: &str) -> String {
    let (host, port) = address.split_once(':').unwrap();
    let script = format!(
        "(exec 3<>/dev/tcp/{host}/{port}; cat <&3) 2>/dev/null || echo none # {}",
        fresh()
    );
    format!("withExec(args:{})", quoted(vec!["bash", "-c", &script]))
}

fn bind(alias: &str, id: &str) -> String {
    format!("withServiceBinding(alias:{alias:?},service:{id:?})")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_of_the_host_answers_who_is_bound_to_it_and_nobody_else() {
    let (session, _told) = session_in(&state()).await;
    let (one, two) = (server("one"), server("two"));
    let ports = format!("service(ports:[{{frontend:80,backend:{one}}},{{backend:{two}}}])");
    let id = text(&session, &["host", &ports, "id"]).await.unwrap();
    let bound = bind("there", &id);
    for (address, expected) in [
        ("there:80".to_owned(), "one\n"),
        (format!("there:{two}"), "two\n"),
        (format!("there:{one}"), "none\n"),
    ] {
        let out = said(&session, &[&bound, &read(&address), "stdout"]).await;
        assert_eq!(out, expected, "{address}");
    }
    let load = format!("loadServiceFromID(id:{id:?})");
    let endpoint = text(&session, &[&load, "endpoint"]).await.unwrap();
    assert!(endpoint.ends_with(":80"), "{endpoint}");
    assert_eq!(
        said(&session, &[&read(&endpoint), "stdout"]).await,
        "none\n"
    );
    let ports = ask(&session, &["host", &ports, "ports{port protocol}"])
        .await
        .unwrap();
    let expected = json!([{"port": 80, "protocol": "TCP"}, {"port": two, "protocol": "TCP"}]);
    assert_eq!(ports, expected);
    let address = format!("address(value:\"tcp://127.0.0.1:{two}\")");
    let id = text(&session, &[&address, "service", "id"]).await.unwrap();
    let out = said(
        &session,
        &[&bind("it", &id), &read(&format!("it:{two}")), "stdout"],
    )
    .await;
    assert_eq!(out, "two\n");
    session.close().await.unwrap();
}

/// The ID of a service in a container that says a line on port 80.
async fn speaker(session: &Session, line: &str) -> String {
    let script = format!(
        "exec perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 5) or die; \
         while (my $c = $s->accept) {{ print $c \"{line}\\n\"; close $c }}'"
    );
    let args = quoted(vec!["bash", "-c", &script]);
    let service = format!("asService(args:{args})");
    let id = on_base(session, &["withExposedPort(port:80)", &service, "id"]).await;
    id.unwrap().as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tunnel_leads_from_the_host_to_a_service_until_it_is_stopped() {
    let (session, told) = session_in(&state()).await;
    let id = speaker(&session, "hello").await;
    let tunnel = format!("tunnel(service:{id:?})");
    let endpoint = text(&session, &["host", &tunnel, "endpoint"])
        .await
        .unwrap();
    assert!(endpoint.starts_with("localhost:"), "{endpoint}");
    assert_eq!(heard(&endpoint).unwrap(), "hello\n");
    assert!(told.text().contains("for every user of this machine"));
    let again = text(&session, &["host", &tunnel, "endpoint(scheme:\"http\")"]).await;
    assert_eq!(again.unwrap(), format!("http://{endpoint}"));
    let tunnel_id = text(&session, &["host", &tunnel, "id"]).await.unwrap();
    let bound = [
        &bind("there", &tunnel_id),
        "withExec(args:[\"true\"])",
        "sync",
    ];
    let error = on_base(&session, &bound).await.unwrap_err().to_string();
    assert!(error.contains("bind the service itself"), "{error}");
    text(&session, &["host", &tunnel, "stop"]).await.unwrap();
    let stopped = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        heard(&endpoint).is_err()
    });
    assert!(stopped, "{endpoint} still answers");
    let fixed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let tunnel = format!(
        "tunnel(service:{id:?},ports:[{{frontend:{},backend:80}}])",
        fixed.port()
    );
    text(&session, &["host", &tunnel, "start"]).await.unwrap();
    assert_eq!(heard(&fixed.to_string()).unwrap(), "hello\n");
    let taken = server("taken");
    let tunnel = format!("tunnel(service:{id:?},ports:[{{frontend:{taken},backend:80}}])");
    let error = text(&session, &["host", &tunnel, "start"])
        .await
        .unwrap_err();
    assert!(error.to_string().contains(&taken.to_string()), "{error}");
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_found_by_the_name_that_it_was_given() {
    let (session, _told) = session_in(&state()).await;
    let id = speaker(&session, "named").await;
    let load = format!("loadServiceFromID(id:{id:?})");
    let with = "withHostname(hostname:\"my-name\")";
    let id = text(&session, &[&load, with, "id"]).await.unwrap();
    let name = text(&session, &[&load, with, "hostname"]).await.unwrap();
    assert_eq!(name, "my-name");
    for name in ["there:80", "my-name:80"] {
        let out = said(&session, &[&bind("there", &id), &read(name), "stdout"]).await;
        assert_eq!(out, "named\n", "{name}");
    }
    session.close().await.unwrap();
}
