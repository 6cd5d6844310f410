//! Carries out a chained call: the module's functions one by one, then all
//! core functions behind the last of them as one query.

use serde_json::{Map, Value, json};

use super::api::Answers;
use super::chain::{Chain, Step, object_name};
use super::core_schema::CoreSchema;
use super::engine::Engine;
use super::error::CliError;
use super::query::{Selection, literal, resolve};
use crate::Invocation;
use crate::typedefs::{TypeDef, TypeKind};

/// What a call came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// A scalar, or the ID of a core object, or the state of a module's
    /// object; or a list of those.
    pub value: Value,
    pub ty: TypeDef,
    /// Whether `value` holds objects of the core, as IDs.
    pub is_core: bool,
}

impl Outcome {
    /// The ID of the changeset that the call came to, if it did.
    pub fn changeset(&self) -> Option<&str> {
        let is_changeset = self.is_core && object_name(&self.ty) == Some("Changeset");
        self.value.as_str().filter(|_| is_changeset)
    }
}

/// Runs the chain.
///
/// # Errors
/// The first step that fails.
pub async fn run(
    engine: &impl Engine,
    schema: &CoreSchema,
    chain: &Chain,
) -> Result<Outcome, CliError> {
    let split = chain
        .steps
        .iter()
        .position(|step| step.answers == Answers::Core)
        .unwrap_or(chain.steps.len());
    let (of_module, of_core) = chain.steps.split_at(split);

    let mut value = construct(engine, &chain.constructor).await?;
    for step in of_module {
        value = each(engine, value, step).await?;
    }
    let ty = chain.result().clone();
    let is_core = object_name(&ty).is_some_and(|name| schema.objects.contains_key(name));
    if let Some(first) = of_core.first() {
        value = core(engine, schema, &first.object, value, of_core, &ty).await?;
    }
    if chain.options.json && object_name(&ty).is_none() {
        value = shaped(value, &chain.steps, false);
    }
    Ok(Outcome { value, ty, is_core })
}

async fn construct(engine: &impl Engine, constructor: &Step) -> Result<Value, CliError> {
    let call = Invocation {
        parent_name: constructor.object.clone(),
        parent: Value::Null,
        name: String::new(),
        args: arguments(engine, constructor).await?,
    };
    Ok(engine.invoke(call).await?)
}

/// Calls a step on an object of the module, or on each of a list.
async fn each(engine: &impl Engine, parent: Value, step: &Step) -> Result<Value, CliError> {
    match parent {
        Value::Null => Err(nothing(step)),
        Value::Array(parents) => {
            let mut results = Vec::with_capacity(parents.len());
            for parent in parents {
                results.push(one(engine, parent, step).await?);
            }
            Ok(Value::Array(results))
        }
        parent => one(engine, parent, step).await,
    }
}

async fn one(engine: &impl Engine, parent: Value, step: &Step) -> Result<Value, CliError> {
    if step.answers == Answers::Field {
        return Ok(parent
            .get(&step.function.name)
            .cloned()
            .unwrap_or(Value::Null));
    }
    let call = Invocation {
        parent_name: step.object.clone(),
        parent,
        name: step.function.name.clone(),
        args: arguments(engine, step).await?,
    };
    Ok(engine.invoke(call).await?)
}

fn nothing(step: &Step) -> CliError {
    CliError::Unserved(format!(
        "there is no {} to call {:?} on: the function before it returned nothing",
        step.object,
        super::cli_name(&step.function.name)
    ))
}

async fn arguments(engine: &impl Engine, step: &Step) -> Result<Vec<(String, Value)>, CliError> {
    let mut arguments = Vec::with_capacity(step.arguments.len());
    for (name, given) in &step.arguments {
        arguments.push((name.clone(), resolve(engine, given).await?));
    }
    Ok(arguments)
}

/// Calls the core functions behind an object's ID.
async fn core(
    engine: &impl Engine,
    schema: &CoreSchema,
    object: &str,
    start: Value,
    steps: &[Step],
    ty: &TypeDef,
) -> Result<Value, CliError> {
    match start {
        Value::Null => Err(nothing(&steps[0])),
        Value::Array(starts) => {
            let mut results = Vec::with_capacity(starts.len());
            for start in starts {
                results.push(Box::pin(core(engine, schema, object, start, steps, ty)).await?);
            }
            Ok(Value::Array(results))
        }
        start => {
            let mut selection = Selection::from_id(object, start.as_str().unwrap_or_default());
            // `sync` and the like answer an ID by themselves.
            let mut is_id = false;
            for step in steps {
                if is_id {
                    let id = leaf(engine.query(&selection.text()).await?);
                    selection = Selection::from_id(&step.object, id.as_str().unwrap_or_default());
                }
                let mut written = Vec::new();
                for (name, given) in &step.arguments {
                    written.push((name.clone(), literal(engine, given).await?));
                }
                selection.call(&step.function.name, &written);
                is_id = schema.answers_id(&step.object, &step.function.name);
            }
            if object_name(ty).is_some() && !is_id {
                selection.call("id", &[]);
            }
            let data = engine.query(&selection.text()).await?;
            Ok(leaf(data))
        }
    }
}

/// The value as JSON shows it: an element of a list of objects keeps the names
/// of what was called on it.
fn shaped(value: Value, steps: &[Step], is_element: bool) -> Value {
    let Some((step, rest)) = steps.split_first() else {
        return value;
    };
    let is_list = matches!(step.function.return_type.kind, TypeKind::List(_));
    let inner = match value {
        Value::Array(items) if is_list && !rest.is_empty() => items
            .into_iter()
            .map(|item| shaped(item, rest, true))
            .collect(),
        value => shaped(value, rest, is_element),
    };
    match is_element {
        true => json!({&step.function.name: inner}),
        false => inner,
    }
}

/// The value at the end of a selection: every object has one field.
fn leaf(data: Value) -> Value {
    match data {
        Value::Object(fields) => only(fields).map_or(Value::Null, leaf),
        Value::Array(items) => Value::Array(items.into_iter().map(leaf).collect()),
        value => value,
    }
}

fn only(fields: Map<String, Value>) -> Option<Value> {
    fields.into_iter().next().map(|(_, value)| value)
}

#[cfg(test)]
mod tests;
