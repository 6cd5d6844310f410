//! Strings, booleans and numbers, and the two shapes that any type can take: optional and list.

use super::conversion::ConversionError;
use super::convert::{DefaultFor, Encoded, Input, Output};
use super::definition::TypeRef;
use super::registry::Registry;
use super::shared::Shared;
use crate::client::Dag;
use crate::query::Argument;
use serde_json::Value;

/// A value that is JSON already.
fn ready(value: Value) -> Encoded {
    Box::pin(std::future::ready(Ok(value)))
}

/// What the API holds of plain values.
fn held(value: Value) -> Result<Value, ConversionError> {
    match &value {
        // JSON has no infinity, and nothing that is no number.
        Value::Null => Err(ConversionError::unexpected("a finite number", &value)),
        Value::Number(number) if number.is_u64() && !number.is_i64() => {
            let expected = format!("a whole number of at most {}", i64::MAX);
            Err(ConversionError::unexpected(expected, &value))
        }
        _ => Ok(value),
    }
}

macro_rules! plain {
    ($($rust:ty as $kind:ident, $expected:literal, $read:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Input for $rust {
            fn describe(_: &mut Registry) -> TypeRef {
                TypeRef::$kind
            }

            fn decode(value: Value, _: &Dag) -> Result<Self, ConversionError> {
                let read: fn(&Value) -> Option<$rust> = $read;
                read(&value).ok_or_else(|| ConversionError::unexpected($expected, &value))
            }
        }

        #[diagnostic::do_not_recommend]
        impl Output for $rust {
            fn describe(_: &mut Registry) -> TypeRef {
                TypeRef::$kind
            }

            fn encode(self) -> Encoded {
                Box::pin(std::future::ready(held(self.into())))
            }
        }

        #[diagnostic::do_not_recommend]
        impl Shared for $rust {
            fn argument(&self) -> Argument {
                // JSON's plain values are GraphQL's.
                match held(self.clone().into()) {
                    Ok(value) => Argument::Literal(value.to_string()),
                    Err(_) => Argument::Impossible(
                        "a number of the API is finite, a whole one at most 9223372036854775807",
                    ),
                }
            }
        }

        #[diagnostic::do_not_recommend]
        impl DefaultFor<$rust> for $rust {
            fn into_json(self) -> Value {
                self.into()
            }
        }
    )*};
}

plain! {
    String as String, "a string", |value| value.as_str().map(str::to_owned);
    bool as Boolean, "true or false", Value::as_bool;
    i64 as Integer, "a whole number", Value::as_i64;
    isize as Integer, "a whole number", |value| value.as_i64()?.try_into().ok();
    // The API's numbers have 63 bits and a sign; what is larger is refused by the engine.
    u64 as Integer, "a whole number of at least 0", |value| value.as_i64()?.try_into().ok();
    usize as Integer, "a whole number of at least 0", |value| value.as_i64()?.try_into().ok();
    i32 as Integer, "a whole number of 32 bits", |value| value.as_i64()?.try_into().ok();
    i16 as Integer, "a whole number of 16 bits", |value| value.as_i64()?.try_into().ok();
    i8 as Integer, "a whole number of 8 bits", |value| value.as_i64()?.try_into().ok();
    u32 as Integer, "a whole number from 0 to 4294967295", |value| value.as_i64()?.try_into().ok();
    u16 as Integer, "a whole number from 0 to 65535", |value| value.as_i64()?.try_into().ok();
    u8 as Integer, "a whole number from 0 to 255", |value| value.as_i64()?.try_into().ok();
    f64 as Float, "a number", Value::as_f64;
    f32 as Float, "a number", |value| value.as_f64().map(|wide| wide as f32);
}

#[diagnostic::do_not_recommend]
impl DefaultFor<String> for &str {
    fn into_json(self) -> Value {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl Output for () {
    fn describe(_: &mut Registry) -> TypeRef {
        TypeRef::Optional(Box::new(TypeRef::Void))
    }

    fn encode(self) -> Encoded {
        ready(Value::Null)
    }
}

impl<T: Input> Input for Option<T> {
    const OPTIONAL: bool = true;

    fn describe(registry: &mut Registry) -> TypeRef {
        optional(T::describe(registry))
    }

    fn decode(value: Value, client: &Dag) -> Result<Self, ConversionError> {
        match value {
            Value::Null => Ok(None),
            value => T::decode(value, client).map(Some),
        }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Output + 'static> Output for Option<T> {
    fn describe(registry: &mut Registry) -> TypeRef {
        optional(T::describe(registry))
    }

    fn encode(self) -> Encoded {
        match self {
            None => ready(Value::Null),
            Some(value) => value.encode(),
        }
    }
}

impl<T: Shared> Shared for Option<T> {
    fn argument(&self) -> Argument {
        match self {
            None => Argument::Literal("null".into()),
            Some(value) => value.argument(),
        }
    }

    fn is_given(&self) -> bool {
        self.is_some()
    }
}

#[diagnostic::do_not_recommend]
impl<T, D: DefaultFor<T>> DefaultFor<Option<T>> for D {
    fn into_json(self) -> Value {
        D::into_json(self)
    }
}

impl<T: Input> Input for Vec<T> {
    fn describe(registry: &mut Registry) -> TypeRef {
        TypeRef::List(Box::new(T::describe(registry)))
    }

    fn decode(value: Value, client: &Dag) -> Result<Self, ConversionError> {
        let Value::Array(items) = value else {
            return Err(ConversionError::unexpected("a list", &value));
        };
        let decoded = items.into_iter().enumerate().map(|(index, item)| {
            T::decode(item, client).map_err(|error| error.at(format!("item {}", index + 1)))
        });
        decoded.collect()
    }
}

impl<T: Output + 'static> Output for Vec<T> {
    fn describe(registry: &mut Registry) -> TypeRef {
        TypeRef::List(Box::new(T::describe(registry)))
    }

    fn encode(self) -> Encoded {
        Box::pin(async move {
            let mut items = Vec::with_capacity(self.len());
            for (index, item) in self.into_iter().enumerate() {
                let item = item.encode().await;
                items.push(item.map_err(|error| error.at(format!("item {}", index + 1)))?);
            }
            Ok(Value::Array(items))
        })
    }
}

impl<T: Shared> Shared for Vec<T> {
    fn argument(&self) -> Argument {
        Argument::List(self.iter().map(Shared::argument).collect())
    }
}

#[diagnostic::do_not_recommend]
impl<T, D: DefaultFor<T>> DefaultFor<Vec<T>> for Vec<D> {
    fn into_json(self) -> Value {
        self.into_iter().map(DefaultFor::into_json).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<T, D: DefaultFor<T>, const N: usize> DefaultFor<Vec<T>> for [D; N] {
    fn into_json(self) -> Value {
        self.into_iter().map(DefaultFor::into_json).collect()
    }
}

/// An optional of an optional is no more than an optional.
fn optional(inner: TypeRef) -> TypeRef {
    match inner {
        already @ TypeRef::Optional(_) => already,
        inner => TypeRef::Optional(Box::new(inner)),
    }
}
