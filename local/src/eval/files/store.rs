//! The directories and files of a session.

use crate::eval::files::value::{FileValue, Tree};
use crate::sync::Memo;

/// What is known of directories and files.
#[derive(Default)]
pub struct Files {
    pub directories: Memo<Tree>,
    pub files: Memo<FileValue>,
}
