//! A place in the graph of calls, the end of a chain of selections, and the arguments on the way there,
//! which are such places in their turn.

use super::answer::{Answer, Unreadable};
use super::id::{Id, Loader};
use super::literal::literal;
use crate::session::{EngineError, Sent, SharedSession};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// An object at the end of a chain of calls. Clones share the chain.
#[derive(Clone)]
pub struct Node {
    session: SharedSession,
    last: Option<Arc<Step>>,
}

/// One selection of a chain.
struct Step {
    before: Option<Arc<Step>>,
    selection: Selection,
    /// Asked for once: an object that was given twice is one object.
    id: OnceLock<Id>,
}

enum Selection {
    Field(Field),
    /// An inline fragment: what is selected is of this type.
    On(Cow<'static, str>),
}

pub(super) struct Field {
    pub name: Cow<'static, str>,
    pub arguments: Vec<(Cow<'static, str>, Argument)>,
}

impl Node {
    /// The start of all chains that go through a session.
    pub fn root(session: SharedSession) -> Self {
        Self {
            session,
            last: None,
        }
    }

    /// The start of the chains through this one's session.
    pub fn to_root(&self) -> Self {
        Self::root(self.session.clone())
    }

    pub(super) fn field(&self, field: Field) -> Self {
        self.selected(Selection::Field(field))
    }

    fn selected(&self, selection: Selection) -> Self {
        let step = Step {
            before: self.last.clone(),
            selection,
            id: OnceLock::new(),
        };
        Self {
            session: self.session.clone(),
            last: Some(Arc::new(step)),
        }
    }

    /// The object that an ID names.
    pub fn load(&self, loader: &Loader, id: Id) -> Self {
        let mut field = Field::of(match loader {
            Loader::Field(field) => field.clone(),
            Loader::Node(_) => "node".into(),
        });
        let argument = Argument::text(id.as_str());
        field.arguments.push(("id".into(), argument));
        let loaded = self.to_root().field(field);
        let loaded = match loader {
            Loader::Field(_) => loaded,
            Loader::Node(name) => loaded.selected(Selection::On(name.clone())),
        };
        if let Some(step) = &loaded.last {
            // A new step: nobody has set it.
            let _ = step.id.set(id);
        }
        loaded
    }

    /// The ID of the object, which the engine is asked for once.
    ///
    /// # Errors
    /// The engine's.
    pub fn id(&self) -> Sent<'_, Result<Id, EngineError>> {
        Box::pin(async move {
            if let Some(step) = &self.last
                && let Some(id) = step.id.get()
            {
                return Ok(id.clone());
            }
            let id: Id = self.field(Field::of("id".into())).value().await?;
            Ok(match &self.last {
                Some(step) => step.id.get_or_init(|| id).clone(),
                None => id,
            })
        })
    }

    fn known_id(&self) -> Option<&str> {
        Some(self.last.as_ref()?.id.get()?.as_ref())
    }

    fn steps(&self) -> Vec<&Step> {
        let last = self.last.as_deref();
        let mut steps: Vec<&Step> =
            std::iter::successors(last, |step| step.before.as_deref()).collect();
        steps.reverse();
        steps
    }

    /// Asks for the IDs of all objects that were given along the chain.
    async fn named(&self) -> Result<(), EngineError> {
        let mut objects = Vec::new();
        for step in self.steps() {
            if let Selection::Field(field) = &step.selection {
                for (name, argument) in &field.arguments {
                    let visited = argument.objects(&mut |node| objects.push(node.clone()));
                    visited.map_err(|why| EngineError::new(format!("argument `{name}`: {why}")))?;
                }
            }
        }
        for object in objects {
            object.id().await?;
        }
        Ok(())
    }

    fn query(&self) -> String {
        let steps = self.steps();
        let mut query = String::new();
        for step in &steps {
            query.push('{');
            match &step.selection {
                Selection::Field(field) => field.write(&mut query),
                Selection::On(name) => {
                    query.push_str("... on ");
                    query.push_str(name);
                }
            }
        }
        query.extend(std::iter::repeat_n('}', steps.len()));
        query
    }

