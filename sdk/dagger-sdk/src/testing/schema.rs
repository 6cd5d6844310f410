//! Checks recorded queries against a schema of Dagger's API.

use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema as Definitions, ast, parser::Parser};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A schema of Dagger's API, in GraphQL's schema language.
pub struct Schema {
    path: PathBuf,
    text: String,
    definitions: Valid<Definitions>,
}

/// A schema that can't be used, or a query that it does not allow.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The file can't be read.
    #[error("{path}: {source}", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is no schema.
    #[error("{path}: {message}", path = path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// Why not.
        message: String,
    },
    /// The schema does not allow the query.
    #[error("{path} does not allow {query}\n{message}", path = path.display())]
    Query {
        /// The schema's file.
        path: PathBuf,
        /// The query.
        query: String,
        /// What is wrong with it.
        message: String,
    },
}

impl Schema {
    /// Reads a schema.
    ///
    /// # Errors
    /// If the file can't be read, or is no schema.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, SchemaError> {
        let path = path.as_ref().to_owned();
        let text = std::fs::read_to_string(&path).map_err(|source| SchemaError::Read {
            path: path.clone(),
            source,
        })?;
        Self::parse(path, text)
    }

    /// The schema with a field `load…FromID` for every object that has an ID.
    ///
    /// Newer schemas lack them; a newer engine still serves them to modules whose `engineVersion`
    /// is older.
    ///
    /// # Errors
    /// If the schema has no type `Query`.
    pub fn tolerating_load_from_id(self) -> Result<Self, SchemaError> {
        let mut fields = String::new();
        let query = self.definitions.get_object("Query");
        for (name, definition) in &self.definitions.types {
            let Some(object) = definition.as_object() else {
                continue;
            };
            let loader = format!("load{name}FromID");
            let is_there = query.is_some_and(|query| query.fields.contains_key(loader.as_str()));
            if let Some(id) = object.fields.get("id").filter(|_| !is_there) {
                let ty = id.ty.inner_named_type();
                let _ = writeln!(fields, "  {loader}(id: {ty}!): {name}!");
            }
        }
        if fields.is_empty() {
            return Ok(self);
        }
        let text = format!("{}\nextend type Query {{\n{fields}}}\n", self.text);
        Self::parse(self.path, text)
    }

    /// Checks a query.
    ///
    /// # Errors
    /// If the schema does not allow it.
    pub fn check(&self, query: &str) -> Result<(), SchemaError> {
        let refused = |message: String| SchemaError::Query {
            path: self.path.clone(),
            query: query.to_owned(),
            message,
        };
        let document = Parser::new()
            .recursion_limit(usize::MAX)
            .parse_executable(&self.definitions, query, "query.graphql")
            .map_err(|invalid| refused(invalid.errors.to_string()))?;
        ExecutableDocument::validate(document, &self.definitions)
            .map(drop)
            .map_err(|invalid| refused(invalid.errors.to_string()))
    }

    fn parse(path: PathBuf, text: String) -> Result<Self, SchemaError> {
        // A schema may declare built-in directives and mark fields with its own.
        let document = Parser::new().parse_ast(&text, &path);
        let message = match document.as_ref().map(ast::Document::to_schema_validate) {
            Ok(Ok(definitions)) => {
                return Ok(Self {
                    path,
                    text,
                    definitions,
                });
            }
            Ok(Err(invalid)) => invalid.errors.to_string(),
            Err(invalid) => invalid.errors.to_string(),
        };
        Err(SchemaError::Schema { path, message })
    }
}
