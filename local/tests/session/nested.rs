//! Rules of commands that ask the session that runs them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use base64::Engine as _;
use dagger_local::Session;
use serde_json::json;

use crate::support::{ask, fresh, holds, on_base, quoted, said, session_in, state};

/// Asks the session from a shell in the base image: `ask QUERY`.
const ASK: &str = r#"ask() {
    exec 3<>"/dev/tcp/127.0.0.1/$DAGGER_SESSION_PORT"
    body="{\"query\":\"${1//\"/\\\"}\"}"
    printf 'POST /query HTTP/1.0\r\nAuthorization: Basic %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
        "$(printf '%s:' "$DAGGER_SESSION_TOKEN" | base64 --wrap=0)" "${#body}" "$body" >&3
    tail -n 1 <&3
    echo
}
"#;

/// A command that may ask the session.
fn nested(script: &str) -> String {
    let args = quoted(vec!["bash", "-c", &format!("{ASK}{script} # {}", fresh())]);
    format!("withExec(args:{args},experimentalPrivilegedNesting:true)")
}

/// What the session answers somebody on its own port.
fn knock(session: &Session, token: &str) -> String {
    let endpoint = session.endpoint();
    let login = base64::engine::general_purpose::STANDARD.encode(format!("{token}:"));
    let mut stream = TcpStream::connect(("127.0.0.1", endpoint.port)).unwrap();
    let head = format!("POST /query HTTP/1.0\r\nAuthorization: Basic {login}\r\n");
    let body = r#"{"query":"{version}"}"#;
    let rest = format!(
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream
        .write_all(format!("{head}{rest}").as_bytes())
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_asks_the_session_that_runs_it_and_runs_more_there() {
    let (session, _told) = session_in(&state()).await;
    let word = fresh();
    let query = format!(
        "{{container{{from(address:\"ubuntu:24.04\"){{withExec(args:[\"echo\",{word:?}]){{stdout}}}}}}}}"
    );
    let script = format!("ask '{query}'");
    let answer = said(&session, &[&nested(&script), "stdout"]).await;
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let stdout = &answer["data"]["container"]["from"]["withExec"]["stdout"];
    assert_eq!(stdout, &json!(format!("{word}\n")), "{answer}");
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn its_token_is_in_no_output_and_no_layer_and_worth_nothing_elsewhere() {
    let (session, told) = session_in(&state()).await;
    let script = "echo \"$DAGGER_SESSION_TOKEN\" | rev; echo \"$DAGGER_SESSION_TOKEN\"; \
                  tr '\\0' ' ' </proc/1/cmdline";
    let command = nested(script);
    let out = said(&session, &[&command, "stdout"]).await;
    let token: String = out.lines().next().unwrap().chars().rev().collect();
    assert_eq!(token.len(), 64, "{out}");
    assert!(
        !out.contains(&token) && !told.text().contains(&token),
        "{out}"
    );
    for folder in ["storage", "records", "sessions"] {
        assert!(!holds(&state().join(folder), &token), "{folder}");
    }
    let session_token = session.endpoint().token.clone();
    assert!(knock(&session, &token).contains(" 401 "));
    assert!(knock(&session, &session_token).contains(" 200 "));
    // Who comes later knows nothing of it.
    let look = "withExec(args:[\"sh\",\"-c\",\"echo ${DAGGER_SESSION_PORT-none} ${DAGGER_SESSION_TOKEN-none}\"])";
    assert_eq!(
        said(&session, &[&command, look, "stdout"]).await,
        "none none\n"
    );
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_host_is_served_to_it() {
    let (session, _told) = session_in(&state()).await;
    // The session has made these: a command can guess their IDs.
    let host = ask(&session, &["host", "id"]).await.unwrap();
    let refused = [
        (
            "{host{directory(path:\"/\"){entries}}}".to_owned(),
            "Host.directory",
        ),
        (
            format!("{{loadHostFromID(id:{host}){{file(path:\"/etc/passwd\"){{contents}}}}}}"),
            "Host.file",
        ),
        (
            "{secret(uri:\"cmd://id\"){plaintext}}".to_owned(),
            "Query.secret",
        ),
        (
            "{address(value:\"/etc\"){directory{entries}}}".to_owned(),
            "Address.directory",
        ),
        (
            "{directory{export(path:\"/tmp/x\")}}".to_owned(),
            "Directory.export",
        ),
        ("{git(url:\"/\"){head{commit}}}".to_owned(), "Query.git"),
        (
            "{currentModule{source{entries}}}".to_owned(),
            "CurrentModule.source",
        ),
        ("{container{asService{up}}}".to_owned(), "Service.up"),
    ];
    let asks: Vec<_> = refused
        .iter()
        .map(|(query, _)| format!("ask '{query}'"))
        .collect();
    let answers = said(&session, &[&nested(&asks.join("\n")), "stdout"]).await;
    assert_eq!(answers.lines().count(), refused.len(), "{answers}");
    for ((query, field), answer) in refused.iter().zip(answers.lines()) {
        let expected = format!("does not serve {field} to a command in a container");
        assert!(answer.contains(&expected), "{query}: {answer}");
    }
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ids_of_what_is_the_hosts_cannot_be_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let (session, _told) = session_in(&state()).await;
    let (other, _told) = session_in(folder.path()).await;
    let (again, _told) = session_in(&state()).await;
    let ids = async |session: &Session| {
        let query = "{host{id file(path:\"/x\"){id}} secret(uri:\"env://A\"){id} container{id}}";
        session.query(query).await.unwrap()
    };
    let (one, two) = (ids(&session).await, ids(&other).await);
    assert_eq!(one, ids(&again).await);
    assert_eq!(one["container"], two["container"]);
    assert_ne!(one["host"]["id"], two["host"]["id"]);
    assert_ne!(one["host"]["file"], two["host"]["file"]);
    assert_ne!(one["secret"], two["secret"]);
    for session in [session, other, again] {
        session.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_asks_the_session_as_long_as_it_runs() {
    let (session, _told) = session_in(&state()).await;
    let serve = "perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalPort => 80, Listen => 5) or die; \
                 while (my $c = $s->accept) { print $c `cat /answer`; close $c }'";
    let script = format!(
        "{ASK}ask '{{version}}' >/answer; exec {serve} # {}",
        fresh()
    );
    let args = quoted(vec!["bash", "-c", &script]);
    let service = format!("asService(args:{args},experimentalPrivilegedNesting:true)");
    let id = on_base(&session, &["withExposedPort(port:80)", &service, "id"])
        .await
        .unwrap();
    let bind = format!("withServiceBinding(alias:\"there\",service:{id})");
    let client = quoted(vec!["bash", "-c", "exec 3<>/dev/tcp/there/80; cat <&3"]);
    let out = said(
        &session,
        &[&bind, &format!("withExec(args:{client})"), "stdout"],
    )
    .await;
    assert!(out.contains("v0.20.3"), "{out}");
    session.close().await.unwrap();
}
