//! The types of the generated client: objects, enums and scalars.

use super::conversion::ConversionError;
use super::convert::{DefaultFor, Encoded, Input, Output};
use super::definition::TypeRef;
use super::registry::Registry;
use super::shared::Shared;
use crate::client::Dag;
use crate::query::{ApiEnum, ApiObject, ApiType, Argument, Kind};
use serde_json::Value;

fn describe<T: ApiType>() -> TypeRef {
    match T::KIND {
        Kind::Object => TypeRef::Object(T::NAME),
        Kind::Enum => TypeRef::Enum(T::NAME),
        Kind::Scalar => TypeRef::Scalar(T::NAME),
    }
}

#[diagnostic::do_not_recommend]
impl<T: ApiType> Input for T {
    fn describe(_: &mut Registry) -> TypeRef {
        describe::<T>()
    }

    fn decode(value: Value, client: &Dag) -> Result<Self, ConversionError> {
        Ok(T::of_json(value, ApiObject::node(client))?)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ApiType> Output for T {
    fn describe(_: &mut Registry) -> TypeRef {
        describe::<T>()
    }

    fn encode(self) -> Encoded {
        Box::pin(async move {
            Ok(match self.to_node() {
                Some(node) => node
                    .id()
                    .await
                    .map_err(crate::result::Error::from)?
                    .into_string(),
                None => self.to_text().to_owned(),
            }
            .into())
        })
    }
}

#[diagnostic::do_not_recommend]
impl<T: ApiType> Shared for T {
    fn argument(&self) -> Argument {
        self.to_argument()
    }
}

#[diagnostic::do_not_recommend]
impl<T: ApiEnum> DefaultFor<T> for T {
    fn into_json(self) -> Value {
        self.to_text().into()
    }
}

#[diagnostic::do_not_recommend]
impl DefaultFor<crate::client::Platform> for &str {
    fn into_json(self) -> Value {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl DefaultFor<crate::client::Json> for &str {
    fn into_json(self) -> Value {
        self.into()
    }
}
