//! Who reaches a service: the containers that it is bound to, and nobody else.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

use dagger_local::Session;
use serde_json::json;

use crate::support::{ask, fresh, on_base, processes, session, shell};

/// How long an attack may take to get an answer.
const LIMIT: Duration = Duration::from_secs(2);

/// A server on every address, of both families, that answers each connection
/// with a word.
const SERVER: &str = "exec perl -MSocket -MIO::Socket::IP -e '\
    my %all = (LocalPort => 80, Listen => 5, ReuseAddr => 1); \
    my $s = IO::Socket::IP->new(%all, LocalHost => \"::\", V6Only => 0) \
        || IO::Socket::IP->new(%all, LocalHost => \"0.0.0.0\") || die; \
    while (my $c = $s->accept) { print $c \"let in\\n\"; close $c }'";

/// A service that runs, and all addresses that it has.
struct Victim {
    id: String,
    addresses: Vec<IpAddr>,
}

impl Victim {
    async fn start(session: &Session) -> Self {
        let marker = fresh();
        let args = serde_json::to_string(&["sh", "-c", &format!("{SERVER} -- {marker}")]).unwrap();
        let run = format!("asService(args:{args})");
        let calls = ["withExposedPort(port:80)", &run, "id"];
        let id = on_base(session, &calls).await.unwrap();
        let id = id.as_str().unwrap().to_owned();
        let load = format!("loadServiceFromID(id:{id:?})");
        let address = ask(session, &[&load, "hostname"]).await.unwrap();
        let mut addresses = vec![address.as_str().unwrap().parse().unwrap()];
        let process = processes("perl", &marker)[0];
        // Without IPv6 in the kernel there is no such list, and nothing to attack.
        let list = std::fs::read_to_string(format!("/proc/{process}/net/if_inet6"));
        match list {
            Ok(list) => addresses.extend(list.lines().filter_map(ipv6)),
            Err(_) => writeln!(
                std::io::stderr(),
                "not attacked: IPv6, this kernel has none"
            )
            .expect("stderr takes a line"),
        }
        Victim { id, addresses }
    }
}

/// The address of a line of `if_inet6`, unless it is the loopback's.
fn ipv6(line: &str) -> Option<IpAddr> {
    let number = u128::from_str_radix(line.split(' ').next()?, 16).ok()?;
    let address = std::net::Ipv6Addr::from(number);
    (!address.is_loopback()).then_some(address.into())
}

