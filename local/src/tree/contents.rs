//! The contents of files, without reading or writing the holes of sparse ones.

use std::fs::{File, Metadata};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

use nix::errno::Errno;
use nix::unistd::{Whence, lseek};

/// The unit that zeros are left out in, in bytes: a file has the same blocks
/// wherever its holes are.
const BLOCK: u64 = 64 * 1024;

/// Copies a file into an empty one; holes stay holes.
pub fn copy(source: &mut File, target: &mut File) -> io::Result<()> {
    let length = source.metadata()?.len();
    if length <= BLOCK {
        // A small file has no holes worth keeping.
        let mut bytes = Vec::with_capacity(BLOCK.min(length + 1) as usize);
        source.read_to_end(&mut bytes)?;
        return target.write_all(&bytes);
    }
    let mut at = 0;
    while let Some(start) = data(source, at)?.filter(|start| *start < length) {
        let end = hole(source, start)?;
        source.seek(SeekFrom::Start(start))?;
        target.seek(SeekFrom::Start(start))?;
        // Where the file system can share the extent, it does.
        let copied = io::copy(&mut source.take(end - start), target)?;
        at = start + copied;
        if copied < end - start {
            // The file has become shorter.
            break;
        }
    }
    target.set_len(length)
}

/// Where the next data begins, from an offset on.
fn data(file: &File, from: u64) -> io::Result<Option<u64>> {
    seek(file, from, Whence::SeekData, from)
}

/// Where the data that an offset is in ends.
fn hole(file: &File, from: u64) -> io::Result<u64> {
    let end = file.metadata()?.len().max(from);
    Ok(seek(file, from, Whence::SeekHole, end)?.unwrap_or(end))
}

/// Asks the file system; `otherwise` is the answer of one that knows no holes.
fn seek(file: &File, from: u64, whence: Whence, otherwise: u64) -> io::Result<Option<u64>> {
    let offset = i64::try_from(from).map_err(io::Error::other)?;
    match lseek(file, offset, whence) {
        Ok(found) => Ok(u64::try_from(found).ok()),
        Err(Errno::ENXIO) => Ok(None),
        Err(Errno::EINVAL | Errno::EOPNOTSUPP) => {
            let length = file.metadata()?.len();
            Ok((from < length).then_some(otherwise))
        }
        Err(error) => Err(error.into()),
    }
}

/// The blocks of a file that are not all zeros.
pub struct Blocks {
    file: File,
    at: u64,
    block: Vec<u8>,
}

impl Blocks {
    /// From the beginning on.
    pub fn of(file: File) -> Self {
        Blocks {
            file,
            at: 0,
            block: Vec::new(),
        }
    }

    /// The file's properties.
    pub fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }

    /// The next block, with its offset.
    pub fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        loop {
            let Some(start) = data(&self.file, self.at)? else {
                return Ok(None);
            };
            let start = start - start % BLOCK;
            self.file.seek(SeekFrom::Start(start))?;
            self.block.clear();
            (&self.file).take(BLOCK).read_to_end(&mut self.block)?;
            self.at = start + BLOCK;
            if self.block.is_empty() {
                return Ok(None);
            }
            if !is_zero(&self.block) {
                return Ok(Some((start, &self.block)));
            }
        }
    }
}

/// A comparison of slices is one of whole words, without optimisation too.
fn is_zero(bytes: &[u8]) -> bool {
    static ZEROS: [u8; BLOCK as usize] = [0; BLOCK as usize];
    bytes == &ZEROS[..bytes.len()]
}
