//! A program that calls every method of a generated client with every argument, written out of the
//! client's text alone.

use quote::ToTokens;
use std::collections::BTreeMap;
use syn::{Fields, FnArg, ImplItem, Item, Pat, ReturnType, Type};

const HEAD: &str = r#"
#![allow(deprecated)]

use dagger_sdk::client::*;
use dagger_sdk::__private::Node as Chain;
use dagger_sdk::{ApiObject, EngineError, Id, Session, serde_json};
use std::future::Future;
use std::pin::{Pin, pin};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// Prints what it is asked, or answers: this at the end of the chain.
static END: Mutex<Option<Value>> = Mutex::new(None);

struct Asked;

type Answer = Result<Value, EngineError>;

impl Session for Asked {
    fn ask(&self, query: String) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
        let answer = match &*END.lock().unwrap() {
            Some(end) => Ok(nested(&query, end.clone())),
            None => {
                println!("{query}");
                Err(EngineError::new("no answer"))
            }
        };
        Box::pin(std::future::ready(answer))
    }
}

/// The value below the fields of a query; arguments and fragments are no fields.
fn nested(query: &str, end: Value) -> Value {
    let mut depth = 0;
    let bare: String = query
        .chars()
        .filter(|letter| {
            depth += i32::from(*letter == '(');
            let kept = depth == 0;
            depth -= i32::from(*letter == ')');
            kept
        })
        .collect();
    let names = bare.split(['{', '}']).filter(|name| !name.is_empty());
    let mut names: Vec<&str> = names.filter(|name| !name.starts_with("...")).collect();
    if end.is_null() || end.is_array() {
        // Of a list, and of what is not there, the ID is only the selection.
        names.retain(|name| *name != "id");
    }
    let nest = |value, name: &&str| serde_json::json!({*name: value});
    names.iter().rev().fold(end, nest)
}

/// What a call returns when the engine answers `end`.
fn answered<T>(end: Value, call: impl Future<Output = dagger_sdk::Result<T>>) -> dagger_sdk::Result<T> {
    *END.lock().unwrap() = Some(end);
    let call = pin!(call);
    let Poll::Ready(result) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the session answers at once");
    };
    *END.lock().unwrap() = None;
    result
}

fn usable<T: ApiObject>(call: impl Future<Output = dagger_sdk::Result<Vec<T>>>, what: &str) {
    let ids = serde_json::json!([{"id": "one"}, {"id": "two"}]);
    let list = answered(ids, call).expect(what);
    let ids: Vec<String> = list
        .iter()
        .map(|item| match pin!(ApiObject::node(item).id()).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(id) => id.expect(what).into_string(),
            Poll::Pending => panic!("{what}"),
        })
        .collect();
    assert_eq!(ids, ["one", "two"], "{what}");
}

fn none<T>(call: impl Future<Output = dagger_sdk::Result<Option<T>>>, what: &str) {
    assert!(answered(Value::Null, call).expect(what).is_none(), "{what}");
}

fn refused<T>(call: impl Future<Output = dagger_sdk::Result<T>>, what: &str) {
    let error = answered(Value::Null, call).err().expect(what).to_string();
    assert!(error.ends_with(", got null"), "{what}: {error}");
}

/// The session answers at once.
fn now<F: Future>(future: F) {
    let future = pin!(future);
    assert!(future.poll(&mut Context::from_waker(Waker::noop())).is_ready());
}

/// An object whose ID is known.
fn sample<T: ApiObject>() -> T {
    let root = Chain::root(Arc::new(Asked));
    T::at(root.load(&T::LOADER, Id::from("x".to_owned())))
}

"#;

/// What the client's types are made of.
enum Kind {
    Object,
    Scalar,
    Enum(String),
    Parts(Vec<(String, String)>),
}

/// The program, and how many methods it calls.
pub fn program(client: &str) -> (String, usize) {
    let file = syn::parse_file(client).unwrap();
    let kinds: BTreeMap<String, Kind> = file.items.iter().filter_map(kind).collect();
    let mut text = HEAD.to_owned();
    let mut main = String::from("fn main() {\n");
    let mut count = 0;
    let blocks = file.items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    for block in blocks {
        let name = written(&block.self_ty);
        if !matches!(kinds.get(&name), Some(Kind::Object)) {
            continue;
        }
        let object = if name == "Dag" {
            "Dag::at(Chain::root(Arc::new(Asked)))".to_owned()
        } else {
            format!("sample::<{name}>()")
        };
        text.push_str(&format!("fn of_{name}() {{\n    let object = {object};\n"));
        main.push_str(&format!("    of_{name}();\n"));
        for item in &block.items {
            let ImplItem::Fn(method) = item else { continue };
            // What asks nothing: another name for the same chain.
            if !method
                .block
                .to_token_stream()
                .to_string()
                .contains(". call (")
            {
                continue;
            }
            count += 1;
            let arguments: Vec<String> = method
                .sig
                .inputs
                .iter()
                .filter_map(|input| match input {
                    FnArg::Typed(typed) => Some((&typed.pat, &typed.ty)),
                    FnArg::Receiver(_) => None,
                })
                .map(|(pattern, ty)| argument(pattern, ty, &kinds))
                .collect();
            let call = format!("object.{}({})", method.sig.ident, arguments.join(", "));
            let is_async = method.sig.asyncness.is_some();
            assert!(
                is_async || returns_object(&method.sig.output, &kinds),
                "{call}"
            );
            text.push_str(&if is_async {
                format!(
                    "    now({call});\n{}",
                    answered(&method.sig.output, &call, &kinds)
                )
            } else {
                format!("    now(ApiObject::node(&{call}).id());\n")
            });
        }
        text.push_str("}\n\n");
    }
    (text + &main + "}\n", count)
}

