//! Interfaces of a module: what others' objects can do, called over the session.
//!
//! Dagger knows nothing of an object that is given for an interface but its ID, so an interface is in
//! Rust what an object of the API is: a struct that stands for a chain of calls.

use super::conversion::ConversionError;
use super::convert::{Encoded, Input, Output};
use super::definition::{FunctionDef, InterfaceDef, Place, TypeRef};
use super::object::Enumeration;
use super::registry::Registry;
use super::shared::Shared;
use super::spelling::{self, ModuleName};
use crate::client::{Dag, LOADS_BY_NODE};
use crate::query::{ApiObject, Argument, Call, Id, Loader, Node};
use crate::result::Error;
use crate::session::{EngineError, Sent};
use serde_json::Value;
use std::any::TypeId;
use std::future::Future;

/// A trait with `#[interface]`, which makes it a struct. Implemented by that attribute.
pub trait Interface: Linked + Shared {
    /// The name in the API.
    const NAME: &'static str;
    /// The doc comment.
    const DESCRIPTION: &'static str;
    /// Where the trait stands.
    const PLACE: Place;

    /// The functions that an object must have.
    fn functions(registry: &mut Registry) -> Vec<FunctionDef>;

    /// The chain that the object is the end of.
    fn node(&self) -> &Node;
}

/// The member of an enum as an argument: in a query it stands without quotes.
pub fn enumeration_argument<T: Enumeration>(value: &T) -> Argument {
    Argument::Literal(value.member().to_owned())
}

/// The object behind an interface as an argument.
pub fn interface_argument<T: Interface>(value: &T) -> Argument {
    Argument::Object(value.node().clone())
}

tokio::task_local! {
    /// The module whose call this is: its name begins those of all its types, and nothing else in a
    /// process knows it where an argument is decoded.
    static MODULE: ModuleName;
}

/// The module whose call this is; outside of calls it has no name.
pub fn module() -> ModuleName {
    let module = MODULE.try_with(ModuleName::clone);
    module.unwrap_or_else(|_| ModuleName::new("", ""))
}

/// Runs a call of a module.
pub fn in_module<F: Future>(module: ModuleName, call: F) -> impl Future<Output = F::Output> {
    MODULE.scope(module, call)
}

/// The object behind an ID, as an interface.
///
/// # Errors
/// If the JSON is no ID.
pub fn decode_interface<T: Interface>(value: Value, client: &Dag) -> Result<T, ConversionError> {
    Ok(T::of_node(loaded(T::NAME, value, client)?))
}

/// The object behind an ID, of a type that this module defines.
///
/// # Errors
/// If the JSON is no ID.
pub fn loaded(own: &str, value: Value, client: &Dag) -> Result<Node, ConversionError> {
    let Value::String(id) = value else {
        let expected = format!("the ID of a {own}");
        return Err(ConversionError::unexpected(expected, &value));
    };
    let name = module().of_type(own);
    let loader = if LOADS_BY_NODE {
        Loader::Node(name.into())
    } else {
        Loader::Field(format!("load{name}FromID").into())
    };
    Ok(ApiObject::node(client).load(&loader, Id::from(id)))
}

/// The ID of the object behind an interface as JSON.
pub fn encode_interface<T: Interface>(value: T) -> Encoded {
    Box::pin(async move {
        let id = value.node().id().await.map_err(Error::from)?;
        Ok(Value::String(id.into_string()))
    })
}

/// The call of a function of an interface.
pub fn called(node: &Node, function: &str) -> Call {
    node.call(spelling::of_value(function))
}

/// How an argument of an interface's function is given.
pub struct Given<T> {
    /// The type in the API.
    pub describe: fn(&mut Registry) -> TypeRef,
    /// The call with the argument.
    pub give: fn(Call, &str, T) -> Call,
}

/// The conversions of an argument of an interface's function.
pub const fn given<T: Shared>() -> Given<T> {
    Given {
        describe: T::describe,
        give: |call, name, value| match value.is_given() {
            true => call.argument(spelling::of_value(name), value.argument()),
            false => call,
        },
    }
}

