//! Objects and enums of a module: what the attributes implement, and their state as JSON.

use super::block::{call_of, functions_of};
use super::codec::{Reader, Writer};
use super::conversion::ConversionError;
use super::convert::Encoded;
use super::definition::{EnumDef, FieldDef, FunctionDef, MemberDef, ObjectDef, Place, TypeRef};
use super::error::ModuleError;
use super::future::LocalFuture;
use super::inputs::Inputs;
use super::registry::{Answer, Registry};
use crate::client::Dag;
use crate::query::{Argument, OwnObject};
use serde_json::{Map, Value};
use std::any::TypeId;

/// A struct with `#[object]`. Implemented by that attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no object of a Dagger module",
    label = "lacks `#[object]`",
    note = "write `#[object]` above the struct"
)]
pub trait Object: Sized + 'static {
    /// The object as others have it, by calls over the session.
    type Calls: From<OwnObject> + Send;

    /// The name in the API.
    const NAME: &'static str;
    /// The doc comment.
    const DESCRIPTION: &'static str;
    /// The names of the fields that callers can read.
    const FIELD_NAMES: &'static [&'static str];
    /// Where the struct stands.
    const PLACE: Place;
    /// Has no value where nobody gives one of the fields its value, should the object be the main one.
    const CAN_BE_MADE: () = ();

    /// The fields that callers can read.
    fn fields(registry: &mut Registry) -> Vec<FieldDef>;

    /// The functions that callers can call.
    fn functions(registry: &mut Registry) -> Vec<FunctionDef> {
        functions_of::<Self>(registry)
    }

    /// The values of the fields that callers can give, for a call of the constructor.
    fn given(&self) -> Vec<(&'static str, Argument)>;

    /// The function that makes the object, should it be the main one.
    fn constructor(registry: &mut Registry) -> FunctionDef;

    /// Makes the object.
    fn construct(inputs: Inputs) -> LocalFuture<Result<Self, ModuleError>>;

    /// Calls a function; `None` if there is none of that name.
    fn call(self, name: &str, inputs: Inputs) -> Option<Answer> {
        call_of(self, name, inputs)
    }

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
    /// Where the enum stands.
    const PLACE: Place;

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

/// The state of an object as the engine keeps it between calls.
pub struct State {
    fields: Map<String, Value>,
    client: Dag,
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
pub fn decode_object<T: Object>(value: Value, client: &Dag) -> Result<T, ConversionError> {
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
pub fn decode_enumeration<T: Enumeration>(value: Value, _: &Dag) -> Result<T, ConversionError> {
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

impl Registry {
    /// The reference to an object of the module; its first mention also registers what it leads to.
    pub fn object<T: Object>(&mut self) -> TypeRef {
        self.add_object(TypeId::of::<T>(), T::NAME, call::<T>, |registry| {
            ObjectDef {
                name: T::NAME,
                description: T::DESCRIPTION,
                fields: T::fields(registry),
                functions: T::functions(registry),
                place: T::PLACE,
            }
        });
        TypeRef::Object(T::NAME)
    }

    /// The reference to an enum of the module.
    pub fn enumeration<T: Enumeration>(&mut self) -> TypeRef {
        let definition = EnumDef {
            name: T::NAME,
            description: T::DESCRIPTION,
            members: T::MEMBERS,
            place: T::PLACE,
        };
        self.add_enum(TypeId::of::<T>(), definition);
        TypeRef::Enum(T::NAME)
    }
}

fn call<T: Object>(
    parent: Value,
    name: &str,
    inputs: Inputs,
) -> Result<Option<Answer>, ConversionError> {
    let object: T = decode_object(parent, &inputs.client())?;
    Ok(object.call(name, inputs))
}
