//! Where something stands in the author's source: the engine links to it.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::path::{Path, PathBuf};

/// The expression of a place; the file is relative to the crate.
pub fn place(span: Span) -> TokenStream {
    let (file, line, column) = if proc_macro::is_available() {
        let span = span.unwrap();
        (file(span), span.line(), span.column())
    } else {
        // A test of this crate.
        (String::new(), 0, 0)
    };
    quote! {
        ::dagger_sdk::__private::Place { file: #file, line: #line, column: #column }
    }
}

fn file(span: proc_macro::Span) -> String {
    let inside = span.local_file().and_then(|file| below_crate(&file));
    let file = inside.map_or_else(
        || span.file(),
        |inside| inside.to_string_lossy().into_owned(),
    );
    file.replace('\\', "/")
}

/// The compiler names files from where it was started, which is the root of a workspace.
fn below_crate(file: &Path) -> Option<PathBuf> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR")?;
    let file = std::env::current_dir().ok()?.join(file);
    file.strip_prefix(root).ok().map(Path::to_owned)
}