/// What an interface's function is the way to: the engine is asked for nothing yet.
#[diagnostic::on_unimplemented(
    message = "a function of an interface can't return `{Self}` without waiting for it",
    label = "is no object of the API and no `#[interface]`",
    note = "ask the engine for it: write `async fn …(&self) -> Result<…>`"
)]
pub trait Linked: Input {
    /// The object at the end of a chain.
    fn of_node(node: Node) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: ApiObject> Linked for T {
    fn of_node(node: Node) -> Self {
        T::at(node)
    }
}

/// What an `async` function of an interface can return: a `Result`, for the call may fail.
#[diagnostic::on_unimplemented(
    message = "an `async` function of an interface can't return `{Self}`",
    label = "is no `Result`",
    note = "the call may fail: return `Result<…>`, whose error is made of the engine's by `?`"
)]
pub trait Promised: Sized {
    /// The type in the API.
    fn describe(registry: &mut Registry) -> TypeRef;

    /// Asks the engine.
    fn ask(call: Call) -> Sent<'static, Self>;
}

impl<T: Answered, E: From<Error>> Promised for Result<T, E> {
    fn describe(registry: &mut Registry) -> TypeRef {
        T::describe(registry)
    }

    fn ask(call: Call) -> Sent<'static, Self> {
        Box::pin(async move { Ok(ask(call).await?) })
    }
}

/// A value that the engine answers with.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an argument or a result of an interface's function",
    label = "is not known to the modules that implement the interface",
    note = "use String, bool, a number, an object of the API such as `Directory`, an `#[enumeration]`, an `#[interface]`, `Option` or `Vec` of these, or `()`",
    note = "an `#[object]` is known to its own module only: make an `#[interface]` of what others need of it"
)]
pub trait Answered: Sized {
    /// The type in the API.
    fn describe(registry: &mut Registry) -> TypeRef;

    /// The value out of its JSON.
    ///
    /// # Errors
    /// If the JSON is of another type.
    fn decode(value: Value, client: &Dag) -> Result<Self, ConversionError>;
}

#[diagnostic::do_not_recommend]
impl<T: Shared> Answered for T {
    fn describe(registry: &mut Registry) -> TypeRef {
        <T as Input>::describe(registry)
    }

    fn decode(value: Value, client: &Dag) -> Result<Self, ConversionError> {
        <T as Input>::decode(value, client)
    }
}

impl Answered for () {
    fn describe(registry: &mut Registry) -> TypeRef {
        <() as Output>::describe(registry)
    }

    fn decode(_: Value, _: &Dag) -> Result<Self, ConversionError> {
        Ok(())
    }
}

async fn ask<T: Answered>(call: Call) -> Result<T, Error> {
    let node = call.node();
    let client = <Dag as ApiObject>::at(node.to_root());
    let node = match T::describe(&mut Registry::default()).is_named() {
        true => node.call("id").node(),
        false => node,
    };
    let answer: Option<Value> = node.value().await?;
    let read = T::decode(answer.map_or(Value::Null, of_selection), &client);
    read.map_err(|error| {
        EngineError::new(format!("the engine's answer to {node:?}: {error}")).into()
    })
}

/// A list of objects comes as a list of their selections, `[{"id": "…"}]`.
pub fn of_selection(answer: Value) -> Value {
    match answer {
        Value::Array(items) => items.into_iter().map(of_selection).collect(),
        Value::Object(fields) => fields
            .into_values()
            .next()
            .map_or(Value::Null, of_selection),
        plain => plain,
    }
}

/// How the result of an interface's function comes about: at once, or by a future.
pub struct Promise<T> {
    /// The type in the API.
    pub describe: fn(&mut Registry) -> TypeRef,
    /// What the function returns.
    pub ask: fn(Call) -> T,
}

/// The conversions of a result that is further chained.
pub const fn linked<T: Linked>() -> Promise<T> {
    Promise {
        describe: T::describe,
        ask: |call| T::of_node(call.node()),
    }
}

/// The conversions of a result that is waited for.
pub const fn promised<T: Promised>() -> Promise<Sent<'static, T>> {
    Promise {
        describe: T::describe,
        ask: T::ask,
    }
}

impl Registry {
    /// The reference to an interface; its first mention also registers what it leads to.
    pub fn interface<T: Interface>(&mut self) -> TypeRef {
        self.add_interface(TypeId::of::<T>(), T::NAME, |registry| InterfaceDef {
            name: T::NAME,
            description: T::DESCRIPTION,
            functions: T::functions(registry),
            place: T::PLACE,
        });
        TypeRef::Interface(T::NAME)
    }
}