/// What a script in a container of the base image prints that tries all
/// addresses of a victim.
async fn attack(session: &Session, victim: &Victim, more: &[&str]) -> String {
    let tries: String = victim
        .addresses
        .iter()
        .map(|address| {
            let scope = if address.is_ipv6() { "%eth0" } else { "" };
            format!(
                "perl -MIO::Socket::IP -e '$SIG{{ALRM}} = sub {{ print \"refused\\n\"; exit }}; alarm 4; my $s = IO::Socket::IP->new(PeerHost => \"{address}{scope}\", \
                 PeerPort => 80, Timeout => 2); print(($s && $s->getline) || \"refused\\n\")'; "
            )
        })
        .collect();
    let script = shell(&format!("{tries}: {}", fresh()));
    let calls = [more, &[&script, "stdout"]].concat();
    on_base(session, &calls)
        .await
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

/// Whether a process of the host gets an answer, by way of any interface.
fn is_answered(address: IpAddr) -> bool {
    let interfaces = std::fs::read_dir("/sys/class/net").unwrap().flatten();
    let scopes: Vec<u32> = interfaces
        .filter_map(|entry| {
            let index = std::fs::read_to_string(entry.path().join("ifindex")).ok()?;
            index.trim().parse().ok()
        })
        .collect();
    let targets: Vec<SocketAddr> = match address {
        IpAddr::V4(address) => vec![SocketAddr::from((address, 80))],
        IpAddr::V6(address) => scopes
            .iter()
            .map(|scope| std::net::SocketAddrV6::new(address, 80, 0, *scope).into())
            .collect(),
    };
    // All at once: the host may have many interfaces.
    let tries: Vec<_> = targets
        .into_iter()
        .map(|target| std::thread::spawn(move || is_let_in(target)))
        .collect();
    tries.into_iter().any(|attempt| attempt.join().unwrap())
}

fn is_let_in(target: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect_timeout(&target, LIMIT) else {
        return false;
    };
    let _ = stream.set_read_timeout(Some(LIMIT));
    let mut said = String::new();
    let _ = stream.read_to_string(&mut said);
    said.contains("let in")
}

/// The part of the host's user: tries the addresses in its environment.
#[test]
#[ignore = "is run by the other tests of this file, as another user"]
fn attacks_from_the_host() {
    let addresses = std::env::var("SESSION_TEST_ADDRESSES").unwrap();
    let answered = addresses
        .split(' ')
        .filter(|address| is_answered(address.parse().unwrap()))
        .count();
    println!("answered: {answered}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_for_the_containers_that_it_is_bound_to() {
    let one = session().await;
    let victim = Victim::start(&one).await;
    let bind = format!(
        "withServiceBinding(alias:\"there\",service:{:?})",
        victim.id
    );
    let refused = "refused\n".repeat(victim.addresses.len());

    let bound = attack(&one, &victim, &[&bind]).await;
    let rest = "refused\n".repeat(victim.addresses.len() - 1);
    assert_eq!(bound, format!("let in\n{rest}"));
    assert_eq!(
        attack(&one, &victim, &[]).await,
        refused,
        "from a container of the session"
    );
    let two = session().await;
    assert_eq!(
        attack(&two, &victim, &[]).await,
        refused,
        "from another session"
    );
    two.close().await.unwrap();

    // An ordinary user of the host, and root.
    let addresses: Vec<_> = victim.addresses.iter().map(ToString::to_string).collect();
    let program = std::env::current_exe().unwrap();
    for user in ["65534", "0"] {
        // The program's own folder may be closed to other users.
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("attack");
        std::fs::copy(&program, &copy).unwrap();
        open_to_all(folder.path());
        let output = Command::new("setpriv")
            .args([&format!("--reuid={user}"), &format!("--regid={user}")])
            .arg("--clear-groups")
            .arg(&copy)
            .args([
                "isolation::attacks_from_the_host",
                "--exact",
                "--ignored",
                "--nocapture",
            ])
            .env("SESSION_TEST_ADDRESSES", addresses.join(" "))
            .current_dir("/")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("answered: 0"), "user {user}: {output:?}");
    }
    one.close().await.unwrap();
}

fn open_to_all(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_has_no_part_in_the_network() {
    let addresses = || std::fs::read_to_string("/proc/net/fib_trie").unwrap();
    let session = session().await;
    let victim = Victim::start(&session).await;
    let address = victim.addresses[0].to_string();
    let network = &address[..=address.rfind('.').unwrap()];
    assert!(!addresses().contains(network), "{address}");
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_reaches_its_own_name_and_the_world_not_the_hosts_loopback() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let _ = client.write_all(b"let in\n");
        }
    });
    let session = session().await;
    // Whatever the way out takes for the host: its own addresses, as it has them.
    let script = format!(
        "a=$(perl -MSocket -e 'print inet_ntoa(inet_aton(`hostname`=~s/\\n//r))'); n=${{a%.*}}; \
         for host in 127.0.0.1 $n.1 $n.2 $n.3; do \
         perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(PeerAddr => \"'$host':{port}\", Timeout => 2); \
         print $s ? $s->getline // \"closed\\n\" : \"refused\\n\"'; done; \
         echo ${{n%%.*}} : {}",
        fresh()
    );
    let said = on_base(&session, &[&shell(&script), "stdout"])
        .await
        .unwrap();
    let said = said.as_str().unwrap();
    assert!(!said.contains("let in"), "{said}");
    assert!(said.contains("\n10 : "), "{said}");
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_services_are_told_apart() {
    let session = session().await;
    let first = Victim::start(&session).await;
    let second = Victim::start(&session).await;
    assert_ne!(first.addresses[0], second.addresses[0]);
    let bind = format!("withServiceBinding(alias:\"there\",service:{:?})", first.id);
    let both = Victim {
        id: String::new(),
        addresses: vec![first.addresses[0], second.addresses[0]],
    };
    let said = attack(&session, &both, &[&bind]).await;
    assert_eq!(json!(said), json!("let in\nrefused\n"));
    session.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hosts_mounts_are_left_alone() {
    // As systemd shares all mounts, and `ip netns add` those of its names.
    let folder = tempfile::tempdir().unwrap();
    let (shared, inner) = (
        folder.path().join("shared"),
        folder.path().join("shared/inner"),
    );
    std::fs::create_dir_all(&inner).unwrap();
    let mount = |arguments: &[&str], path: &std::path::Path| {
        let ran = Command::new("mount").args(arguments).arg(path).status();
        assert!(ran.unwrap().success(), "mount {arguments:?}");
    };
    mount(&["--bind", &shared.display().to_string()], &shared);
    mount(&["--make-shared"], &shared);
    mount(&["-t", "tmpfs", "tmpfs"], &inner);
    let is_mounted = || {
        let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap();
        mounts.contains(&inner.display().to_string())
    };
    assert!(is_mounted());
    let session = session().await;
    on_base(&session, &[&shell(&format!(": {}", fresh())), "sync"])
        .await
        .unwrap();
    let stayed = is_mounted();
    session.close().await.unwrap();
    let _ = Command::new("umount")
        .arg("--recursive")
        .arg(&shared)
        .status();
    assert!(stayed);
}
