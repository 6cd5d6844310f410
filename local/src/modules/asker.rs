//! Answers what a module's process asks: what modules added is a call of a
//! module or a field of an object's state, everything else the core's.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::Error;
use crate::eval::Caller;
use crate::modules::calls::{Invocation, Modules};
use crate::modules::module::{Member, Module, member};
use crate::modules::names;
use crate::modules::surface::Surface;
use crate::modules::values::{Found, Values};
use crate::node::Node;
use crate::schema::{Answer, Asked, Gives, Resolve};
use crate::state::digest;
use crate::typedefs::{ArgDef, FunctionDef, ObjectDef, TypeDef, TypeKind};

/// How deep modules may call each other, themselves included.
const DEEPEST: usize = 64;

/// The calls that led to another one, the first one first.
#[derive(Debug, Clone, Default)]
pub struct Ancestors(Vec<String>);

/// A module's process that asks, or the session for it.
pub struct Asker {
    pub core: Caller,
    pub modules: Arc<Modules>,
    pub surface: Arc<Surface>,
    pub ancestors: Ancestors,
}

impl Resolve for Asker {
    fn resolve(&self, asked: Asked) -> Result<Answer, Error> {
        if !asked.is_of_module {
            return self.core.resolve(asked);
        }
        let Some(parent) = asked.parent else {
            return self.of_query(&asked.field, asked.args, &asked.gives);
        };
        let module = self.surface.of_type(&parent.ty);
        let module = module.ok_or_else(|| parent.unserved())?;
        if asked.field == "id" {
            return Ok(Answer::Value(json!(parent.id)));
        }
        if let Some(interface) = module.interface(&parent.ty)
            && let Some(Member::Function(promised)) = member(interface, &asked.field)
        {
            let object = self.values(module).behind(&parent);
            let object = object.ok_or_else(|| parent.unserved())?;
            let answer = self.of_object(&object, &asked.field, asked.args)?;
            return self.values(module).promised(&promised.return_type, answer);
        }
        if let Gives::Object(named) = &asked.gives
            && asked.field == format!("as{named}")
            && let Some(other) = self.surface.of_type(named)
        {
            let node = self.values(other).interface(named, &parent)?;
            return Ok(Answer::Object(node));
        }
        let object = Found {
            module: module.clone(),
            node: parent,
        };
        self.of_object(&object, &asked.field, asked.args)
    }
}

impl Asker {
    fn values<'a>(&'a self, module: &'a Arc<Module>) -> Values<'a> {
        Values {
            nodes: &self.core.evaluator.nodes,
            known: &self.modules.known,
            module,
        }
    }

    /// A constructor, or an object by its ID.
    fn of_query(
        &self,
        field: &str,
        args: Map<String, Value>,
        gives: &Gives,
    ) -> Result<Answer, Error> {
        if let Some(module) = self.surface.constructor(field)
            && let Some(main) = module.main_object()
        {
            let made = TypeDef::of(TypeKind::Object(main.name.clone()));
            let bare = FunctionDef::new("", made.clone());
            let constructor = FunctionDef {
                name: String::new(),
                return_type: made,
                ..main.constructor.clone().unwrap_or(bare)
            };
            return self.called(module, main, Value::Null, &constructor, args);
        }
        let Gives::Object(named) = gives else {
            return Err(Node::new("", None, field, args).unserved());
        };
        let module = self.surface.of_type(named);
        let module = module.ok_or_else(|| Node::new("", None, field, Map::new()).unserved())?;
        let id = args.get("id").and_then(Value::as_str).unwrap_or_default();
        Ok(Answer::Object(self.values(module).loaded(named, id)?))
    }

    /// A function or a field of a module's object.
    fn of_object(
        &self,
        object: &Found,
        field: &str,
        args: Map<String, Value>,
    ) -> Result<Answer, Error> {
        let definition = object.definition()?;
        match member(definition, field) {
            Some(Member::Function(function)) => {
                self.called(&object.module, definition, object.state(), function, args)
            }
            Some(Member::Field(known)) => {
                let value = object.state().get(&known.name).cloned();
                let values = self.values(&object.module);
                values.answer(&known.ty, value.unwrap_or(Value::Null))
            }
            None => Err(Node::new("", Some(object.node.clone()), field, args).unserved()),
        }
    }

    /// What a function of a module answers.
    fn called(
        &self,
        module: &Arc<Module>,
        object: &ObjectDef,
        parent: Value,
        function: &FunctionDef,
        args: Map<String, Value>,
    ) -> Result<Answer, Error> {
        let values = self.values(module);
        let mut given = Vec::with_capacity(args.len());
        for (name, value) in args {
            let mut known = function.args.iter();
            let arg = known.find(|arg: &&ArgDef| names::of_value(&arg.name) == name);
            if let Some(arg) = arg.filter(|_| !value.is_null()) {
                given.push((arg.name.clone(), values.given(&arg.ty, value)?));
            }
        }
        given.sort_by(|(one, _), (other, _)| one.cmp(other));
        let call = Invocation {
            parent_name: object.name.clone(),
            parent,
            name: function.name.clone(),
            args: given,
        };
        let value = match function.uncached {
            true => self.run(module, call, digest(["uncached"]))?,
            false => {
                let key = key(module, &call);
                if self.ancestors.0.contains(&key) {
                    return Err(endless(module, &call));
                }
                let answers = &self.modules.answers;
                answers.get(&key, || self.run(module, call, key.clone()))?
            }
        };
        values.answer(&function.return_type, value)
    }

    /// Runs the module's program; blocks until it has answered.
    fn run(&self, module: &Arc<Module>, call: Invocation, key: String) -> Result<Value, Error> {
        let mut ancestors = self.ancestors.clone();
        if ancestors.0.len() >= DEEPEST {
            return Err(endless(module, &call));
        }
        ancestors.0.push(key);
        let runtime = self.modules.runtime.clone();
        let mut ended = self.modules.ended.subscribe();
        runtime.block_on(async {
            tokio::select! {
                answer = self.modules.call(module, call, ancestors) => answer,
                _ = ended.wait_for(|ended| *ended) => Err(Error::Module {
                    message: format!("the session ended while the module {} ran", module.name),
                }),
            }
        })
    }
}

/// What tells a call from all others.
fn key(module: &Module, call: &Invocation) -> String {
    let args = Value::Object(call.args.iter().cloned().collect()).to_string();
    let parent = call.parent.to_string();
    let module = module.key();
    digest([&module, &call.parent_name, &parent, &call.name, &args])
}

fn endless(module: &Module, call: &Invocation) -> Error {
    let name = match call.name.as_str() {
        "" => "its constructor",
        name => name,
    };
    Error::Module {
        message: format!(
            "the module {} calls {name} of {} without end",
            module.name, call.parent_name
        ),
    }
}
