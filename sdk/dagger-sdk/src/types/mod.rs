//! Rust's values on their way to the API and back, and what the attributes make of an author's types.

mod api;
mod block;
mod codec;
mod contextual;
mod conversion;
mod convert;
mod definition;
mod error;
mod future;
mod inputs;
mod interface;
mod object;
mod outcome;
mod own;
mod plain;
mod probe;
mod registry;
mod shared;
mod spelling;

pub use block::{Block, Constructor, Method, NoConstructor, call_of, functions_of};
pub use codec::{
    Constructed, Conversions, NoConversions, Reader, Returned, Writer, constructed, reader,
    returned, writer,
};
pub use contextual::{default_address, default_path, generate, ignore, up};
pub use conversion::ConversionError;
pub use convert::{DefaultFor, EmptyList, Encoded, Input, Output, default_of, default_value};
pub use definition::*;
pub use error::{ErrorExt, LoadError, ModuleError, Panic, RegisterError};
pub use future::LocalFuture;
pub use inputs::Inputs;
pub use interface::{
    Given, Interface, Linked, Promise, called, decode_interface, encode_interface,
    enumeration_argument, given, in_module, interface_argument, linked, promised,
};
pub use object::{
    Enumeration, NewState, Object, State, decode_enumeration, decode_object, encode_enumeration,
    encode_object, has_field,
};
pub use outcome::{Outcome, failure};
pub use own::{
    Itself, NeverGiven, PerhapsGiven, Remote, ValueProbe, awaited, constructor, own_of_id,
};
pub use probe::{NoDefault, Probe};
pub use registry::{Answer, CallOf, Registry};
pub use shared::Shared;
pub use spelling::{ModuleName, is_spelled};
