//! What Docker would select, the slow way: each pattern as the regular expression that Docker's
//! documentation describes, tried on a path and on every directory above it.

use std::path::Path;

use dagger_local::tree::Filter;
use regex::Regex;

/// Whether `filter` selects the file `path`.
pub fn selects(filter: &Filter, path: &Path) -> bool {
    (filter.include.is_empty() || decides(&filter.include, path)) && !decides(&filter.exclude, path)
}

fn decides(patterns: &[String], path: &Path) -> bool {
    let mut decision = false;
    for pattern in patterns {
        let (exception, body) = match pattern.strip_prefix('!') {
            Some(body) => (true, body),
            None => (false, pattern.as_str()),
        };
        let above: Vec<&str> = path
            .ancestors()
            .map(|path| path.to_str().unwrap())
            .filter(|path| !path.is_empty())
            .collect();
        if above.into_iter().any(|path| matches(body, path)) {
            decision = !exception;
        }
    }
    decision
}

/// Whether a pattern without `!` matches exactly this path.
pub fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = Vec::new();
    for part in pattern.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let pattern = parts.join("/");
    if let Some(end) = pattern.strip_prefix("**")
        && !end.contains(['*', '?', '['])
    {
        return path.ends_with(end) || end.strip_prefix('/') == Some(path);
    }
    let mut expression = String::from("^");
    let mut rest = pattern.as_str();
    while let Some(character) = rest.chars().next() {
        let (taken, meaning) = match character {
            '*' if rest == "**" => ("**", ".*".to_string()),
            '*' if rest.starts_with("**/") => ("**/", "(.*/)?".to_string()),
            '*' if rest.starts_with("**") => ("**", "(.*/)?".to_string()),
            '*' => ("*", "[^/]*".to_string()),
            '?' => ("?", "[^/]".to_string()),
            // Docker lets `[^a]` match a slash, too; nobody means that.
            '[' if rest.starts_with("[^") => ("[^", "[^/".to_string()),
            '[' | ']' => (&rest[..1], character.to_string()),
            _ => (&rest[..1], regex::escape(&character.to_string())),
        };
        expression.push_str(&meaning);
        rest = &rest[taken.len()..];
    }
    expression.push('$');
    Regex::new(&expression).unwrap().is_match(path)
}
