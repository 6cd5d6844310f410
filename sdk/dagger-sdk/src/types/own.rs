//! The module's own objects as others have them: by calls over the session.
//!
//! A function has its object's state, but others know an object by its ID alone. Where the object is
//! to be given for an interface of a dependency, it is made anew over the session.

use super::conversion::ConversionError;
use super::convert::Input;
use super::interface::{loaded, module, of_selection};
use super::object::Object;
use super::shared::Shared;
use super::spelling;
use crate::client::Dag;
use crate::query::{ApiObject, ApiType, Argument, Awaited, Call, Kind, OwnObject};
use crate::result::Result;
use crate::session::EngineError;
use serde_json::Value;

/// The module's main object, as other modules make it.
pub trait Itself: Object {
    /// The object made anew over the session, by a call of its constructor with the object's fields.
    ///
    /// What is private gets its default there. An author's own constructor brings a function of this
    /// name that takes its arguments, if it stands in a block with `#[functions(itself)]`.
    fn itself(&self, dag: &Dag) -> Self::Calls {
        made(self, dag).into()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Object> Itself for T {}

fn made<T: Object>(object: &T, dag: &Dag) -> OwnObject {
    let module = module();
    let call = ApiObject::node(dag).call(module.constructor());
    let call = if module.is_main(T::NAME) {
        call
    } else {
        call.argument("self", Argument::Impossible(NOT_MAIN))
    };
    let given = object.given().into_iter();
    let call = given.fold(call, |call, (name, argument)| {
        call.argument(spelling::of_value(name), argument)
    });
    OwnObject::at(call.node())
}

const NOT_MAIN: &str = "only the main object of a module can be made by a call of its constructor";

/// An object of the module out of its ID.
///
/// # Errors
/// If the JSON is no ID.
pub fn own_of_id<T: Object>(json: Value, dag: &Dag) -> Result<T::Calls, ConversionError> {
    Ok(OwnObject::at(loaded(T::NAME, json, dag)?).into())
}

/// The main object, made by a call of the author's own constructor.
pub fn constructor(dag: &Dag) -> Call {
    ApiObject::node(dag).call(module().constructor())
}

/// A type that a function of a module returns, seen from over the session.
#[diagnostic::on_unimplemented(
    message = "a call over the session can't return `{Self}`",
    label = "has no counterpart on the other side",
    note = "leave `itself` out of `#[functions(itself)]`, or return a type that the SDK knows"
)]
pub trait Remote: Sized {
    /// The value, once it has been waited for.
    type Value: Send;
    /// What a call gives: an object at once, a value by a future.
    type Called;

    /// Whether the value is named by an ID.
    const NAMED: bool;

    /// The value out of its JSON.
    ///
    /// # Errors
    /// If the JSON is of another type.
    fn value(json: Value, dag: &Dag) -> Result<Self::Value, ConversionError>;

    /// What the call gives.
    fn called(call: Call) -> Self::Called;
}

/// Asks the engine for a value.
pub fn awaited<T: Remote>(call: Call) -> Awaited<T::Value> {
    let node = call.node();
    Box::pin(async move {
        let dag = <Dag as ApiObject>::at(node.to_root());
        let end = if T::NAMED {
            node.call("id").node()
        } else {
            node
        };
        let answer: Value = end.value().await?;
        T::value(of_selection(answer), &dag).map_err(|error| {
            EngineError::new(format!("the engine's answer to {end:?}: {error}")).into()
        })
    })
}

macro_rules! plain {
    ($($rust:ty)*) => {$(
        impl Remote for $rust {
            type Value = Self;
            type Called = Awaited<Self>;
            const NAMED: bool = false;

            fn value(json: Value, dag: &Dag) -> Result<Self, ConversionError> {
                Self::decode(json, dag)
            }

            fn called(call: Call) -> Awaited<Self> {
                awaited::<Self>(call)
            }
        }
    )*};
}

plain!(String bool i64 isize u64 usize i32 i16 i8 u32 u16 u8 f64 f32);

impl Remote for () {
    type Value = ();
    type Called = Awaited<()>;
    const NAMED: bool = false;

    fn value(_: Value, _: &Dag) -> Result<(), ConversionError> {
        Ok(())
    }

    fn called(call: Call) -> Awaited<()> {
        awaited::<()>(call)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ApiType> Remote for T {
    type Value = Self;
    type Called = T::Promise;
    const NAMED: bool = matches!(T::KIND, Kind::Object);

    fn value(json: Value, dag: &Dag) -> Result<Self, ConversionError> {
        Self::decode(json, dag)
    }

    fn called(call: Call) -> T::Promise {
        T::promise(call)
    }
}

impl<T: Remote> Remote for Vec<T> {
    type Value = Vec<T::Value>;
    type Called = Awaited<Self::Value>;
    const NAMED: bool = T::NAMED;

    fn value(json: Value, dag: &Dag) -> Result<Self::Value, ConversionError> {
        let Value::Array(items) = json else {
            return Err(ConversionError::unexpected("a list", &json));
        };
        items.into_iter().map(|item| T::value(item, dag)).collect()
    }

    fn called(call: Call) -> Self::Called {
        awaited::<Self>(call)
    }
}

impl<T: Remote> Remote for Option<T> {
    type Value = Option<T::Value>;
    type Called = Awaited<Self::Value>;
    const NAMED: bool = T::NAMED;

    fn value(json: Value, dag: &Dag) -> Result<Self::Value, ConversionError> {
        match json {
            Value::Null => Ok(None),
            json => T::value(json, dag).map(Some),
        }
    }

    fn called(call: Call) -> Self::Called {
        awaited::<Self>(call)
    }
}

impl<T: Remote, E> Remote for std::result::Result<T, E> {
    type Value = T::Value;
    type Called = T::Called;
    const NAMED: bool = T::NAMED;

    fn value(json: Value, dag: &Dag) -> Result<T::Value, ConversionError> {
        T::value(json, dag)
    }

    fn called(call: Call) -> T::Called {
        T::called(call)
    }
}

/// Carries the value that [`given_of!`](crate::given_of) asks about.
pub struct ValueProbe<'a, T>(pub &'a T);

/// Method resolution finds this one first, where it applies.
pub trait PerhapsGiven {
    /// The value as an argument; nothing, where there is none.
    fn perhaps_given(&self) -> Option<Argument>;
}

impl<T: Shared> PerhapsGiven for ValueProbe<'_, T> {
    fn perhaps_given(&self) -> Option<Argument> {
        self.0.is_given().then(|| self.0.argument())
    }
}

/// Method resolution falls back to this one.
pub trait NeverGiven {
    /// An argument that fails when it is sent.
    fn perhaps_given(&self) -> Option<Argument>;
}

impl<T> NeverGiven for &ValueProbe<'_, T> {
    fn perhaps_given(&self) -> Option<Argument> {
        Some(Argument::Impossible(
            "an object of the module can't be given to its own constructor",
        ))
    }
}
