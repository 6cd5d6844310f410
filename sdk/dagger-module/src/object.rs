//! Objects and enums of a module: what the attributes implement, and their state as JSON.

use crate::LocalFuture;
use crate::codec::{Reader, Writer};
use crate::convert::{ConversionError, Encoded};
use crate::definition::{FieldDef, FunctionDef, MemberDef};
use crate::error::ModuleError;
use crate::inputs::Inputs;
use crate::registry::Registry;
use dagger_sdk::Query;
use serde_json::{Map, Value};

/// The answer to a call, once it has run.
pub type Answer = LocalFuture<Result<Value, ModuleError>>;

/// A struct with `#[object]`. Implemented by that attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no object of a Dagger module",
    label = "lacks `#[object]`",
    note = "write `#[object]` above the struct"
)]
pub trait Object: Sized + 'static {
    /// The name in the API.
    const NAME: &'static str;
    /// The doc comment.
    const DESCRIPTION: &'static str;
    /// The names of the fields that callers can read.
    const FIELD_NAMES: &'static [&'static str];

    /// The fields that callers can read.
    fn fields(registry: &mut Registry) -> Vec<FieldDef>;

    /// The functions that callers can call.
    fn functions(registry: &mut Registry) -> Vec<FunctionDef>;

    /// The function that makes the object, should it be the main one.
    fn constructor(registry: &mut Registry) -> FunctionDef;

    /// Makes the object.
    fn construct(inputs: Inputs) -> LocalFuture<Result<Self, ModuleError>>;

    /// Calls a function; `None` if there is none of that name.
    fn call(self, name: &str, inputs: Inputs) -> Option<Answer>;

    /// The object out of its state.
    ///
    /// # Errors
    /// If a field is missing or of another type.
    fn from_state(state: &mut State) -> Result<Self, ConversionError>;

    /// Writes all fields, private ones too, into the state.
    fn into_state(self, state: NewState) -> LocalFuture<Result<NewState, ConversionError>>;
}

/// An enum with `#[enumeration]`. Implemented by that attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no enum of a Dagger module",
    label = "lacks `#[enumeration]`",
    note = "write `#[enumeration]` above the enum"
)]
pub trait Enumeration: Sized + 'static {
    /// The name in the API.
    const NAME: &'static str;
    /// The doc comment.
    const DESCRIPTION: &'static str;
    /// The members, in the order of the source.
    const MEMBERS: &'static [MemberDef];

    /// The member of that name.
    fn from_member(name: &str) -> Option<Self>;

    /// The name of the member in the API.
    fn member(&self) -> &'static str;
}

/// Whether a field is called `name`; known when the module is compiled.
pub const fn has_field<T: Object>(name: &str) -> bool {
    let mut index = 0;
    while index < T::FIELD_NAMES.len() {
        if same(T::FIELD_NAMES[index].as_bytes(), name.as_bytes()) {
            return true;
        }
        index += 1;
    }
    false
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

/// How the main object is made.
pub enum Construction<T> {
    /// By a function of the author's.
    ByFunction(LocalFuture<Result<T, ModuleError>>),
    /// Out of its fields.
    ByFields(Inputs),
}

/// What an object without a `#[functions]` block answers; the block's own methods come first.
pub trait NoFunctions: Object {
    /// The functions that callers can call.
    fn __dagger_functions(_: &mut Registry) -> Vec<FunctionDef> {
        Vec::new()
    }

    /// The author's own constructor.
    fn __dagger_constructor(_: &mut Registry) -> Option<FunctionDef> {
        None
    }

    /// Makes the object.
    fn __dagger_construct(inputs: Inputs) -> Construction<Self> {
        Construction::ByFields(inputs)
    }

    /// Calls a function.
    fn __dagger_call(self, _: &str, _: Inputs) -> Option<Answer> {
        None
    }
}

impl<T: Object> NoFunctions for T {}

/// The state of an object as the engine keeps it between calls.
pub struct State {
    fields: Map<String, Value>,
    client: Query,
}

impl State {
    /// Takes a field out.
    ///
    /// # Errors
    /// If it is missing or of another type.
    pub fn field<T>(&mut self, name: &str, reader: &Reader<T>) -> Result<T, ConversionError> {
        let kept = self.fields.remove(name);
        reader
            .read(kept, &self.client)
            .map_err(|error| error.at(format!("field {name}")))
    }
}

/// The state of an object on its way to the engine.
#[derive(Default)]
pub struct NewState(Map<String, Value>);

impl NewState {
    /// Adds a field.
    ///
    /// # Errors
    /// If the engine can't build an object in it.
    pub async fn set<T>(
        &mut self,
        name: &'static str,
        value: T,
        writer: &Writer<T>,
    ) -> Result<(), ConversionError> {
        let value = (writer.encode)(value).await;
        let value = value.map_err(|error| error.at(format!("field {name}")))?;
        self.0.insert(name.to_owned(), value);
        Ok(())
    }
}

/// An object out of its JSON; a stateless one may come as `null`.
///
/// # Errors
/// If a field is missing or of another type.
pub fn decode_object<T: Object>(value: Value, client: &Query) -> Result<T, ConversionError> {
    let fields = match value {
        Value::Object(fields) => fields,
        Value::Null => Map::new(),
        other => {
            let expected = format!("a {}", T::NAME);
            return Err(ConversionError::unexpected(expected, &other));
        }
    };
    T::from_state(&mut State {
        fields,
        client: client.clone(),
    })
}

/// The state of an object as JSON.
pub fn encode_object<T: Object>(object: T) -> Encoded {
    Box::pin(async move {
        let state = object.into_state(NewState::default()).await?;
        Ok(Value::Object(state.0))
    })
}

/// A member out of the JSON of its name.
///
/// # Errors
/// If there is no such member; the error names those that there are.
pub fn decode_enumeration<T: Enumeration>(value: Value, _: &Query) -> Result<T, ConversionError> {
    let member = value.as_str().and_then(T::from_member);
    member.ok_or_else(|| {
        let names: Vec<&str> = T::MEMBERS.iter().map(|member| member.name).collect();
        ConversionError::unexpected(format!("one of {}", names.join(", ")), &value)
    })
}

/// The name of a member as JSON.
pub fn encode_enumeration<T: Enumeration>(value: T) -> Encoded {
    Box::pin(std::future::ready(Ok(Value::from(value.member()))))
}
