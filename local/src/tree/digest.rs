//! A name for what a folder holds.

use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::contents::Blocks;
use super::error::{TreeError, io as io_error};
use super::filter::Filter;
use super::many;
use super::walk::{Kind, walk};

/// Digests what `filter` selects of the folder or file `path`: 64 hexadecimal digits of a
/// SHA-256 over relative paths, kinds, modes, contents and link targets.
///
/// Times and owners do not count, nor does the mode of the folder itself: equal digests mean
/// that building with one tree or the other is the same.
///
/// # Errors
/// Names the entry that could not be read, or the pattern that is not valid.
pub fn digest(path: &Path, filter: &Filter) -> Result<String, TreeError> {
    let mut hasher = Sha256::new();
    let entries = walk(path, filter)?;
    let texts = many::each(&entries, |entry| match entry.kind {
        Kind::File => contents(&entry.path).map(Some),
        _ => Ok(None),
    })?;
    for (entry, text) in entries.iter().zip(texts) {
        // Every part of unknown length is led by its length, so that no two trees read alike.
        field(&mut hasher, entry.relative.as_os_str().as_bytes());
        match entry.kind {
            Kind::Directory => {
                hasher.update(b"d");
                hasher.update(entry.mode().to_le_bytes());
            }
            Kind::File => {
                hasher.update(b"f");
                hasher.update(entry.mode().to_le_bytes());
                text.into_iter().for_each(|text| hasher.update(text));
            }
            Kind::Symlink => {
                let leads_to =
                    fs::read_link(&entry.path).map_err(io_error("read link", &entry.path))?;
                hasher.update(b"l");
                field(&mut hasher, leads_to.as_os_str().as_bytes());
            }
        }
    }
    Ok(hex::encode(hasher.finalize()))
}

fn field(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

/// The digest of a file alone: the file may grow while it is read, so its length cannot lead.
/// Blocks of zeros do not count, which takes no time for the holes of a sparse file.
fn contents(path: &Path) -> Result<impl AsRef<[u8]> + Send + use<>, TreeError> {
    let read = io_error("read", path);
    let digested = || {
        let mut hasher = Sha256::new();
        let mut blocks = Blocks::of(File::open(path)?);
        while let Some((offset, block)) = blocks.next()? {
            hasher.update(offset.to_le_bytes());
            field(&mut hasher, block);
        }
        hasher.update(blocks.metadata()?.len().to_le_bytes());
        Ok(hasher.finalize())
    };
    digested().map_err(read)
}