fn kind(item: &Item) -> Option<(String, Kind)> {
    match item {
        Item::Struct(item) => {
            let kind = match &item.fields {
                Fields::Named(fields) => Kind::Parts(
                    fields
                        .named
                        .iter()
                        .map(|field| {
                            (
                                field.ident.to_token_stream().to_string(),
                                written(&field.ty),
                            )
                        })
                        .collect(),
                ),
                fields => match written(&fields.iter().next()?.ty).as_str() {
                    "Chain" => Kind::Object,
                    _ => Kind::Scalar,
                },
            };
            Some((item.ident.to_string(), kind))
        }
        Item::Enum(item) => {
            let first = item.variants.first()?.ident.to_string();
            Some((item.ident.to_string(), Kind::Enum(first)))
        }
        _ => None,
    }
}

fn returns_object(output: &ReturnType, kinds: &BTreeMap<String, Kind>) -> bool {
    match output {
        ReturnType::Type(_, ty) => matches!(kinds.get(&written(ty)), Some(Kind::Object)),
        ReturnType::Default => false,
    }
}

/// What the engine's answers of one kind become: elements of lists can be used, and null is none.
fn answered(output: &ReturnType, call: &str, kinds: &BTreeMap<String, Kind>) -> String {
    let ReturnType::Type(_, ty) = output else {
        return String::new();
    };
    let ty = written(ty);
    let inner = ty
        .strip_prefix("Result<")
        .and_then(|rest| rest.strip_suffix('>'));
    let inner = inner.unwrap_or_default();
    let element = inner
        .strip_prefix("Vec<")
        .and_then(|rest| rest.strip_suffix('>'));
    let is_object = |name: &str| matches!(kinds.get(name), Some(Kind::Object));
    let check = if element.is_some_and(is_object) {
        "usable"
    } else if inner.starts_with("Option<") {
        "none"
    } else if inner == "()" {
        return String::new();
    } else {
        "refused"
    };
    format!("    {check}({call}, {call:?});\n")
}

fn written(ty: &Type) -> String {
    ty.to_token_stream().to_string().replace(' ', "")
}

fn argument(pattern: &Pat, ty: &Type, kinds: &BTreeMap<String, Kind>) -> String {
    let ty = written(ty);
    let inner = |prefix: &str| {
        let rest = ty.strip_prefix(prefix)?;
        Some(rest.trim_end_matches('>').to_owned() + &">".repeat(missing(rest)))
    };
    if ty == "implAsRef<str>" {
        "\"x\"".into()
    } else if ty == "implIntoIterator<Item=implAsRef<str>>" {
        "[\"x\"]".into()
    } else if let Some(element) = inner("implIntoIterator<Item=implBorrow<") {
        format!("[{}]", value(&element, kinds))
    } else if let Some(inner) = inner("implBorrow<") {
        format!("&{}", value(&inner, kinds))
    } else {
        let name = pattern.to_token_stream();
        assert!(!ty.starts_with("impl"), "{name}: {ty}");
        value(&ty, kinds)
    }
}

/// How many brackets a type opens that its text, less those at its end, does not close.
fn missing(text: &str) -> usize {
    let bare = text.trim_end_matches('>');
    bare.matches('<').count() - bare.matches('>').count()
}

fn value(ty: &str, kinds: &BTreeMap<String, Kind>) -> String {
    let within = |prefix: &str| ty.strip_prefix(prefix)?.strip_suffix('>');
    if let Some(element) = within("Vec<") {
        return format!("vec![{}]", value(element, kinds));
    }
    if let Some(inner) = within("Option<") {
        return format!("Some({})", value(inner, kinds));
    }
    match ty {
        "String" => "\"x\".into()".into(),
        "i64" => "1".into(),
        "f64" => "0.5".into(),
        "bool" => "true".into(),
        "Id" => "Id::from(\"x\".to_owned())".into(),
        name => match kinds.get(name) {
            Some(Kind::Object) => format!("sample::<{name}>()"),
            Some(Kind::Scalar) => format!("{name}(\"x\".into())"),
            Some(Kind::Enum(first)) => format!("{name}::{first}"),
            Some(Kind::Parts(fields)) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|(field, ty)| format!("{field}: {}", value(ty, kinds)))
                    .collect();
                format!("{name} {{ {} }}", fields.join(", "))
            }
            None => panic!("no sample of {name}"),
        },
    }
}
