//! The functions of an object, out of all its `#[functions]` blocks.
//!
//! A block can't know of the others, nor the object of its blocks: each puts itself on a list that the
//! linker makes.

use super::definition::{FunctionDef, Place};
use super::error::ModuleError;
use super::future::LocalFuture;
use super::inputs::Inputs;
use super::registry::{Answer, Registry};
use std::any::Any;

/// A function of the object `T`.
pub struct Method<T> {
    name: &'static str,
    define: fn(&mut Registry) -> FunctionDef,
    call: fn(T, Inputs) -> Answer,
}

impl<T> Method<T> {
    /// The function of that name.
    pub const fn new(
        name: &'static str,
        define: fn(&mut Registry) -> FunctionDef,
        call: fn(T, Inputs) -> Answer,
    ) -> Self {
        Self { name, define, call }
    }
}

/// A block of functions of one object.
pub struct Block {
    place: Place,
    /// A `&'static [Method<T>]` of some object `T`.
    methods: &'static (dyn Any + Send + Sync),
}

inventory::collect!(Block);

impl Block {
    /// A block of functions of the object `T`.
    pub const fn new<T: 'static>(place: Place, methods: &'static &'static [Method<T>]) -> Self {
        Self { place, methods }
    }
}

/// The functions of all blocks of an object, in the order of files and lines.
fn methods<T: 'static>() -> impl Iterator<Item = &'static Method<T>> {
    let blocks = inventory::iter::<Block>.into_iter();
    let mut own: Vec<(Place, &[Method<T>])> = blocks
        .filter_map(|block| Some((block.place, *block.methods.downcast_ref()?)))
        .collect();
    own.sort_by_key(|(place, _)| *place);
    own.into_iter().flat_map(|(_, methods)| methods)
}

/// The definitions of the functions of an object.
pub fn functions_of<T: 'static>(registry: &mut Registry) -> Vec<FunctionDef> {
    methods::<T>()
        .map(|method| (method.define)(registry))
        .collect()
}

/// Calls a function of an object; nothing, if there is none of that name.
pub fn call_of<T: 'static>(object: T, name: &str, inputs: Inputs) -> Option<Answer> {
    let method = methods::<T>().find(|method| method.name == name)?;
    Some((method.call)(object, inputs))
}

/// A constructor of an author's own.
pub struct Constructor<T> {
    /// Its definition.
    pub define: fn(&mut Registry) -> FunctionDef,
    /// Makes the object.
    pub make: fn(Inputs) -> LocalFuture<Result<T, ModuleError>>,
}

/// What an object without a constructor has; the constant of a block with one comes first.
pub trait NoConstructor: Sized {
    /// The author's own constructor.
    const __DAGGER_ONE_CONSTRUCTOR: Option<Constructor<Self>> = None;
}

impl<T> NoConstructor for T {}