    /// What the engine answers at the end of the chain.
    ///
    /// # Errors
    /// The engine's.
    pub(super) async fn asked(&self) -> Result<Value, EngineError> {
        self.named().await?;
        let mut value = self.session.ask(self.query()).await?;
        for step in self.steps() {
            if let Selection::Field(field) = &step.selection {
                value = match &mut value {
                    Value::Object(fields) => fields.remove(&*field.name).unwrap_or_default(),
                    // A nullable object on the way, or a list that the rest is selected of.
                    _ => return Ok(value),
                };
            }
        }
        Ok(value)
    }

    /// Sends the chain, and reads the value at its end.
    ///
    /// # Errors
    /// The engine's.
    pub async fn value<T: Answer>(&self) -> Result<T, EngineError> {
        let value = self.asked().await?;
        T::read(value).map_err(|error| self.unreadable(&error))
    }

    /// An answer of another type than the schema says.
    pub(super) fn unreadable(&self, error: &Unreadable) -> EngineError {
        EngineError::new(format!("the engine's answer to {self:?}: {error}"))
    }
}

impl Field {
    pub(super) fn of(name: Cow<'static, str>) -> Self {
        Self {
            name,
            arguments: Vec::new(),
        }
    }

    fn write(&self, query: &mut String) {
        query.push_str(&self.name);
        for (index, (name, argument)) in self.arguments.iter().enumerate() {
            query.push(if index == 0 { '(' } else { ',' });
            query.push_str(name);
            query.push(':');
            argument.write(query);
        }
        if !self.arguments.is_empty() {
            query.push(')');
        }
    }
}

/// A value of an argument, which can hold objects that have no ID yet.
#[derive(Clone)]
pub enum Argument {
    /// GraphQL, ready to be sent.
    Literal(String),
    /// An object; its ID is asked for when the chain is sent.
    Object(Node),
    /// A list.
    List(Vec<Argument>),
    /// An input object.
    Fields(Vec<(Cow<'static, str>, Argument)>),
    /// A value that GraphQL can't write; the chain fails with this text when it is sent.
    Impossible(&'static str),
}

impl Argument {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Literal(literal(text))
    }

    /// An input object of the fields that have a value.
    pub fn fields<const N: usize>(fields: [(&'static str, Option<Argument>); N]) -> Self {
        let given = fields
            .into_iter()
            .filter_map(|(name, value)| Some((Cow::Borrowed(name), value?)));
        Self::Fields(given.collect())
    }

    /// Calls `visit` with each object in the value.
    ///
    /// # Errors
    /// The text of a value that can't be written.
    fn objects<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) -> Result<(), &'static str> {
        match self {
            Self::Literal(_) => Ok(()),
            Self::Object(node) => {
                visit(node);
                Ok(())
            }
            Self::List(items) => items.iter().try_for_each(|item| item.objects(visit)),
            Self::Fields(fields) => fields
                .iter()
                .try_for_each(|(_, value)| value.objects(visit)),
            Self::Impossible(why) => Err(why),
        }
    }

    /// Writes the value into a query; its objects have been asked for their IDs.
    fn write(&self, query: &mut String) {
        match self {
            Self::Literal(text) => query.push_str(text),
            Self::Object(node) => query.push_str(&literal(node.known_id().unwrap_or_default())),
            Self::List(items) => {
                query.push('[');
                for (index, item) in items.iter().enumerate() {
                    query.push_str(if index > 0 { "," } else { "" });
                    item.write(query);
                }
                query.push(']');
            }
            Self::Fields(fields) => {
                query.push('{');
                for (index, (name, value)) in fields.iter().enumerate() {
                    query.push_str(if index > 0 { "," } else { "" });
                    query.push_str(name);
                    query.push(':');
                    value.write(query);
                }
                query.push('}');
            }
            Self::Impossible(_) => {}
        }
    }
}

/// The names of the calls; arguments, among which secrets can be, are left out.
impl fmt::Debug for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.steps();
        let names = steps.iter().filter_map(|step| match &step.selection {
            Selection::Field(field) => Some(&*field.name),
            Selection::On(_) => None,
        });
        formatter.write_str(&names.collect::<Vec<_>>().join("."))
    }
}

/// Step by step: a chain of thousands must not need as many frames of the stack.
impl Drop for Step {
    fn drop(&mut self) {
        let mut before = self.before.take();
        while let Some(mut step) = before.and_then(Arc::into_inner) {
            before = step.before.take();
        }
    }
}
