//! The wrapper's reading of `resolv.conf`, held against an oracle in Rust by generated texts.
//!
//! The shell function is cut out of `src/dockerd-entrypoint.sh` and run by the shells that its images have: the
//! `sh` of this machine, and busybox where it is installed.

use std::io::Write;
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};

use proptest::prelude::*;

const WRAPPER: &str = include_str!("../src/dockerd-entrypoint.sh");
const BRIDGE: Ipv4Addr = Ipv4Addr::new(172, 17, 0, 1);
const SHELLS: [&[&str]; 2] = [&["sh"], &["busybox", "sh"]];

/// The script's function, and a call of it.
fn script() -> String {
    let start = WRAPPER
        .find("first_nameserver() {")
        .expect("the wrapper has the function");
    let length = WRAPPER[start..].find("\n}\n").expect("the function ends") + 2;
    let function = &WRAPPER[start..start + length];
    format!("set -eu\nbridge={BRIDGE}\n{function}\nfirst_nameserver\n")
}

/// What the shell takes from the text; `None` where the shell is not installed.
fn taken_by(shell: &[&str], text: &str) -> Option<String> {
    let mut child = Command::new(shell[0])
        .args(&shell[1..])
        .args(["-c", &script()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    // The function stops reading at the first server: a broken pipe is no failure.
    let _ = child
        .stdin
        .take()
        .expect("stdin is piped")
        .write_all(text.as_bytes());
    let output = child.wait_with_output().expect("the shell ends");
    assert!(output.status.success(), "{shell:?} fails for {text:?}");
    assert!(
        output.stderr.is_empty(),
        "{shell:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).expect("an address is ASCII"))
}

/// The first server that packets can be forwarded to, as the wrapper's comments promise it.
fn oracle(text: &str) -> Option<Ipv4Addr> {
    text.split('\n').find_map(|line| {
        let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
        if words.next() != Some("nameserver") {
            return None;
        }
        let word = words.next()?;
        let address: Ipv4Addr = word.strip_suffix('\r').unwrap_or(word).parse().ok()?;
        let first = address.octets()[0];
        (first != 0 && first != 127 && first < 224 && address != BRIDGE).then_some(address)
    })
}

fn agree(text: &str) -> Result<(), TestCaseError> {
    let expected = oracle(text)
        .map(|address| format!("{address}\n"))
        .unwrap_or_default();
    for shell in SHELLS {
        if let Some(taken) = taken_by(shell, text) {
            prop_assert_eq!(&taken, &expected, "{:?}", shell);
        }
    }
    Ok(())
}

fn server() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => any::<Ipv4Addr>().prop_map(|address| address.to_string()),
        2 => any::<std::net::Ipv6Addr>().prop_map(|address| address.to_string()),
        1 => Just(BRIDGE.to_string()),
        2 => (0_u8.., any::<[u8; 3]>())
            .prop_map(|(pick, [b, c, d])| format!("{}.{b}.{c}.{d}", [0, 127, 224, 255][usize::from(pick % 4)])),
        // Nearly an address: too many digits, too few parts, leading zeros, stray characters.
        3 => "[0-9]{0,4}(\\.[0-9]{0,4}){0,5}[-.#/a]?",
        1 => "[a-z0-9.-]{0,12}",
    ]
}

fn line() -> impl Strategy<Value = String> {
    let blank = "[ \t]{0,3}";
    let gap = "[ \t]{1,3}";
    prop_oneof![
        6 => (blank, gap, server(), prop_oneof![Just(""), Just(" "), Just("\t# the office's"), Just(" 1.1.1.1")])
            .prop_map(|(before, gap, server, after)| format!("{before}nameserver{gap}{server}{after}")),
        1 => (blank, server()).prop_map(|(before, server)| format!("{before}# nameserver {server}")),
        1 => server().prop_map(|server| format!(";nameserver {server}")),
        1 => (server(), "(nameservers|Nameserver|nameserver|search|domain|options|sortlist)[:=]?")
            .prop_map(|(server, keyword)| format!("{keyword} {server}")),
        1 => blank,
        1 => "[ -~\t]{0,30}",
    ]
}

fn resolv_conf() -> impl Strategy<Value = String> {
    let ended = (line(), prop_oneof![4 => Just("\n"), 1 => Just("\r\n")])
        .prop_map(|(line, end)| line + end);
    (
        prop::collection::vec(ended, 0..8),
        prop_oneof![Just(String::new()), line()],
    )
        .prop_map(|(lines, unfinished)| lines.concat() + &unfinished)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_first_ipv4_server_that_can_be_forwarded_to_is_taken(text in resolv_conf()) {
        agree(&text)?;
    }

    #[test]
    fn any_text_is_read_without_an_error(text in "[^\\x00]{0,120}") {
        agree(&text)?;
    }
}

#[test]
fn a_known_file_gives_its_server() {
    let text = "# made by dhcp\nsearch example.test\nnameserver ::1\nnameserver\t127.0.0.53\nnameserver 10.87.0.1\n";
    for shell in SHELLS {
        if let Some(taken) = taken_by(shell, text) {
            assert_eq!(taken, "10.87.0.1\n", "{shell:?}");
        }
    }
    assert!(taken_by(SHELLS[0], text).is_some(), "this machine has a sh");
}
