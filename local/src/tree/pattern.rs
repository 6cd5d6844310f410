//! Docker's pattern language, put into the syntax of `globset`, which does the matching.
//!
//! The two differ in few places: Docker knows no `{a,b}`, and its `**` may stand beside other
//! characters, where it means any number of directories. One thing is not taken over:
//! a class such as `[^a]` matches a slash in Docker, by accident; here it does not.

use super::error::TreeError;
use globset::{Glob, GlobBuilder};

/// One pattern, ready to be compiled.
pub(super) struct Pattern {
    /// Whether it takes back what patterns before it matched (`!`).
    pub exception: bool,
    /// Matches the paths that the pattern names, but not what lies below them.
    pub glob: Glob,
    /// The cleaned pattern, without `!`.
    pub text: String,
}

impl Pattern {
    /// Reads a pattern; `None` for one that is blank.
    pub fn parse(pattern: &str) -> Result<Option<Pattern>, TreeError> {
        let trimmed = pattern.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        let (exception, body) = match trimmed.strip_prefix('!') {
            Some(body) => (true, body.trim()),
            None => (false, trimmed),
        };
        if body.is_empty() {
            return Err(TreeError::EmptyException);
        }
        let text = clean(body);
        let glob = compile(&text).map_err(|source| TreeError::Pattern {
            pattern: pattern.to_string(),
            source,
        })?;
        Ok(Some(Pattern {
            exception,
            glob,
            text,
        }))
    }
}

/// Compiles a cleaned pattern.
pub(super) fn compile(text: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(&translate(text))
        .literal_separator(true)
        .backslash_escape(true)
        .empty_alternates(true)
        .build()
}

/// Drops leading, trailing and double slashes and resolves `.` and `..`, as Docker does before
/// it matches.
fn clean(pattern: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn translate(pattern: &str) -> String {
    let mut translated = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern.chars().peekable();
    let mut in_class = false;
    let mut plain_bang = false;
    while let Some(character) = rest.next() {
        match character {
            '\\' => {
                translated.push('\\');
                translated.extend(rest.next());
            }
            '[' if !in_class => {
                in_class = true;
                translated.push('[');
                // Docker negates with `^` only, `globset` with `!` as well, but only in front.
                plain_bang = rest.next_if_eq(&'!').is_some();
                if !plain_bang && rest.next_if_eq(&'^').is_some() {
                    translated.push_str("^/");
                }
            }
            ']' if in_class => {
                in_class = false;
                if plain_bang {
                    translated.push('!');
                }
                if translated.ends_with("[!") {
                    translated.truncate(translated.len() - 2);
                    translated.push('!');
                } else {
                    translated.push(']');
                }
            }
            '{' | '}' if !in_class => {
                translated.push('\\');
                translated.push(character);
            }
            '*' if !in_class && rest.next_if_eq(&'*').is_some() => {
                let slash = rest.next_if_eq(&'/').is_some();
                let at_component = translated.is_empty() || translated.ends_with('/');
                match (rest.peek().is_none(), at_component) {
                    (true, true) => translated.push_str("**"),
                    (true, false) => translated.push_str("*{,/**}"),
                    (false, true) => translated.push_str("**/"),
                    (false, false) => translated.push_str("{,*/**/}"),
                }
                // Docker matches `**NAME` by the end of the path, if nothing else is special.
                let plain = !rest.clone().any(|next| "*?[]\\".contains(next));
                if pattern.starts_with("**") && translated == "**/" && !slash && plain {
                    translated.push('*');
                }
            }
            _ => translated.push(character),
        }
    }
    translated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let pattern = Pattern::parse(pattern).unwrap().unwrap();
        pattern.glob.compile_matcher().is_match(path)
    }

    /// Rows of the table with which Moby tests its matcher, as far as they concern one pattern
    /// and no parents.
    #[test]
    fn patterns_match_as_in_docker() {
        for (pattern, path, expected) in [
            ("**", "file", true),
            ("**", "dir/file", true),
            ("**/", "file", true),
            ("**/**", "dir/file", true),
            ("dir/**", "dir/file", true),
            ("dir/**", "dir/dir2/file", true),
            ("dir/**", "dir", false),
            ("**/dir", "dir", true),
            ("**/dir", "dir/file", false),
            ("**/dir2/*", "dir/dir2/file", true),
            ("**/dir2/*", "dir/dir2/dir3/file", false),
            ("**file", "file", true),
            ("**file", "dir/file", true),
            ("**file", "dir/dir/afile", true),
            ("**/file", "dir/dir/afile", false),
            ("**file*", "dir/dir/file.txt", true),
            ("a**", "a", true),
            ("a**", "ab/c", true),
            ("a**b", "ab", true),
            ("a**b", "axb", false),
            ("a**b", "ax/b", true),
            ("a**/*.txt", "a/file.txt", true),
            ("a**/*.txt", "a/dir/file.txt", true),
            ("a[b-d]e", "ace", true),
            ("a[b-d]e", "aae", false),
            ("a[^b]c", "abc", false),
            ("a[^b]c", "axc", true),
            ("a[^b]c", "a/c", false),
            ("a[!b]c", "abc", true),
            ("a[!b]c", "a!c", true),
            ("a[!b]c", "axc", false),
            ("a[!]c", "a!c", true),
            ("a\\*b", "a*b", true),
            ("a\\*b", "axb", false),
            ("a?c", "abc", true),
            ("a?c", "a/c", false),
            ("*.rs", "dir/x.rs", false),
            ("{a,b}", "a", false),
            ("{a,b}", "{a,b}", true),
            ("a.|()+$c", "a.|()+$c", true),
            (".*", ".foo", true),
            ("/src/", "src", true),
            ("./a/../src//", "src", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn a_pattern_that_is_not_valid_is_named() {
        for pattern in ["a[", "dir/[a", "x\\"] {
            let message = Pattern::parse(pattern).err().unwrap().to_string();
            assert!(message.contains(&format!("{pattern:?}")), "{message}");
        }
        assert!(matches!(
            Pattern::parse("!"),
            Err(TreeError::EmptyException)
        ));
    }

    #[test]
    fn blank_patterns_are_left_out() {
        assert!(Pattern::parse("  ").unwrap().is_none());
    }
}
