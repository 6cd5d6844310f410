//! Values on their way to a module's function and back: others know objects by
//! IDs, a module gets its own as their state.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::Error;
use crate::modules::module::{Kind, Known, Module};
use crate::modules::subtypes::{Of, implements};
use crate::node::{Node, Nodes};
use crate::schema::Answer;
use crate::typedefs::{ObjectDef, TypeDef, TypeKind};

/// The argument of an object's node that holds the object's state.
const STATE: &str = "state";

/// Reads and writes the values of one module.
pub struct Values<'a> {
    pub nodes: &'a Nodes,
    pub known: &'a Known,
    pub module: &'a Arc<Module>,
}

/// An object of a module, as a node stands for it.
pub struct Found {
    pub module: Arc<Module>,
    pub node: Arc<Node>,
}

impl Found {
    /// What the module registered of the object.
    ///
    /// # Errors
    /// An object that the module does not have.
    pub fn definition(&self) -> Result<&ObjectDef, Error> {
        let definition = self.module.object(&self.node.ty);
        definition.ok_or_else(|| self.node.unserved())
    }

    /// The object's state; one without fields may have none.
    pub fn state(&self) -> Value {
        self.node.args.get(STATE).cloned().unwrap_or(Value::Null)
    }
}

impl Values<'_> {
    /// The object that a node stands for: itself, or what is behind an interface.
    pub fn behind(&self, node: &Arc<Node>) -> Option<Found> {
        let found = |node: &Arc<Node>| {
            Some(Found {
                module: self.known.get(&node.field)?,
                node: node.clone(),
            })
        };
        found(node).or_else(|| found(node.parent.as_ref()?))
    }

    /// An object of the module in a state.
    pub fn object(&self, own: &str, state: Value) -> Arc<Node> {
        let mut args = Map::new();
        args.insert(STATE.to_owned(), state);
        let (ty, key) = (self.module.type_name(own), self.module.key());
        self.nodes.keep(Node::new(&ty, None, &key, args))
    }

    /// What a node stands for as one of the module's interfaces.
    ///
    /// # Errors
    /// What lacks a function of the interface.
    pub fn interface(&self, named: &str, node: &Arc<Node>) -> Result<Arc<Node>, Error> {
        let found = self.behind(node);
        let is_one = found.as_ref().is_some_and(|found| {
            let object = found.module.object(&found.node.ty);
            let interface = self.module.interface(named);
            object.zip(interface).is_some_and(|(object, interface)| {
                let object = Of::new(&found.module, object);
                implements(&object, &Of::new(self.module, interface))
            })
        });
        match found {
            Some(found) if is_one => {
                let field = format!("as{named}");
                let node = Node::new(named, Some(found.node), &field, Map::new());
                Ok(self.nodes.keep(node))
            }
            _ => Err(Error::argument(
                format!("{named}ID"),
                format!(
                    "a {} has not all functions of the interface {named}",
                    node.ty
                ),
            )),
        }
    }

    /// The object of the module, or what stands for its interface, that an ID names.
    ///
    /// # Errors
    /// An ID that this session did not give, or one of something else.
    pub fn loaded(&self, named: &str, id: &str) -> Result<Arc<Node>, Error> {
        if self.module.interface(named).is_some() {
            return self.interface(named, &self.nodes.any(named, id)?);
        }
        let node = self.nodes.find(named, id)?;
        match node.field == self.module.key() {
            true => Ok(node),
            false => Err(Error::argument(
                format!("{named}ID"),
                format!(
                    "the ID belongs to another module that is called {}",
                    self.module.name
                ),
            )),
        }
    }

    /// A value as a function of the module takes it.
    ///
    /// # Errors
    /// As [`Values::loaded`].
    pub fn given(&self, ty: &TypeDef, value: Value) -> Result<Value, Error> {
        Ok(match (&ty.kind, value) {
            (TypeKind::List(element), Value::Array(items)) => {
                let items = items.into_iter().map(|item| self.given(element, item));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            (TypeKind::Object(name) | TypeKind::Interface(name), Value::String(id)) => {
                let named = self.module.type_name(name);
                match self.module.kind(name) {
                    Some(Kind::Object) => {
                        let node = self.loaded(&named, &id)?;
                        let module = self.module.clone();
                        Found { module, node }.state()
                    }
                    Some(_) => json!(self.loaded(&named, &id)?.id),
                    None => json!(self.nodes.find(&named, &id)?.id),
                }
            }
            (_, value) => value,
        })
    }

    /// What a function or a field of the module gives, out of its JSON.
    ///
    /// # Errors
    /// JSON of another type than the module registered.
    pub fn answer(&self, ty: &TypeDef, value: Value) -> Result<Answer, Error> {
        let name = match &ty.kind {
            TypeKind::Object(name) | TypeKind::Interface(name) => name,
            TypeKind::Void => return Ok(Answer::Value(Value::Null)),
            TypeKind::List(element) => {
                return match value {
                    Value::Null => Ok(Answer::Value(Value::Null)),
                    Value::Array(items) => {
                        let items = items.into_iter().map(|item| self.answer(element, item));
                        Ok(Answer::List(items.collect::<Result<_, _>>()?))
                    }
                    other => Err(self.unexpected("a list", &other)),
                };
            }
            _ => return Ok(Answer::Value(value)),
        };
        Ok(match (self.module.kind(name), value) {
            (_, Value::Null) => Answer::Value(Value::Null),
            (Some(Kind::Object), state @ Value::Object(_)) => {
                Answer::Object(self.object(name, state))
            }
            (Some(Kind::Interface), Value::String(id)) => {
                Answer::Object(self.loaded(&self.module.type_name(name), &id)?)
            }
            (None, Value::String(id)) => Answer::Object(self.nodes.find(name, &id)?),
            (_, other) => return Err(self.unexpected(&format!("a {name}"), &other)),
        })
    }

    /// An answer as an interface of the module promises it: objects of other
    /// modules stand for interfaces there.
    ///
    /// # Errors
    /// An object that has not all functions of the interface.
    pub fn promised(&self, ty: &TypeDef, answer: Answer) -> Result<Answer, Error> {
        Ok(match (&ty.kind, answer) {
            (TypeKind::Interface(name), Answer::Object(node)) => {
                Answer::Object(self.interface(&self.module.type_name(name), &node)?)
            }
            (TypeKind::List(element), Answer::List(items)) => {
                let items = items.into_iter().map(|item| self.promised(element, item));
                Answer::List(items.collect::<Result<_, _>>()?)
            }
            (_, answer) => answer,
        })
    }

    fn unexpected(&self, expected: &str, got: &Value) -> Error {
        let name = &self.module.name;
        Error::Module {
            message: format!("the module {name} answered with {got} where {expected} is expected"),
        }
    }
}
