//! Files of the web.

use crate::Error;
use crate::eval::evaluator::Evaluator;
use crate::eval::files::disk::permissions;
use crate::eval::files::value::FileValue;
use crate::fetch::http;
use crate::node::Node;
use crate::state::digest;
use crate::tree::{self, Filter};

/// The access rights that an engine gives where none are named.
const MODE: i64 = 0o600;

impl Evaluator {
    /// The file of `Query.http`: fetched once a session, and kept by what is
    /// in it.
    ///
    /// # Errors
    /// It cannot be had.
    pub fn http_file(&self, node: &Node) -> Result<FileValue, Error> {
        let url = node.text("url");
        http::check(url)?;
        let name = match node.given("name") {
            Some(name) => checked(name)?,
            None => name_in(url),
        };
        let scratch = self.state.temporary()?;
        let fetched = scratch.path().join("file");
        let step = self.step(&format!("http {url}"));
        let done = http::download(&self.state, url, &fetched);
        step.done(false, done.is_ok());
        done?;
        let mode = node.number("permissions").unwrap_or(MODE);
        let contents = tree::digest(&fetched, &Filter::default())?;
        let key = digest(["http", &contents, &mode.to_string()]);
        self.new_file(name, &key, |file| {
            tree::copy(&fetched, file, &Filter::default())?;
            permissions(file, Some(mode))
        })
    }
}

/// The last part of a URL's path.
fn name_in(url: &str) -> &str {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let path = url[..end].splitn(4, '/').nth(3).unwrap_or_default();
    match path.trim_end_matches('/').rsplit('/').next() {
        None | Some("" | "." | "..") => "index",
        Some(name) => name,
    }
}

fn checked(name: &str) -> Result<&str, Error> {
    match name.contains('/') || matches!(name, "." | "..") {
        true => Err(Error::argument(
            format!("name {name:?} of Query.http"),
            "it is no file's name",
        )),
        false => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::name_in;

    #[test]
    fn a_file_is_named_after_its_url() {
        for (url, name) in [
            ("http://a/b/c.txt?d=/e#/f", "c.txt"),
            ("http://a/b/", "b"),
            ("http://a/", "index"),
            ("http://a", "index"),
            ("http://a?b=/c", "index"),
            ("http://a/..", "index"),
        ] {
            assert_eq!(name_in(url), name, "{url}");
        }
    }
}
