//! What Podman says, as types that hold nothing else: told to end, it ends
//! with code 0 and without a word, half done or not begun.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Error;

/// The ID of an image or a container: 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

impl Id {
    /// The ID that Podman printed, of an image with the kind of digest in front.
    ///
    /// # Errors
    /// Anything else.
    pub fn said(operation: &str, text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let digits = text.strip_prefix("sha256:").unwrap_or(text);
        Id::try_from(digits.to_owned()).map_err(|_| unexpected(operation, "an ID", text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Id {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match text.len() == 64 && text.bytes().all(is_digit) {
            true => Ok(Id(text)),
            false => Err(format!("{text:?} is no ID")),
        }
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The folder that Podman says files are mounted at: below `storage`, and there.
///
/// # Errors
/// Anything else.
pub fn mounted(operation: &str, text: &str, storage: &Path) -> Result<PathBuf, Error> {
    let path = in_storage(operation, text, storage)?;
    match path.is_dir() {
        true => Ok(path),
        false => Err(outside(operation, text)),
    }
}

/// A path below `storage` that Podman named, whether or not something is there.
///
/// # Errors
/// Anything else.
pub fn in_storage(operation: &str, text: &str, storage: &Path) -> Result<PathBuf, Error> {
    let path = Path::new(text.trim());
    let is_plain = path
        .components()
        .all(|part| !matches!(part, std::path::Component::ParentDir));
    match storage.is_absolute() && is_plain && path != storage && path.starts_with(storage) {
        true => Ok(path.to_owned()),
        false => Err(outside(operation, text)),
    }
}

fn outside(operation: &str, text: &str) -> Error {
    unexpected(operation, "a folder of its storage", text)
}

/// The digest that an image was pushed under.
///
/// # Errors
/// Anything else.
pub fn digest(operation: &str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    match text.starts_with("sha256:") && Id::said(operation, text).is_ok() {
        true => Ok(text.to_owned()),
        false => Err(unexpected(operation, "a digest", text)),
    }
}

/// That an archive was written to its end: two blocks of zeros.
///
/// # Errors
/// One that breaks off, or is not there.
pub fn whole_archive(operation: &str, path: &Path) -> Result<(), Error> {
    const END: usize = 1024;
    let end = File::open(path).and_then(|mut file| {
        let mut end = Vec::with_capacity(END);
        file.seek(SeekFrom::End(-1024))?;
        file.read_to_end(&mut end)?;
        Ok(end)
    });
    match end {
        Ok(end) if end.len() == END && end.iter().all(|byte| *byte == 0) => Ok(()),
        _ => Err(unexpected(operation, "a whole archive", "")),
    }
}

/// The error about an answer of another form.
pub fn unexpected(operation: &str, expected: &str, said: &str) -> Error {
    let message = match said.trim() {
        "" => format!("it ended before its work was done, and did not give {expected}"),
        said => format!("it gave {said:?} and not {expected}"),
    };
    Error::Podman {
        operation: operation.to_owned(),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_64_hexadecimal_digits() {
        let id = "0123456789abcdef".repeat(4);
        assert_eq!(Id::said("x", &format!("sha256:{id}\n")).unwrap().0, id);
        for wrong in [
            "",
            "sha256:",
            &id[1..],
            &format!("{id}0"),
            &id.to_uppercase(),
        ] {
            Id::said("x", wrong).unwrap_err();
            serde_json::from_value::<Id>(wrong.into()).unwrap_err();
        }
    }

    #[test]
    fn a_mounted_folder_lies_in_the_storage() {
        let folder = tempfile::tempdir().unwrap();
        let storage = folder.path().join("storage");
        let merged = storage.join("overlay/x/merged");
        std::fs::create_dir_all(&merged).unwrap();
        let ask = |text: &str| mounted("mount", text, &storage);
        assert_eq!(ask(&format!("{}\n", merged.display())).unwrap(), merged);
        let storage_itself = storage.display().to_string();
        let above = format!("{storage_itself}/../");
        for wrong in ["", "src", "/", "/etc", &storage_itself, &above] {
            ask(wrong).unwrap_err();
        }
    }

    #[test]
    fn an_archive_that_breaks_off_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.tar");
        whole_archive("export", &file).unwrap_err();
        std::fs::write(&file, [&[1; 512][..], &[0; 1024]].concat()).unwrap();
        whole_archive("export", &file).unwrap();
        std::fs::write(&file, [&[1; 512][..], &[0; 1000]].concat()).unwrap();
        whole_archive("export", &file).unwrap_err();
        std::fs::write(&file, "").unwrap();
        whole_archive("export", &file).unwrap_err();
    }
}
