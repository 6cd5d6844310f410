//! Rules that hold for the graph of every function.

use std::collections::BTreeSet;

use dagger_sdk::testing::{self, Recorder};
use dind::Dind;
use serde_json::{Value, json};

use crate::calls;
use crate::support::{call, call_with, defaults, graphs, graphs_with, refusal};

/// Every line of every graph of every function, with the function's name.
async fn lines(fields: Value) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for call in calls::all() {
        for graph in graphs(fields.clone(), &call).await {
            lines.extend(
                graph
                    .lines()
                    .map(|line| (call.function, line.trim().to_owned())),
            );
        }
    }
    lines
}

/// The functions with a line for which `holds`.
async fn functions(fields: Value, holds: impl Fn(&str) -> bool) -> BTreeSet<&'static str> {
    let lines = lines(fields).await;
    let found = lines.into_iter().filter(|(_, line)| holds(line));
    found.map(|(function, _)| function).collect()
}

#[tokio::test]
async fn every_image_is_pinned_by_default() {
    let unpinned = functions(defaults(), |line| {
        line.starts_with("from(") && !line.contains("@sha256:")
    });
    // Versions are the caller's to choose, and the pins are looked up by their tags.
    assert_eq!(
        unpinned.await,
        BTreeSet::from(["dindMatrix", "upgradePins"])
    );
}

#[tokio::test]
async fn root_capabilities_appear_on_the_service_and_nowhere_else() {
    let privileged = |line: &str| {
        line.contains("insecureRootCapabilities") || line.contains("experimentalPrivilegedNesting")
    };
    for (function, line) in lines(defaults()).await {
        let is_service = line.starts_with("asService(");
        assert_eq!(privileged(&line), is_service, "{function}: {line}");
    }
}

