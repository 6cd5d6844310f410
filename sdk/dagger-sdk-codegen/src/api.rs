//! The types of an API that become Rust, sorted, each with a name of its own.

use crate::Error;
use crate::introspection::{Field, Introspection, Kind, Type, directive};
use crate::names;
use std::collections::{BTreeMap, BTreeSet};

/// Scalars that Rust has a type for.
const BUILT_IN: &[&str] = &["String", "Int", "Float", "Boolean", "ID", "Void"];

/// The root of the API.
pub const ROOT: &str = "Query";

/// What a client is written for.
pub struct Api<'a> {
    /// The version that the engine says it shows.
    pub version: Option<&'a str>,
    /// Objects, interfaces, enums, input objects and scalars.
    pub types: BTreeMap<&'a str, &'a Type>,
    /// Interfaces that some function takes. An API that shows interfaces as objects shows them as
    /// objects that nobody makes.
    pub taken: BTreeSet<&'a str>,
    rust: BTreeMap<&'a str, String>,
    /// Names that are given away.
    used: BTreeSet<String>,
}

impl<'a> Api<'a> {
    /// Sorts what the engine described.
    ///
    /// # Errors
    /// If there is no root.
    pub fn of(introspection: &'a Introspection) -> Result<Self, Error> {
        let all: BTreeMap<&str, &Type> = introspection
            .schema
            .types
            .iter()
            .map(|ty| (ty.name.as_str(), ty))
            .collect();
        if !all.contains_key(ROOT) {
            return Err(Error::NoQuery);
        }
        let is_id = |name: &str| {
            name.strip_suffix("ID")
                .is_some_and(|object| all.contains_key(object))
        };
        let types: BTreeMap<&str, &Type> = all
            .iter()
            .filter(|(name, _)| !name.starts_with("__") && !BUILT_IN.contains(name) && !is_id(name))
            .map(|(name, ty)| (*name, *ty))
            .collect();
        let mut api = Self {
            version: introspection.version.as_deref(),
            taken: BTreeSet::new(),
            rust: BTreeMap::new(),
            used: names::OWN.iter().map(|name| (*name).to_owned()).collect(),
            types,
        };
        let names: Vec<&str> = api.types.keys().copied().collect();
        for name in names {
            let rust = if name == ROOT {
                names::ROOT.to_owned()
            } else {
                api.unique(names::ty(name))
            };
            api.rust.insert(name, rust);
        }
        api.taken = api.taken();
        Ok(api)
    }

    /// The name, or one like it that nothing else has.
    pub fn unique(&mut self, mut name: String) -> String {
        while !self.used.insert(name.clone()) {
            name.push('_');
        }
        name
    }

    /// The name in Rust of a type of the API.
    pub fn rust(&self, name: &str) -> Option<&str> {
        self.rust.get(name).map(String::as_str)
    }

    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.types.get(name).map(|ty| ty.kind)
    }

    pub fn is_object(&self, name: &str) -> bool {
        matches!(self.kind(name), Some(Kind::Object | Kind::Interface))
    }

    /// The fields of a type, sorted.
    pub fn fields(&self, name: &str) -> Vec<&'a Field> {
        let ty = self.types.get(name);
        let mut fields: Vec<&Field> = ty
            .and_then(|ty| ty.fields.as_ref())
            .into_iter()
            .flatten()
            .collect();
        fields.sort_by(|one, other| one.name.cmp(&other.name));
        fields
    }

    pub fn has_field(&self, name: &str, field: &str) -> bool {
        self.fields(name).iter().any(|known| known.name == field)
    }

    /// The object that an argument or a result of a type of IDs stands for.
    pub fn object_of_id(
        &self,
        scalar: &str,
        directives: &[crate::introspection::Directive],
    ) -> Option<&'a str> {
        let expected = directive(directives, "expectedType", "name");
        let name = match &expected {
            Some(name) => name.as_str(),
            None => scalar.strip_suffix("ID")?,
        };
        let (name, _) = self.types.get_key_value(name)?;
        self.is_object(name).then_some(*name)
    }

    /// Whether IDs are read by a field of the root for this type, not by `node`.
    pub fn loader(&self, name: &str) -> Option<String> {
        Some(format!("load{name}FromID")).filter(|loader| self.has_field(ROOT, loader))
    }

    fn taken(&self) -> BTreeSet<&'a str> {
        let mut taken = BTreeSet::new();
        let mut made = BTreeSet::new();
        for name in self.types.keys() {
            for field in self.fields(name) {
                if *name == ROOT && is_raw(field) {
                    continue;
                }
                for argument in &field.args {
                    let object = self.object_of_id(argument.ty.innermost(), &argument.directives);
                    taken.extend(object);
                }
                let result = field.ty.innermost();
                if field.name != format!("as{result}") {
                    made.insert(result);
                }
            }
        }
        let shown = self.types.values().any(|ty| ty.kind == Kind::Interface);
        taken.retain(|name| match self.kind(name) {
            Some(Kind::Object) => !shown && !made.contains(name),
            kind => kind == Some(Kind::Interface),
        });
        taken
    }
}

/// Whether a field of the root takes an ID as such: it finds objects by it.
pub fn is_raw(field: &Field) -> bool {
    field.name == "node" || field.name.starts_with("load") && field.name.ends_with("FromID")
}
