//! The three kinds of types of the generated client: what each does to cross the wire.

use super::answer::Unreadable;
use super::api::{ApiEnum, ApiObject};
use super::id::Id;
use super::node::Node;
use serde_json::Value;

/// Makes a struct around a [`Node`] an object of the API.
macro_rules! object {
    ($rust:ident, $name:literal, $loader:ident $by:literal) => {
        impl $crate::query::ApiType for $rust {
            const NAME: &'static str = $name;
            const KIND: $crate::query::Kind = $crate::query::Kind::Object;
            type Promise = Self;

            fn promise(call: $crate::query::Call) -> Self {
                Self(call.node())
            }

            fn of_json(
                value: ::serde_json::Value,
                root: &$crate::query::Node,
            ) -> ::core::result::Result<Self, $crate::query::Unreadable> {
                $crate::query::of_id(value, root)
            }

            fn to_argument(&self) -> $crate::query::Argument {
                $crate::query::Argument::Object(::core::clone::Clone::clone(&self.0))
            }

            fn to_node(&self) -> ::core::option::Option<&$crate::query::Node> {
                ::core::option::Option::Some(&self.0)
            }
        }

        impl $crate::query::ApiObject for $rust {
            const LOADER: $crate::query::Loader =
                $crate::query::Loader::$loader(::std::borrow::Cow::Borrowed($by));

            fn at(node: $crate::query::Node) -> Self {
                Self(node)
            }

            fn node(&self) -> &$crate::query::Node {
                &self.0
            }
        }

        impl $crate::query::Given for $rust {
            fn given(&self) -> $crate::query::Argument {
                $crate::query::ApiType::to_argument(self)
            }
        }
    };
}

/// The object whose ID a JSON value is.
pub fn of_id<T: ApiObject>(value: Value, root: &Node) -> Result<T, Unreadable> {
    match value {
        Value::String(id) => Ok(T::at(root.load(&T::LOADER, Id::from(id)))),
        other => Err(Unreadable::new(format!("the ID of a {}", T::NAME), &other)),
    }
}

/// Makes a plain enum one of the API.
macro_rules! members {
    ($rust:ident, $name:literal, [$($member:literal $variant:ident),* $(,)?]) => {
        impl $crate::query::ApiType for $rust {
            const NAME: &'static str = $name;
            const KIND: $crate::query::Kind = $crate::query::Kind::Enum;
            type Promise = $crate::query::Awaited<Self>;

            fn promise(call: $crate::query::Call) -> Self::Promise {
                $crate::query::awaited(call)
            }

            fn of_json(
                value: ::serde_json::Value,
                _: &$crate::query::Node,
            ) -> ::core::result::Result<Self, $crate::query::Unreadable> {
                $crate::query::member(&value)
            }

            fn to_argument(&self) -> $crate::query::Argument {
                // In a query a member stands without the quotes that it has in JSON.
                $crate::query::Argument::Literal($crate::query::ApiType::to_text(self).into())
            }

            fn to_text(&self) -> &str {
                $crate::query::name_of(self)
            }
        }

        impl $crate::query::ApiEnum for $rust {
            const MEMBERS: &'static [(&'static str, Self)] = &[$(($member, Self::$variant)),*];
        }

        impl ::core::fmt::Display for $rust {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str($crate::query::name_of(self))
            }
        }

        impl $crate::query::Answer for $rust {
            fn read(
                value: ::serde_json::Value,
            ) -> ::core::result::Result<Self, $crate::query::Unreadable> {
                $crate::query::member(&value)
            }
        }

        impl $crate::query::Given for $rust {
            fn given(&self) -> $crate::query::Argument {
                $crate::query::ApiType::to_argument(self)
            }
        }
    };
}

/// The member of that name. Engines send some in lower case.
pub fn member<T: ApiEnum>(value: &Value) -> Result<T, Unreadable> {
    let name = value.as_str().unwrap_or_default();
    let known = T::MEMBERS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    known
        .map(|(_, member)| *member)
        .ok_or_else(|| Unreadable::new(format!("a member of {}", T::NAME), value))
}

/// The name of a member in the API.
pub fn name_of<T: ApiEnum + PartialEq>(value: &T) -> &'static str {
    let known = T::MEMBERS.iter().find(|(_, member)| member == value);
    known.map_or("", |(name, _)| *name)
}

/// Makes a struct around a text a scalar of the API.
macro_rules! scalar {
    ($rust:ident, $name:literal) => {
        impl $crate::query::ApiType for $rust {
            const NAME: &'static str = $name;
            const KIND: $crate::query::Kind = $crate::query::Kind::Scalar;
            type Promise = $crate::query::Awaited<Self>;

            fn promise(call: $crate::query::Call) -> Self::Promise {
                $crate::query::awaited(call)
            }

            fn of_json(
                value: ::serde_json::Value,
                _: &$crate::query::Node,
            ) -> ::core::result::Result<Self, $crate::query::Unreadable> {
                <Self as $crate::query::Answer>::read(value)
            }

            fn to_argument(&self) -> $crate::query::Argument {
                $crate::query::Argument::text(&self.0)
            }

            fn to_text(&self) -> &str {
                &self.0
            }
        }

        impl $crate::query::Answer for $rust {
            fn read(
                value: ::serde_json::Value,
            ) -> ::core::result::Result<Self, $crate::query::Unreadable> {
                match value {
                    ::serde_json::Value::String(text) => ::core::result::Result::Ok(Self(text)),
                    other => ::core::result::Result::Err($crate::query::Unreadable::new(
                        concat!("the text of a ", $name),
                        &other,
                    )),
                }
            }
        }

        impl $crate::query::Given for $rust {
            fn given(&self) -> $crate::query::Argument {
                $crate::query::ApiType::to_argument(self)
            }
        }

        impl ::core::convert::AsRef<str> for $rust {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::core::convert::From<&str> for $rust {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl ::core::convert::From<::std::string::String> for $rust {
            fn from(text: ::std::string::String) -> Self {
                Self(text)
            }
        }

        impl ::core::fmt::Display for $rust {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

pub(crate) use {members, object, scalar};
