//! Registries, proxies, certificates and logins: a client finds them as at home. What stands in for a registry or
//! a proxy runs on the daemon's own network.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use crate::call::{bash, call, daemon_json};

/// The daemon's bridge: unlike loopback, no registry there is trusted without a certificate.
const TLS_REGISTRY: &str = "172.17.0.1:5443";

/// The flags of a call with these logins; the file lives as long as the folder.
fn logins(folder: &TempDir, auths: &serde_json::Value) -> String {
    let path = folder.path().join("config.json");
    fs::write(&path, auths.to_string()).expect("logins are written");
    format!("--registry-auth=file://{}", path.display())
}

/// Starts a stand-in of a registry, of image `t:1`, that takes any login and prints what it is sent.
const REGISTRY: &str = r#"registry() {
    docker rm --force "registry$1" >/dev/null 2>&1
    docker run --detach --name "registry$1" --network host t:1 perl -MIO::Socket::INET -e '
        $| = 1;
        $server = IO::Socket::INET->new(LocalPort => shift, Listen => 5, ReuseAddr => 1) or die;
        while ($client = $server->accept) {
            $known = 0;
            while (<$client>) { last if /^\r?$/; if (/^authorization/i) { $known = 1; print } }
            $status = $known ? "200 OK" : "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"";
            print $client "HTTP/1.1 $status\r\nDocker-Distribution-Api-Version: registry/2.0\r\n",
                "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            close $client;
        }' "$1" >/dev/null
    for try in {1..50}; do
        docker run --rm --network host t:1 bash -c "exec 3<>/dev/tcp/127.0.0.1/$1" 2>/dev/null && return
        sleep 0.2
    done
    exit 1
}
"#;

