//! Whose paths a caller names: the host's, those of a folder that a function
//! has for itself, or none, where a command in a container asks.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::Error;
use crate::eval::files::value::absolute;
use crate::node::Node;

/// Where a caller's own paths are.
#[derive(Debug, Clone)]
pub enum Home {
    /// On the host; relative ones start at the session's current folder.
    Host,
    /// In the folder that a module's process runs in. Relative paths start
    /// there, and nothing is written elsewhere.
    Folder(PathBuf),
    /// Nowhere: a container's own files are not the session's to read, and the
    /// host's not the container's.
    Container,
}

impl Home {
    /// The arguments of a field with the paths in them found.
    ///
    /// # Errors
    /// A path where the caller has none.
    pub fn settle(
        &self,
        parent: Option<&Node>,
        field: &str,
        mut args: Map<String, Value>,
    ) -> Result<Map<String, Value>, Error> {
        let ty = parent.map_or("Query", |parent| parent.ty.as_str());
        match self {
            Home::Host if matches!((ty, field), ("CurrentModule", "workdir" | "workdirFile")) => {
                return Err(Error::argument(
                    format!("{ty}.{field}"),
                    "no function is being called",
                ));
            }
            Home::Host => {}
            Home::Folder(folder) => match (ty, field) {
                (_, "export") => place(&mut args, |path| inside(folder, path))?,
                ("Host", "directory" | "file" | "unixSocket") => {
                    place(&mut args, |path| Ok(folder.join(path)))?;
                }
                ("Host", "findUp") => {
                    args.insert("start".into(), folder.display().to_string().into());
                }
                ("CurrentModule", "workdir" | "workdirFile") => {
                    place(&mut args, |path| {
                        Ok(folder.join(absolute("/", path).trim_start_matches('/')))
                    })?;
                }
                _ => {}
            },
            Home::Container if is_of_host(ty, field, &args) => {
                return Err(Error::Unserved {
                    field: format!("{ty}.{field} to a command in a container"),
                });
            }
            Home::Container => {}
        }
        Ok(args)
    }
}

/// Whether a field reads from the host or writes to it.
fn is_of_host(ty: &str, field: &str, args: &Map<String, Value>) -> bool {
    let text = |name: &str| args.get(name).and_then(Value::as_str).unwrap_or_default();
    match (ty, field) {
        (_, "export" | "up") => true,
        ("Host", field) => field != "id",
        ("Address", field) => !matches!(field, "id" | "value" | "container"),
        ("Query", "secret") => true,
        ("CurrentModule", "source" | "workdir" | "workdirFile") => true,
        // A folder of the host, whichever way it is written.
        ("Query", "git") => {
            let url = text("url");
            url.starts_with(['/', '.', '~']) || url.to_ascii_lowercase().starts_with("file:")
        }
        _ => false,
    }
}

/// Replaces the argument `path`.
fn place(
    args: &mut Map<String, Value>,
    find: impl FnOnce(&str) -> Result<PathBuf, Error>,
) -> Result<(), Error> {
    if let Some(Value::String(path)) = args.get("path") {
        let is_folder = path.ends_with('/');
        let mut found = find(path)?.display().to_string();
        // A slash at the end says that a folder is meant.
        if is_folder && !found.ends_with('/') {
            found.push('/');
        }
        args.insert("path".into(), found.into());
    }
    Ok(())
}

/// A path in a folder.
fn inside(folder: &Path, path: &str) -> Result<PathBuf, Error> {
    let found = PathBuf::from(absolute(&folder.display().to_string(), path));
    match found.starts_with(folder) {
        true => Ok(found),
        false => Err(Error::argument(
            format!("export to {path:?}"),
            "a function writes to the folder that it runs in only: give a relative path",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn settled(home: &Home, ty: &str, field: &str, path: &str) -> Result<String, Error> {
        let parent = Node::new(ty, None, "x", Map::new());
        let args = [("path".to_owned(), json!(path))].into_iter().collect();
        let args = home.settle(Some(&parent), field, args)?;
        Ok(args["path"].as_str().unwrap().to_owned())
    }

    #[test]
    fn what_a_function_writes_stays_in_its_folder() {
        let home = Home::Folder("/own/folder".into());
        for (path, found) in [
            ("a/b", "/own/folder/a/b"),
            ("./a/", "/own/folder/a/"),
            (".", "/own/folder"),
            ("/own/folder/a", "/own/folder/a"),
        ] {
            assert_eq!(settled(&home, "File", "export", path).unwrap(), found);
        }
        for path in ["/tmp/a", "../a", "/own/folder/../a", "/own/folder2"] {
            let error = settled(&home, "Directory", "export", path).unwrap_err();
            assert!(error.to_string().contains(&format!("{path:?}")), "{error}");
        }
    }

    #[test]
    fn what_a_function_reads_starts_in_its_folder() {
        let home = Home::Folder("/own".into());
        for (ty, field, path, found) in [
            ("Host", "file", "a", "/own/a"),
            ("Host", "directory", "/a", "/a"),
            ("CurrentModule", "workdir", "/../a", "/own/a"),
            ("Directory", "file", "a", "a"),
        ] {
            assert_eq!(settled(&home, ty, field, path).unwrap(), found);
        }
        let found = settled(&Home::Host, "Host", "file", "a");
        assert_eq!(found.unwrap(), "a");
    }
}
