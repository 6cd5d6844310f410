//! A call that still takes arguments.

use super::answer::Answer;
use super::given::{Given, list};
use super::node::{Argument, Field, Node};
use crate::result::Result;
use crate::session::Sent;
use std::borrow::{Borrow, Cow};

/// A call of a function, with the arguments that it was given.
pub struct Call {
    of: Node,
    field: Field,
}

/// A value that is waited for.
pub type Awaited<T> = Sent<'static, Result<T>>;

/// Sends the chain, and returns the value at its end.
pub fn awaited<T: Answer + 'static>(call: Call) -> Awaited<T> {
    Box::pin(call.value())
}

/// Optional arguments, as a struct.
pub trait Options {
    /// Gives those that have a value.
    fn give(self, call: Call) -> Call;
}

impl Node {
    /// A call of a function of this object.
    pub fn call(&self, field: impl Into<Cow<'static, str>>) -> Call {
        Call {
            of: self.clone(),
            field: Field::of(field.into()),
        }
    }
}

impl Call {
    /// Gives an argument.
    #[must_use]
    pub fn argument(mut self, name: impl Into<Cow<'static, str>>, value: Argument) -> Self {
        self.field.arguments.push((name.into(), value));
        self
    }

    /// Gives a value.
    #[must_use]
    pub fn value_of<T: Given>(self, name: &'static str, value: impl Borrow<T>) -> Self {
        self.argument(name, value.borrow().given())
    }

    /// Gives a value, or leaves it out.
    #[must_use]
    pub fn option<T: Given>(self, name: &'static str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.argument(name, value.given()),
            None => self,
        }
    }

    /// Gives a text.
    #[must_use]
    pub fn text(self, name: &'static str, text: impl AsRef<str>) -> Self {
        self.argument(name, Argument::text(text.as_ref()))
    }

    /// Gives a list of texts.
    #[must_use]
    pub fn texts(
        self,
        name: &'static str,
        texts: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        let texts = texts.into_iter().map(|text| Argument::text(text.as_ref()));
        let texts = Argument::List(texts.collect());
        self.argument(name, texts)
    }

    /// Gives a list of values.
    #[must_use]
    pub fn list<T: Given>(
        self,
        name: &'static str,
        items: impl IntoIterator<Item = impl Borrow<T>>,
    ) -> Self {
        self.argument(name, list(items))
    }

    /// Gives optional arguments.
    #[must_use]
    pub fn options(self, options: impl Options) -> Self {
        options.give(self)
    }

    /// What the call returns, as the start of further calls; nothing is sent yet.
    pub fn node(self) -> Node {
        self.of.field(self.field)
    }

    /// Sends the chain, and returns the value at its end.
    ///
    /// # Errors
    /// The engine's.
    pub async fn value<T: Answer>(self) -> Result<T> {
        Ok(self.node().value().await?)
    }

    /// Sends the chain, whose end is no value.
    ///
    /// # Errors
    /// The engine's.
    pub async fn nothing(self) -> Result<()> {
        self.node().asked().await?;
        Ok(())
    }
}