#[test]
fn a_login_in_the_container_adds_to_the_given_ones() {
    let folder = TempDir::new().expect("a temporary directory");
    // me:givenpw
    let auths = json!({"auths": {"localhost:5006": {"auth": "bWU6Z2l2ZW5wdw=="}}});
    let script = format!(
        "{REGISTRY} registry 5005; registry 5006
        as_user() {{ setpriv --reuid 1234 --regid 1234 --clear-groups \"$@\"; }}
        echo newpw | docker login -u someone --password-stdin localhost:5005 2>/dev/null
        docker pull --quiet localhost:5005/a:1 >/dev/null 2>&1
        docker pull --quiet localhost:5006/a:1 >/dev/null 2>&1
        docker logs registry5005 2>/dev/null | tail -n 1; docker logs registry5006 2>/dev/null | tail -n 1
        echo newpw | as_user docker login -u other --password-stdin localhost:5005 2>/dev/null
        as_user docker-credential-dind get <<<localhost:5006 | grep -q '\"ServerURL\":\"localhost:5006\"' && echo known to the helper
        grep -rqs -e givenpw -e bWU6Z2l2ZW5wdw== /etc /root /var/lib/dind && echo in a layer || echo in no layer"
    );
    let cmd = format!("--cmd={script}");
    let answer = call(&[
        &logins(&folder, &auths),
        "--access=socket",
        "dind-with-image",
        "--image=ubuntu:24.04",
        "--tag=t:1",
        &cmd,
        "stdout",
    ]);
    let stdout = answer.succeeded();
    // A secret is taken out of what is printed.
    let said: Vec<_> = stdout.lines().filter(|line| !line.is_empty()).collect();
    let [login, new, given, again, helper, layer] = &*said else {
        panic!("six lines: {said:#?}");
    };
    assert_eq!([*login, *again], ["Login Succeeded"; 2]);
    // someone:newpw, me:givenpw
    assert_eq!(
        new.to_lowercase(),
        "authorization: basic c29tzw9uztpuzxdwdw=="
    );
    assert_eq!(
        given.to_lowercase(),
        "authorization: basic bwu6z2l2zw5wdw=="
    );
    assert_eq!(*helper, "known to the helper");
    assert_eq!(*layer, "in no layer");
}

#[test]
fn a_login_works_where_the_given_file_holds_none() {
    let folder = TempDir::new().expect("a temporary directory");
    let script = format!(
        "exec 2>&1; {REGISTRY} registry 5005; echo pw | docker login -u someone --password-stdin localhost:5005 | tail -n 1"
    );
    let answer = call(&[
        &logins(&folder, &json!({"auths": {}})),
        "dind-with-image",
        "--image=ubuntu:24.04",
        "--tag=t:1",
        &format!("--cmd={script}"),
        "stdout",
    ]);
    assert!(answer.succeeded().ends_with("Login Succeeded\n"));
}

#[test]
fn logins_in_a_store_that_the_client_lacks_are_one_clear_line() {
    let folder = TempDir::new().expect("a temporary directory");
    let flag = logins(&folder, &json!({"credsStore": "desktop"}));
    let answer = call(&[&flag, "dind-with-docker", "--cmd=true", "stdout"]);
    let complaint = answer.complaint();
    let said: Vec<_> = complaint
        .iter()
        .filter(|line| line.contains("docker-credential-desktop"))
        .collect();
    assert_eq!(said.len(), 1, "{complaint:#?}");
    assert!(
        said[0].contains("registry-auth") && said[0].contains("credsStore"),
        "{said:?}"
    );
}

#[test]
fn a_client_behind_a_proxy_reaches_its_daemon() {
    let answer = call(&[
        "dind-bind",
        "with-env-variable",
        "--name=http_proxy",
        "--value=http://proxy.invalid:3128",
        "with-exec",
        &bash("docker version --format '{{.Server.Os}}'"),
        "stdout",
    ]);
    assert_eq!(answer.succeeded(), "linux\n");
}

#[test]
fn what_the_client_reaches_without_a_proxy_stays() {
    let answer = call(&[
        "dind-testcontainers",
        "--ctr=ubuntu:24.04",
        "with-exec",
        "--args=sh,-c,echo $NO_PROXY $no_proxy",
        "stdout",
    ]);
    assert_eq!(answer.succeeded(), "docker,, docker,,\n");
}

#[test]
fn pulls_go_through_the_daemons_proxy() {
    let script = "docker run --detach --name proxy --network host t:1 perl -MIO::Socket::INET -e '
            $| = 1;
            $server = IO::Socket::INET->new(LocalPort => 3128, Listen => 5, ReuseAddr => 1) or die;
            while ($client = $server->accept) { print scalar <$client>; close $client }' >/dev/null
        for try in {1..50}; do
            docker pull --quiet registry.invalid/a:1 >/dev/null 2>&1
            docker logs proxy 2>/dev/null | grep -m 1 '^CONNECT' && break
            sleep 0.2
        done";
    let answer = call(&[
        "--https-proxy=http://127.0.0.1:3128",
        "--no-proxy=localhost",
        "dind-with-image",
        "--image=ubuntu:24.04",
        "--tag=t:1",
        &format!("--cmd={script}"),
        "stdout",
    ]);
    let stdout = answer.succeeded();
    assert!(
        stdout.starts_with("CONNECT registry.invalid:443 "),
        "{stdout}"
    );
}

#[test]
fn lists_of_the_caller_and_of_the_options_are_joined() {
    let config = daemon_json(&json!({
        "insecure-registries": ["one.example:5000"],
        "registry-mirrors": ["https://m1.example"],
    }));
    let format = "--cmd=docker info --format '{{json .RegistryConfig}}'";
    let answer = call(&[
        &config.flag,
        "--insecure-registries=two.example:5000",
        "--registry-mirrors=https://m2.example",
        "dind-with-docker",
        format,
        "stdout",
    ]);
    let info: serde_json::Value = serde_json::from_str(&answer.succeeded()).expect("JSON");
    assert_eq!(
        info["Mirrors"],
        json!(["https://m1.example/", "https://m2.example/"])
    );
    for registry in ["one.example:5000", "two.example:5000"] {
        assert_eq!(
            info["IndexConfigs"][registry]["Secure"],
            json!(false),
            "{info}"
        );
    }
}

#[test]
fn a_daemon_json_of_another_encoding_is_read_as_dockerd_reads_it() {
    let folder = TempDir::new().expect("a temporary directory");
    let path = folder.path().join("daemon.json");
    let units = "\u{feff}{\"labels\": [\"team=w\u{e9}b\"]}".encode_utf16();
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    fs::write(&path, bytes).expect("a file");
    let flag = format!("--daemon-json={}", path.display());
    let cmd = "--cmd=docker info --format '{{.Labels}}'";
    let answer = call(&[&flag, "dind-with-docker", cmd, "stdout"]);
    assert_eq!(answer.succeeded(), "[team=w\u{e9}b]\n");
}

/// A CA and, signed by it, a registry's certificate and key.
fn certificates(folder: &Path) {
    let script = format!(
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=ca -keyout ca.key -out ca.crt -days 2 && \
         openssl req -newkey rsa:2048 -nodes -subj /CN=registry -keyout key.pem -out csr && \
         printf 'subjectAltName=IP:{}' >names && \
         openssl x509 -req -in csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out cert.pem && \
         mkdir -p certs/{TLS_REGISTRY} && cp ca.crt certs/{TLS_REGISTRY}/ && mkdir served && cp cert.pem key.pem served/",
        TLS_REGISTRY.split(':').next().unwrap_or_default()
    );
    let made = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .output()
        .expect("bash is there");
    assert!(made.status.success(), "{made:?}");
}

#[test]
fn a_registry_with_a_ca_of_its_own_is_trusted_with_its_certificate_alone() {
    let folder = TempDir::new().expect("a temporary directory");
    certificates(folder.path());
    let certs = format!("--registry-certs={}", folder.path().join("certs").display());
    let served = format!("--src={}", folder.path().join("served").display());
    let script = format!(
        // Of a folder it serves that it is one, with status 200, which is what a login asks for.
        "docker run --detach --network host -v \"$PWD\":/served:ro t:1 sh -c '
            mkdir -p /registry/v2 && cd /registry &&
            exec openssl s_server -WWW -accept 5443 -cert /served/cert.pem -key /served/key.pem' >/dev/null
        for try in {{1..40}}; do
            said=$(echo pw | docker login -u me --password-stdin {TLS_REGISTRY} 2>&1 | tail -n 1)
            case $said in *Succeeded* | *x509*) break ;; *) sleep 0.3 ;; esac
        done
        echo \"$said\"; ls /etc/docker/certs.d 2>/dev/null || true
        # A pull goes on for as long as the stand-in has no image: that it is trusted shows before.
        timeout 20 docker pull {TLS_REGISTRY}/a:1 2>&1 | grep -q x509 && echo not trusted || echo trusted"
    );
    let cmd = format!("--cmd={script}");
    let call = |options: &[&str]| {
        let function = [
            "dind-with-image",
            "--image=docker:27-dind",
            "--tag=t:1",
            &served,
            &cmd,
            "stdout",
        ];
        call(&[options, &function].concat()).succeeded()
    };
    let trusted = call(&[&certs]);
    assert_eq!(
        trusted,
        format!("Login Succeeded\n{TLS_REGISTRY}\ntrusted\n")
    );
    let unknown = call(&[]);
    assert!(unknown.contains("x509"), "{unknown}");
    assert!(unknown.ends_with("not trusted\n"), "{unknown}");
}
