//! Interfaces of a module: what others' objects can do, called over the session.
//!
//! Dagger knows nothing of an object that is given for an interface but its ID, so an interface is in
//! Rust what an object of the API is: a struct that stands for a chain of calls.

use crate::convert::{ConversionError, Encoded, Input, Output};
use crate::definition::{FunctionDef, TypeRef};
use crate::dependency::{Call, Node, Object, unreadable};
use crate::object::Enumeration;
use crate::query;
use crate::registry::Registry;
use crate::spelling::{self, ModuleName};
use dagger_sdk::Query;
use dagger_sdk::errors::DaggerError;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;

/// A future that may be waited for on any thread.
pub type Sent<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A value as a query writes it, once the engine has named the objects in it.
pub type Literal<'a> = Sent<'a, Result<String, DaggerError>>;

/// A trait with `#[interface]`, which makes it a struct. Implemented by that attribute.
pub trait Interface: Linked + Shared {
    /// The name in the API.
    const NAME: &'static str;
    /// The doc comment.
    const DESCRIPTION: &'static str;

    /// The functions that an object must have.
    fn functions(registry: &mut Registry) -> Vec<FunctionDef>;

    /// The chain that the object is the end of.
    fn node(&self) -> &Node;
}

/// A type that functions of an interface can take and return.
///
/// Implemented for strings, booleans, numbers, the objects, enums and scalars of Dagger's API,
/// whatever has `#[interface]` or `#[enumeration]`, and `Option` and `Vec` of all these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an argument or a result of an interface's function",
    label = "is not known to the modules that implement the interface",
    note = "use String, bool, a number, an object of the API such as `Directory`, an `#[enumeration]`, an `#[interface]`, or `Option` or `Vec` of these",
    note = "an `#[object]` is known to its own module only: make an `#[interface]` of what others need of it"
)]
pub trait Shared: Input + Send + Sync + 'static {
    /// The value as a query writes it.
    fn literal(&self) -> Literal<'_>;

    /// Whether there is a value at all; an `Option` may be left out.
    fn is_given(&self) -> bool {
        true
    }
}

/// A literal that nothing has to be asked for.
pub fn ready<'a>(literal: String) -> Literal<'a> {
    Box::pin(std::future::ready(Ok(literal)))
}

/// A member of an enum stands in a query as it is.
pub fn enumeration_literal<T: Enumeration>(value: &T) -> Literal<'_> {
    ready(value.member().to_owned())
}

/// The ID of the object behind an interface.
pub fn interface_literal<T: Interface>(value: &T) -> Literal<'_> {
    let id = value.node().call("id");
    Box::pin(async move { Ok(query::literal(&id.value::<String>().await?)) })
}

tokio::task_local! {
    /// The module whose call this is: its name begins those of all its types, and nothing else in a
    /// process knows it where an argument is decoded.
    static MODULE: ModuleName;
}

/// The module's own main object, as other modules make it.
///
/// A function has its object's state, but others know an object by its ID alone. Where the object
/// is to be given for an interface of a dependency, it is made anew over the session:
///
/// ```
/// use dagger_module::prelude::*;
///
/// /// A guest.
/// #[object]
/// pub struct Guest {
///     mood: String,
/// }
///
/// #[functions]
/// impl Guest {
///     /// Return a container of a friend, who is another guest.
///     #[function]
///     fn friend(&self, dag: &Query) -> Container {
///         let guest = dag.itself().argument("mood", &self.mood);
///         guest.then("container").object()
///     }
///
///     #[function]
///     fn container(&self, dag: &Query) -> Container {
///         dag.container().with_env_variable("MOOD", &self.mood)
///     }
/// }
/// ```
pub trait Itself {
    /// The call of the constructor, which takes arguments by their names in the API.
    fn itself(&self) -> Call;
}

impl Itself for Query {
    fn itself(&self) -> Call {
        Node::root(self).call(&module().constructor())
    }
}

/// The module whose call this is; outside of calls it has no name.
fn module() -> ModuleName {
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
pub fn decode_interface<T: Interface>(value: Value, client: &Query) -> Result<T, ConversionError> {
    let Value::String(id) = value else {
        let expected = format!("the ID of a {}", T::NAME);
        return Err(ConversionError::unexpected(expected, &value));
    };
    let loader = format!("load{}FromID", module().of_type(T::NAME));
    let loaded = Node::root(client).call(&loader).argument("id", id);
    Ok(T::at(loaded.node()))
}

/// The ID of the object behind an interface as JSON.
pub fn encode_interface<T: Interface>(value: T) -> Encoded {
    Box::pin(async move { Ok(Value::String(value.node().call("id").value().await?)) })
}

/// The call of a function of an interface.
pub fn called(node: &Node, function: &str) -> Call {
    node.call(&spelling::of_value(function))
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
        give: |call, name, value| call.shared_argument(&spelling::of_value(name), value),
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
    fn at(node: Node) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Object + Input> Linked for T {
    fn at(node: Node) -> Self {
        T::from_node(node)
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

impl<T: Answered, E: From<DaggerError>> Promised for Result<T, E> {
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
    fn decode(value: Value, client: &Query) -> Result<Self, ConversionError>;
}

#[diagnostic::do_not_recommend]
impl<T: Shared> Answered for T {
    fn describe(registry: &mut Registry) -> TypeRef {
        <T as Input>::describe(registry)
    }

    fn decode(value: Value, client: &Query) -> Result<Self, ConversionError> {
        <T as Input>::decode(value, client)
    }
}

impl Answered for () {
    fn describe(registry: &mut Registry) -> TypeRef {
        <() as Output>::describe(registry)
    }

    fn decode(_: Value, _: &Query) -> Result<Self, ConversionError> {
        Ok(())
    }
}

async fn ask<T: Answered>(call: Call) -> Result<T, DaggerError> {
    let client = call.client();
    let call = match T::describe(&mut Registry::default()).is_named() {
        true => call.node().call("id"),
        false => call,
    };
    let answer: Option<Value> = call.value().await?;
    T::decode(answer.map_or(Value::Null, bare), &client).map_err(|error| unreadable(&error))
}

/// A list of objects comes as a list of their selections, `[{"id": "…"}]`.
fn bare(answer: Value) -> Value {
    match answer {
        Value::Array(items) => items.into_iter().map(bare).collect(),
        Value::Object(fields) => fields.into_values().next().map_or(Value::Null, bare),
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
        ask: |call| T::at(call.node()),
    }
}

/// The conversions of a result that is waited for.
pub const fn promised<T: Promised>() -> Promise<Sent<'static, T>> {
    Promise {
        describe: T::describe,
        ask: T::ask,
    }
}
