//! What the generated code of dependencies is made of. Not for use by hand.
//!
//! `dagger-sdk` keeps the type of a chain of calls to itself, so a chain travels inside the one
//! object that can be made of nothing, the client.

use crate::convert::{ConversionError, Input};
use crate::interface::Shared;
use crate::spelling;
use crate::watched::refuse;
use dagger_sdk::Query;
use dagger_sdk::core::graphql_client::GraphQLError;
pub use dagger_sdk::errors::DaggerError as Error;
pub use dagger_sdk::id::IntoID as IntoId;
pub use serde;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// The ID of an object, once the engine has named it.
pub type IdFuture<I> = Pin<Box<dyn Future<Output = Result<I, Error>> + Send>>;

/// An object at the end of a chain of calls.
#[derive(Clone)]
pub struct Node(Query);

/// The client as the start of a chain.
pub trait Root {
    /// The start of a chain.
    fn as_root(&self) -> Node;
}

impl Root for Query {
    fn as_root(&self) -> Node {
        Node(self.clone())
    }
}

/// An object of the API that a chain can end in.
pub trait Object: Sized + Clone + Send + Sync + 'static {
    /// The type of its ID.
    type Id: Serialize + DeserializeOwned + Send + 'static;
    /// The field of the client that loads it.
    const LOADER: &'static str;

    /// The object at the end of a chain.
    fn from_node(node: Node) -> Self;

    /// The chain that the object is the end of.
    fn node(&self) -> Node;
}

impl Node {
    /// The start of a chain.
    pub fn root(client: &impl Root) -> Self {
        client.as_root()
    }

    /// A call of a function of this object.
    pub fn call(&self, field: &str) -> Call {
        let mut client = self.0.clone();
        client.selection = client.selection.select(field);
        Call(client)
    }

    /// The client, with this chain as its own; used to make objects of `dagger-sdk`.
    pub(crate) fn into_client(self) -> Query {
        self.0
    }

    pub(crate) fn from_client(client: Query) -> Self {
        Self(client)
    }
}

/// A call that still takes arguments.
pub struct Call(Query);

impl Call {
    /// Gives an argument.
    #[must_use]
    pub fn argument(mut self, name: &str, value: impl Serialize) -> Self {
        self.0.selection = self.0.selection.arg(name, value);
        self
    }

    /// Gives an argument, or leaves it out.
    #[must_use]
    pub fn optional_argument(self, name: &str, value: Option<impl Serialize>) -> Self {
        match value {
            Some(value) => self.argument(name, value),
            None => self,
        }
    }

    /// Gives an object, whose ID is asked for when the chain is sent.
    #[must_use]
    pub fn object_argument<I: Serialize + 'static>(
        mut self,
        name: &str,
        object: impl IntoId<I>,
    ) -> Self {
        let literal = move || {
            let object = object.clone();
            let literal = async move {
                match object.into_id().await {
                    // An ID is a string: as JSON it is the literal that GraphQL takes.
                    Ok(id) => serde_json::to_string(&id).unwrap_or_default(),
                    Err(error) => refuse(&error),
                }
            };
            Box::pin(literal) as Pin<Box<dyn Future<Output = String> + Send>>
        };
        self.0.selection = self.0.selection.arg_lazy(name, Box::new(literal));
        self
    }

    /// Gives a value that is written into the query when the chain is sent; leaves out what is none.
    pub(crate) fn shared_argument<T: Shared>(mut self, name: &str, value: T) -> Self {
        if !value.is_given() {
            return self;
        }
        let value = Arc::new(value);
        let literal = move || {
            let value = value.clone();
            let literal = async move {
                let literal = value.literal().await;
                literal.unwrap_or_else(|error| refuse(&error))
            };
            Box::pin(literal) as Pin<Box<dyn Future<Output = String> + Send>>
        };
        self.0.selection = self.0.selection.arg_lazy(name, Box::new(literal));
        self
    }

    /// The client that the chain goes through, at its start.
    pub(crate) fn client(&self) -> Query {
        crate::run::query(self.0.graphql_client.clone())
    }

    /// What the call returns, as the start of a further call.
    pub(crate) fn node(self) -> Node {
        Node(self.0)
    }

    /// Gives an object, or leaves it out.
    #[must_use]
    pub fn optional_object_argument<T: Object + IntoId<T::Id>>(
        self,
        name: &str,
        object: Option<T>,
    ) -> Self {
        match object {
            Some(object) => self.object_argument::<T::Id>(name, object),
            None => self,
        }
    }

    /// A call of a function of what this one returns.
    #[must_use]
    pub fn then(self, field: &str) -> Self {
        Node(self.0).call(field)
    }

    /// The object that the call returns; nothing is sent yet.
    pub fn object<T: Object>(self) -> T {
        T::from_node(Node(self.0))
    }

    /// What the call returns, as an interface by its name among all modules.
    pub fn as_interface<T: Object>(self, name: &str) -> T {
        let field = spelling::of_value(&format!("as{name}"));
        self.then(&field).object()
    }

    /// Sends the chain, and returns the value at its end.
    ///
    /// # Errors
    /// The engine's.
    pub async fn value<T: DeserializeOwned>(self) -> Result<T, Error> {
        self.0
            .selection
            .execute(self.0.graphql_client.clone())
            .await
    }

    /// Sends the chain, and returns the members of the API's own enums at its end: an engine may spell
    /// them otherwise than its schema does.
    ///
    /// # Errors
    /// The engine's.
    pub async fn members<T: Input>(self) -> Result<T, Error> {
        let client = self.client();
        let answer: Option<Value> = self.value().await?;
        T::decode(answer.unwrap_or_default(), &client).map_err(|error| unreadable(&error))
    }

    /// Sends the chain, whose end is no value.
    ///
    /// # Errors
    /// The engine's.
    pub async fn nothing(self) -> Result<(), Error> {
        self.value::<Option<Value>>().await.map(drop)
    }

    /// Sends the chain, and returns the objects at its end.
    ///
    /// # Errors
    /// The engine's.
    pub async fn objects<T: Object>(self) -> Result<Vec<T>, Error> {
        /// What the engine answers for each.
        #[derive(serde::Deserialize)]
        struct Named<I> {
            id: I,
        }
        let root = Node(self.client());
        let ids = Node(self.0).call("id");
        let named: Vec<Named<T::Id>> = ids.value().await?;
        let loaded = named
            .into_iter()
            .map(|named| root.call(T::LOADER).argument("id", named.id).object());
        Ok(loaded.collect())
    }
}

/// An answer of the engine's that is of another type than its schema says.
pub(crate) fn unreadable(error: &ConversionError) -> Error {
    Error::Query(GraphQLError::HttpError(format!(
        "the engine's answer: {error}"
    )))
}