#[tokio::test]
async fn a_service_starts_without_the_warning_about_tls() {
    for (function, line) in lines(defaults()).await {
        if line.starts_with("asService(") {
            assert!(
                line.contains(r#"args: ["--tls=false"]"#),
                "{function}: {line}"
            );
        }
    }
}

/// An override of an image reaches every graph that the default reached, and leaves none of it.
async fn override_reaches(field: &str, default: &str) {
    let is_from =
        |image: String| move |line: &str| line.starts_with(&format!("from(address: \"{image}"));
    let users = functions(defaults(), is_from(default.to_owned())).await;
    assert!(users.len() > 1, "{field} is used by {users:?}");
    let fields = json!({field: "example/other:1"});
    let left = functions(fields.clone(), is_from(default.to_owned())).await;
    // Its versions are other tags of the same image.
    assert!(left.is_subset(&BTreeSet::from(["dindMatrix"])), "{left:?}");
    let reached = functions(fields, is_from("example/other:1\"".to_owned())).await;
    assert!(reached.is_superset(&(&users - &left)), "{reached:?}");
}

#[tokio::test]
async fn another_docker_image_reaches_every_graph_that_uses_it() {
    override_reaches("dindImage", "docker:27-dind").await;
}

#[tokio::test]
async fn another_ubuntu_image_reaches_every_graph_that_uses_it() {
    override_reaches("dindUbuntuImage", "ubuntu:24.04").await;
}

#[tokio::test]
async fn another_rust_image_reaches_every_graph_that_uses_it() {
    override_reaches("dindRustImage", "rust:1.95.0-slim-bookworm").await;
}

#[tokio::test]
async fn options_of_the_daemon_reach_every_graph_with_a_daemon() {
    let is_service = |line: &str| line.starts_with("asService(");
    let with_daemon = functions(defaults(), is_service).await;
    let options = [
        (
            json!({"registryMirrors": ["https://mirror.example"]}),
            "https://mirror.example",
        ),
        (
            json!({"insecureRegistries": ["registry.example:5000"]}),
            "registry.example:5000",
        ),
        (
            json!({"storageDriver": "vfs"}),
            r#"\"storage-driver\":\"vfs\""#,
        ),
        (json!({"cache": "locked"}), "sharing: LOCKED"),
        (json!({"cache": "shared"}), "sharing: SHARED"),
        (json!({"cache": "private"}), "sharing: PRIVATE"),
        (
            json!({"cache": "none"}),
            r#"withMountedTemp(path: "/var/lib/docker")"#,
        ),
    ];
    for (fields, text) in options {
        let reached = functions(fields.clone(), |line| line.contains(text)).await;
        assert_eq!(reached, with_daemon, "{fields}");
    }
}

#[tokio::test]
async fn the_proxies_and_the_certificates_reach_every_daemon() {
    let is_service = |line: &str| line.starts_with("asService(");
    let with_daemon = functions(defaults(), is_service).await;
    let certs = Recorder::new().id("Directory", "certificates");
    let mount = r#"withMountedDirectory(path: "/etc/docker/certs.d""#;
    for (fields, text) in [
        (
            json!({"httpProxy": "http://proxy.example:1"}),
            r#"name: "HTTP_PROXY", value: "http://proxy.example:1""#,
        ),
        (
            json!({"httpsProxy": "http://proxy.example:1"}),
            r#"name: "HTTPS_PROXY", value: "http://proxy.example:1""#,
        ),
        (
            json!({"noProxy": "10.0.0.0/8"}),
            r#"name: "NO_PROXY", value: "10.0.0.0/8""#,
        ),
        (json!({"registryCerts": certs}), mount),
    ] {
        let reached = functions(fields.clone(), |line| line.contains(text)).await;
        assert_eq!(reached, with_daemon, "{fields}");
    }
    // Clients look for certificates at the same place.
    let graphs = graphs(json!({"registryCerts": certs}), &call("dindBind")).await;
    assert_eq!(graphs[0].matches(mount).count(), 2, "{}", graphs[0]);
}

#[tokio::test]
async fn a_client_with_a_proxy_reaches_its_daemon_without_it() {
    let binds = |line: &str| line.starts_with("withServiceBinding(");
    let clients = functions(defaults(), binds).await;
    for name in ["NO_PROXY", "no_proxy"] {
        let set = format!(r#"name: "{name}""#);
        let sets = |line: &str| line.starts_with("withEnvVariable(") && line.contains(&set);
        let reached = functions(defaults(), sets).await;
        assert_eq!(reached, clients, "{name}");
    }
    let own = Recorder::new().id("Container", "the caller's");
    let graph = graphs(defaults(), &call_with("dindBind", json!({"ctr": own}))).await;
    let lines: Vec<_> = graph[0]
        .lines()
        .filter(|line| line.contains("expand: true"))
        .collect();
    assert_eq!(
        lines,
        [
            r#"withEnvVariable(expand: true, name: "NO_PROXY", value: "docker,${NO_PROXY},${no_proxy}")"#,
            r#"withEnvVariable(expand: true, name: "no_proxy", value: "${NO_PROXY}")"#,
        ]
    );
}

/// What a call with these logins evaluates and returns.
async fn with_logins(logins: &str, call: &calls::Call) -> Vec<String> {
    let recorder = calls::recorder();
    recorder.answer("plaintext", logins).answer("exitCode", 0);
    let secret = recorder.id("Secret", "logins");
    graphs_with(&recorder, json!({"registryAuth": secret}), call).await
}

const LOGINS: &str = r#"{"auths":{"registry.example":{"auth":"bWU6c2VjcmV0cHc="}}}"#;

#[tokio::test]
async fn logins_reach_every_client_as_a_secret_and_no_daemon() {
    let binds = |line: &str| line.starts_with("withServiceBinding(");
    let clients = functions(defaults(), binds).await;
    for call in calls::all() {
        let mut mounts = 0;
        for graph in with_logins(LOGINS, &call).await {
            for line in graph.lines().map(str::trim) {
                mounts += usize::from(line.starts_with(
                    r#"withMountedSecret(mode: 292, path: "/run/secrets/dind-logins""#,
                ));
                // Only where the secret is made, which no engine shows.
                assert_eq!(
                    line.contains("secretpw"),
                    line.starts_with("setSecret("),
                    "{line}"
                );
            }
        }
        assert_eq!(
            mounts > 0,
            clients.contains(call.function),
            "{}",
            call.function
        );
    }
}

#[tokio::test]
async fn without_a_login_the_client_is_as_without_the_option() {
    let call = call("dindBind");
    let without = graphs(defaults(), &call).await;
    assert_eq!(
        with_logins(r#"{"auths":{}}"#, &call).await.last(),
        without.last()
    );
}

#[tokio::test]
async fn a_helper_that_the_client_lacks_is_named() {
    let own = Recorder::new().id("Container", "the caller's");
    let helpers = r#"{"credsStore":"desktop"}"#;
    for arguments in [json!({}), json!({"ctr": own})] {
        let recorder = calls::recorder();
        recorder
            .answer("plaintext", helpers)
            .answer("exitCode", 127);
        let secret = recorder.id("Secret", "logins");
        let call = call_with("dindBind", arguments);
        let error = calls::answer(&recorder, json!({"registryAuth": secret}), &call).await;
        let error = error.expect_err("there is no such program").to_string();
        for part in ["registry-auth", "credsStore", "docker-credential-desktop"] {
            assert!(error.contains(part), "{error}");
        }
    }
    // A container of the caller's that has it keeps it.
    let call = call_with("dindBind", json!({"ctr": own}));
    let graph = with_logins(helpers, &call).await;
    let graph = graph.last().expect("a graph");
    assert!(graph.contains(r#"\"credsStore\":\"desktop\""#), "{graph}");
}

#[tokio::test]
async fn a_password_of_a_proxy_is_in_no_file() {
    let file = Recorder::new().id("File", "daemon.json");
    let recorder = calls::recorder();
    let proxies = r#"{"proxies":{"http-proxy":"http://me:secretpw@proxy.example"}}"#;
    recorder.answer("contents", proxies);
    let fields = json!({"daemonJson": file});
    let graphs = graphs_with(&recorder, fields, &call("dindService")).await;
    let service = graphs.last().expect("a graph");
    assert!(
        service.contains(r#"withMountedSecret(path: "/etc/docker/daemon.json""#),
        "{service}"
    );
    for line in service.lines().map(str::trim) {
        assert_eq!(
            line.contains("secretpw"),
            line.starts_with("setSecret("),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_namespace_stands_before_every_volume() {
    for (function, line) in lines(json!({"cacheNamespace": "mine"})).await {
        if line.starts_with("cacheVolume(") {
            assert!(
                line.starts_with(r#"cacheVolume(key: "mine-"#),
                "{function}: {line}"
            );
        }
    }
}

#[tokio::test]
async fn two_engines_and_two_storage_drivers_never_share_a_volume() {
    let volume = async |fields: Value| {
        let graph = graphs(fields, &call("dindService"))
            .await
            .pop()
            .expect("a graph");
        let line = graph.lines().find(|line| line.contains("dind-docker"));
        line.expect("a volume").to_owned()
    };
    let volumes = BTreeSet::from([
        volume(defaults()).await,
        volume(json!({"dindImage": "docker:28-dind"})).await,
        volume(json!({"storageDriver": "vfs"})).await,
        volume(json!({"storageDriver": "vfs", "dindImage": "docker:28-dind"})).await,
    ]);
    assert_eq!(volumes.len(), 4, "{volumes:?}");
}

#[tokio::test]
async fn the_callers_daemon_json_reaches_the_daemon() {
    let file = Recorder::new().id("File", "daemon.json");
    let recorder = calls::recorder();
    recorder.answer("contents", r#"{"debug": true}"#);
    let call = call("dindService");
    let graphs = graphs_with(&recorder, json!({"daemonJson": file}), &call).await;
    let service = graphs.last().expect("a graph");
    assert!(service.contains(r#"\"debug\":true"#), "{service}");
    assert!(
        service.contains(r#"\"dns\":[\"172.17.0.1\",\"192.0.2.53\"]"#),
        "{service}"
    );
}

#[tokio::test]
async fn a_service_is_resolved_once_for_each_daemon() {
    for call in calls::all() {
        let recorder = calls::recorder();
        calls::answer(&recorder, defaults(), &call)
            .await
            .expect(call.function);
        let queries = recorder.queries();
        let resolved = queries
            .iter()
            .filter(|query| query.contains("asService("))
            .count();
        let daemons = match call.function {
            "dindMatrix" => 2,
            _ => usize::from(
                queries
                    .iter()
                    .any(|query| query.contains("withServiceBinding("))
                    || call.function == "dindService"
                    || resolved > 0,
            ),
        };
        assert_eq!(resolved, daemons, "{}", call.function);
    }
}

#[tokio::test]
async fn a_wrong_option_is_refused_whatever_is_called() {
    let wrong = [
        (
            json!({"cache": "everything"}),
            ["cache", "everything", "private, locked, shared, none"],
        ),
        (
            json!({"cacheNamespace": "a/b"}),
            ["cache-namespace", "a/b", "letters"],
        ),
        (
            json!({"storageDriver": "overlay3"}),
            ["storage-driver", "overlay3", "overlay2"],
        ),
        (
            json!({"registryMirrors": ["mirror"]}),
            ["registry-mirrors", "mirror", "https://"],
        ),
        (
            json!({"insecureRegistries": ["a b"]}),
            ["insecure-registries", "a b", "host"],
        ),
        (
            json!({"access": "everybody"}),
            ["access", "everybody", "network, socket"],
        ),
        (
            json!({"httpProxy": "ftp://proxy"}),
            ["http-proxy", "ftp://proxy", "3128"],
        ),
    ];
    for (fields, parts) in wrong {
        let recorder = calls::recorder();
        let error = testing::construct::<Dind>(&recorder, fields.clone()).await;
        let error = error.expect_err("a wrong option").to_string();
        for part in parts {
            assert!(error.contains(part), "{error}");
        }
    }
}

#[tokio::test]
async fn an_option_that_is_empty_is_as_if_left_out() {
    let empty = json!({"httpProxy": "", "httpsProxy": "", "noProxy": "", "storageDriver": ""});
    let call = call("dindBind");
    assert_eq!(graphs(empty, &call).await, graphs(defaults(), &call).await);
}

#[tokio::test]
async fn logins_that_are_no_file_of_dockers_are_refused_whatever_is_called() {
    let recorder = calls::recorder();
    recorder.answer("plaintext", "secretpw");
    let fields = json!({"registryAuth": recorder.id("Secret", "logins")});
    let error = testing::construct::<Dind>(&recorder, fields).await;
    let error = error.expect_err("no JSON").to_string();
    assert!(error.contains("registry-auth"), "{error}");
    assert!(!error.contains("secretpw"), "{error}");
}

#[tokio::test]
async fn what_a_base_of_the_callers_reaches_without_a_proxy_stays() {
    let graph = graphs(json!({"dindUbuntuImage": "own:1"}), &call("dindBind")).await;
    let kept = r#"value: "docker,${NO_PROXY},${no_proxy}""#;
    assert!(graph[0].contains(kept), "{}", graph[0]);
}

#[tokio::test]
async fn a_wrong_key_of_the_callers_daemon_json_is_refused_whatever_is_called() {
    let recorder = calls::recorder();
    recorder.answer("contents", r#"{"dns": ["1.1.1.1"]}"#);
    let fields = json!({"daemonJson": recorder.id("File", "daemon.json")});
    let error = testing::construct::<Dind>(&recorder, fields).await;
    let error = error.expect_err("a wrong key").to_string();
    assert!(error.contains("\"dns\""), "{error}");
}

#[tokio::test]
async fn a_tag_that_is_no_image_name_is_refused() {
    let image = Recorder::new().id("Container", "image");
    let arguments = json!({"image": image, "tag": "Not A Tag", "cmd": "true"});
    let error = refusal(defaults(), &call_with("dindWithImage", arguments)).await;
    for part in ["tag", "Not A Tag", "team/app:1.0"] {
        assert!(error.contains(part), "{error}");
    }
}

#[tokio::test]
async fn versions_that_are_no_tags_are_refused() {
    for versions in [
        json!([]),
        json!([""]),
        json!(["27", "a b"]),
        json!(["../27"]),
    ] {
        let arguments = json!({"versions": versions, "cmd": "true"});
        let error = refusal(defaults(), &call_with("dindMatrix", arguments)).await;
        assert!(
            error.contains("versions") && error.contains("28.1.0"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn files_that_hold_the_same_as_before_do_not_come_back() {
    for function in ["dindTangle", "dindRunOrg", "dindInitExamples"] {
        for (paths, filter) in [
            (json!([]), r#"filter(exclude: ["**"])"#),
            (json!(["a[1]/"]), r#"filter(include: ["a\\[1\\]"])"#),
        ] {
            let recorder = calls::recorder();
            recorder
                .answer("addedPaths", paths)
                .answer("modifiedPaths", json!([]));
            let call = calls::all()
                .into_iter()
                .find(|call| call.function == function);
            let graphs = graphs_with(&recorder, defaults(), &call.expect(function)).await;
            let returned = graphs.last().expect(function);
            assert_eq!(returned.lines().last(), Some(filter), "{function}");
        }
    }
}
