//! The text of the generated file.

mod data;
mod function;
mod object;

use crate::Error;
use crate::api::{Api, ROOT};
use crate::introspection::Kind;

const HEAD: &str = "\
//! The client of Dagger's API, and of the modules that this one depends on.
";

const HEAD_REST: &str = "\
//
// Written by `dagger-sdk-codegen`, never by hand.

use crate::query::{
    Argument, Call, Given, Id, Node as Chain, Options, OwnObject, members, object, scalar,
};
use crate::result::Result;
use std::borrow::Borrow;
";

/// The whole file.
pub fn file(api: &mut Api) -> Result<String, Error> {
    let mut text = HEAD.to_owned();
    // The version may come from anywhere: a line of it is a comment, whatever it holds.
    let version = api.version.unwrap_or("unknown");
    text.push_str(&format!("// API: {}\n", version.replace(['\n', '\r'], " ")));
    text.push_str(HEAD_REST);
    let by_node = api.has_field(ROOT, "node") && api.loader("Container").is_none();
    text.push_str(&format!(
        "\n/// Whether this version of the API finds objects by `node`, not by a field for each type.\n\
         pub const LOADS_BY_NODE: bool = {by_node};\n"
    ));
    let up = api.has_field("Function", "withUp");
    text.push_str(&format!(
        "\n/// Whether this version of the API lets `dagger up` run a function.\n\
         pub const HAS_UP: bool = {up};\n"
    ));
    let names: Vec<&str> = api.types.keys().copied().collect();
    for name in names {
        match api.types[name].kind {
            Kind::Object | Kind::Interface => text.push_str(&object::object(name, api)?),
            Kind::Enum => text.push_str(&data::enumeration(name, api)),
            Kind::InputObject => text.push_str(&data::input(name, api)?),
            Kind::Scalar => text.push_str(&data::scalar(name, api)),
            other => {
                return Err(Error::Unsupported {
                    place: name.to_owned(),
                    what: format!("a type of kind {other:?} has no counterpart"),
                });
            }
        }
    }
    text.push_str(&object::own(api));
    Ok(text)
}
