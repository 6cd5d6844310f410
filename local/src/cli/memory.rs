//! What modules' programs registered, kept so that a call need not ask again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use crate::typedefs::ModuleDef;

/// What the binary registered, if it is known already. An exchanged binary
/// has another time or size, so that nothing has to read all of it.
pub fn remembered(state: &Path, binary: &Path) -> Option<ModuleDef> {
    let text = fs::read(memory(state, binary)?).ok()?;
    serde_json::from_slice(&text).ok()
}

/// Keeps what the binary registered. Not being able to is no failure: the
/// next call asks again.
pub fn remember(state: &Path, binary: &Path, module: &ModuleDef) {
    let Some(file) = memory(state, binary) else {
        return;
    };
    let (Some(folder), Ok(text)) = (file.parent(), serde_json::to_vec(module)) else {
        return;
    };
    let written = fs::create_dir_all(folder)
        .and_then(|()| tempfile::NamedTempFile::new_in(folder))
        .and_then(|temporary| {
            fs::write(temporary.path(), text)?;
            temporary.persist(&file).map_err(|error| error.error)
        });
    drop(written);
}

/// Where the registration of this very binary is kept.
fn memory(state: &Path, binary: &Path) -> Option<PathBuf> {
    let mut hash = Sha256::new();
    // This program's own build: another one may read a registration differently.
    for path in [binary, &std::env::current_exe().ok()?] {
        let metadata = path.metadata().ok()?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let path = path.display();
        hash.update(format!(
            "{path}\n{}\n{}\n",
            metadata.len(),
            modified.as_nanos()
        ));
    }
    let name = hex::encode(hash.finalize());
    Some(state.join("registrations").join(format!("{name}.json")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_is_remembered_for_the_same_binary_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (state, binary) = (folder.path().join("state"), folder.path().join("binary"));
        fs::write(&binary, "one").expect("a file");
        let registered = ModuleDef {
            name: "x".to_owned(),
            ..ModuleDef::default()
        };
        assert!(remembered(&state, &binary).is_none());
        remember(&state, &binary, &registered);
        assert_eq!(
            remembered(&state, &binary).map(|module| module.name),
            Some("x".to_owned())
        );
        fs::write(&binary, "another").expect("the file");
        assert!(remembered(&state, &binary).is_none());
    }
}
