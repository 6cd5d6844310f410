//! Descriptions of the API as doc comments.

/// The lines of a description, each a doc comment. Whatever the text is, it ends no comment and is no
/// test of the crate that it stands in.
pub fn comment(description: &str, indent: &str) -> String {
    let mut text = String::new();
    let mut fenced = false;
    for line in description.trim().lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        let line = if bare.starts_with("```") {
            fenced = !fenced;
            if fenced { "```text" } else { "```" }
        } else if fenced {
            line
        } else if line.len() - bare.len() >= INDENTED {
            // Indented this far it would be a block of code.
            bare
        } else {
            line
        };
        push(&mut text, line, indent);
    }
    if fenced {
        push(&mut text, "```", indent);
    }
    text
}

/// How far Markdown's blocks of code are indented.
const INDENTED: usize = 4;

fn push(text: &mut String, line: &str, indent: &str) {
    text.push_str(indent);
    text.push_str("///");
    if !line.is_empty() {
        text.push(' ');
        text.push_str(line);
    }
    text.push('\n');
}

/// A deprecation as an attribute.
pub fn deprecation(is_deprecated: bool, reason: Option<&str>, indent: &str) -> String {
    if !is_deprecated {
        return String::new();
    }
    match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{indent}#[deprecated(note = {reason:?})]\n"),
        None => format!("{indent}#[deprecated]\n"),
    }
}
