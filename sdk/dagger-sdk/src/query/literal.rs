//! Values as GraphQL writes them.

/// A string as a GraphQL literal; JSON's escapes are GraphQL's.
pub fn literal(text: &str) -> String {
    // A string can always be written.
    serde_json::to_string(text).unwrap_or_default()
}

/// A list of strings as a GraphQL literal.
pub fn literals(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| literal(text.as_ref())).collect();
    format!("[{}]", texts.join(","))
}
