//! Pinned references.

use dind::Pins;
use proptest::prelude::*;

const DIGEST: &str = "sha256:c4a8d5503dfb2a3eb8ab5f807da5bc69a85730fb49b5cfca2330194ebcc41c7b";

#[test]
fn a_known_tag_gets_its_digest() {
    let pins = Pins::built_in().expect("image-pins.json is sound");
    assert_eq!(
        pins.pinned("ubuntu:24.04"),
        format!("ubuntu:24.04@{DIGEST}")
    );
}

proptest! {
    #[test]
    fn a_reference_without_a_pin_stays_as_it_is(reference in "[a-z]{1,8}(/[a-z]{1,8})?:[a-z0-9.]{1,8}") {
        let pins = Pins::parse("{}").expect("no pins are pins");
        prop_assert_eq!(pins.pinned(&reference), reference);
    }

    #[test]
    fn a_reference_with_a_digest_stays_as_it_is(digest in "[0-9a-f]{64}") {
        let pins = Pins::built_in().expect("image-pins.json is sound");
        let reference = format!("ubuntu:24.04@sha256:{digest}");
        prop_assert_eq!(pins.pinned(&reference), reference);
    }
}

#[test]
fn a_broken_file_is_an_error_that_names_it() {
    for text in [
        "",
        "[]",
        r#"{"ubuntu:24.04": 1}"#,
        r#"{"ubuntu:24.04": "latest"}"#,
    ] {
        let error = Pins::parse(text).expect_err(text).to_string();
        assert!(error.starts_with("image-pins.json is broken: "), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}
