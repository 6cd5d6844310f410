//! The message for every misuse of an attribute. Files are named after the rule that they break.
//!
//! `TRYBUILD=overwrite cargo test -p dagger-sdk --test ui` writes the messages anew.

#[test]
fn every_misuse_is_refused_where_it_is_written() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
