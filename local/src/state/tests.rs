use super::*;

fn state() -> (tempfile::TempDir, State) {
    let folder = tempfile::tempdir().unwrap();
    let state = State::open(folder.path(), "session").unwrap();
    (folder, state)
}

#[test]
fn borders_between_parts_count_in_a_digest() {
    assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
}

#[test]
fn a_lock_is_taken_by_one_at_a_time() {
    let (_folder, state) = state();
    let held = state.lock("name").unwrap();
    assert!(state.try_lock("name").unwrap().is_none());
    drop(held);
    assert!(state.try_lock("name").unwrap().is_some());
}

#[test]
fn a_lock_remembers_who_signed_it_last() {
    let (_folder, state) = state();
    let mut lock = state.lock("name").unwrap();
    assert_eq!(lock.holder(), "");
    lock.sign("somebody").unwrap();
    lock.sign("me").unwrap();
    drop(lock);
    assert_eq!(state.lock("name").unwrap().holder(), "me");
}

#[test]
fn a_broken_record_counts_as_none() {
    let (_folder, state) = state();
    state.keep_record("records", "key", &vec![1]).unwrap();
    assert_eq!(state.record::<Vec<i32>>("records", "key"), Some(vec![1]));
    fs::write(state.record_path("records", "key"), "[1").unwrap();
    assert_eq!(state.record::<Vec<i32>>("records", "key"), None);
}

#[test]
fn nothing_is_kept_after_the_end() {
    let (_folder, state) = state();
    state.end();
    state.keep_record("records", "key", &vec![1]).unwrap_err();
    assert_eq!(state.record::<Vec<i32>>("records", "key"), None);
}

#[test]
fn no_relative_path_is_removed() {
    let error = remove_tree(Path::new("src/no-such")).unwrap_err();
    assert!(error.to_string().contains("not absolute"), "{error}");
    remove_tree(Path::new("")).unwrap_err();
}

#[test]
fn what_is_temporary_goes_with_its_session() {
    let (_folder, state) = state();
    let kept = state.temporary().unwrap().keep();
    assert_eq!(state.sessions(), ["session"]);
    state.remove_folder_of("session").unwrap();
    assert!(!kept.exists());
    assert!(state.sessions().is_empty());
}
