//! Daemons that are not well: the doctor names what is wrong with them.

use serde_json::{Value, json};

use crate::call::{bash, call, call_with_names, daemon_json};
use crate::daemon::IMPORT;

fn line<'a>(report: &'a Value, name: &str) -> &'a Value {
    let lines = report["lines"].as_array().expect("lines");
    let found = lines.iter().find(|line| line["name"] == name);
    found.unwrap_or_else(|| panic!("no line {name}: {report:#}"))
}

#[test]
fn a_slow_storage_driver_is_a_warning_and_no_failure() {
    let report = call_with_names(&["--storage-driver=vfs", "dind-doctor"]).succeeded();
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(line(&report, "storage driver")["status"], "warning");
    assert_eq!(line(&report, "storage driver")["found"], "vfs");
}

#[test]
fn a_daemon_that_starts_no_container_is_a_failure_with_its_reason() {
    // More open files than any kernel gives: every container fails.
    let limit = 1_u64 << 40;
    let config = daemon_json(&json!({
        "default-ulimits": { "nofile": { "Name": "nofile", "Hard": limit, "Soft": limit } },
    }));
    let answer = call(&[&config.flag, "dind-doctor"]);
    assert_eq!(answer.code, Some(1), "{answer:#?}");
    for part in ["FAILURE", "nested container", "rlimit"] {
        assert!(answer.stderr.contains(part), "{answer:#?}");
    }
}

#[test]
fn rules_that_are_gone_are_named() {
    // The daemon's own tools, in its own network, take the rules away; then the doctor's script looks.
    let take_away = "for chain in PREROUTING OUTPUT; do for protocol in udp tcp; do \
        server=$(sed -n 's/^nameserver //p' /etc/resolv.conf | head -n 1); \
        for address in 172.17.0.1 192.0.2.53; do \
        iptables -t nat -D $chain -d $address -p $protocol --dport 53 -j DNAT --to-destination $server; \
        done; done; done";
    let run = format!(
        "{IMPORT} >/dev/null && docker run --rm --network host --cap-add NET_ADMIN --volume /:/daemon me \
        chroot /daemon sh -c '{}' && sed 's/@BRIDGE_ADDRESS@/172.17.0.1/; s/@SECOND_ADDRESS@/192.0.2.53/' /doctor.sh | bash",
        take_away.replace('\'', "'\\''")
    );
    let report = call(&[
        "dind-bind",
        "with-file",
        "--path=/doctor.sh",
        "--source=src/doctor.sh",
        "with-exec",
        &bash(&run),
        "stdout",
    ])
    .succeeded();
    let report: Value = serde_json::from_str(&report).expect("JSON");
    for name in ["DNS rules", "DNS in a container"] {
        assert_eq!(line(&report, name)["status"], "failure", "{report:#}");
    }
    assert!(
        line(&report, "DNS rules")["found"]
            .as_str()
            .is_some_and(|found| found.contains("udp to 172.17.0.1 in PREROUTING")),
        "{report:#}"
    );
}
