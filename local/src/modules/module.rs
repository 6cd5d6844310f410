//! A module as a session calls it: its program, its types, and the modules that
//! it depends on itself.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::modules::names;
use crate::state::digest;
use crate::sync::locked;
use crate::typedefs::{FieldDef, FunctionDef, ModuleDef, ObjectDef};

/// A module that can be called.
#[derive(Debug)]
pub struct Module {
    /// What its author calls it.
    pub original: String,
    /// What who depends on it calls it.
    pub name: String,
    /// The folder of its `dagger.json`.
    pub root: PathBuf,
    /// The program that answers its calls.
    pub program: PathBuf,
    /// Its types, under its own names.
    pub types: ModuleDef,
    /// The modules that it can call.
    pub dependencies: Vec<Arc<Module>>,
}

/// What a module gives a name to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Object,
    Interface,
    Enum,
}

/// Something that can be asked of an object.
pub enum Member<'a> {
    Function(&'a FunctionDef),
    Field(&'a FieldDef),
}

impl Module {
    /// What tells the module from all others, also from one of the same name.
    pub fn key(&self) -> String {
        digest([&*self.root.to_string_lossy(), &self.name])
    }

    /// The kind of one of the module's own types; `None` for those of the core.
    pub fn kind(&self, own: &str) -> Option<Kind> {
        let types = &self.types;
        let is_in = |objects: &[ObjectDef]| objects.iter().any(|known| known.name == own);
        if is_in(&types.objects) {
            Some(Kind::Object)
        } else if is_in(&types.interfaces) {
            Some(Kind::Interface)
        } else {
            let mut enums = types.enums.iter();
            enums.any(|known| known.name == own).then_some(Kind::Enum)
        }
    }

    /// The name that others know a type by that the module mentions.
    pub fn type_name(&self, mentioned: &str) -> String {
        match self.kind(mentioned) {
            Some(_) => names::of_own_type(mentioned, &self.original, &self.name),
            None => mentioned.to_owned(),
        }
    }

    /// The module's object of that name among all modules' types.
    pub fn object(&self, named: &str) -> Option<&ObjectDef> {
        let mut objects = self.types.objects.iter();
        objects.find(|object| self.type_name(&object.name) == named)
    }

    /// The module's interface of that name among all modules' types.
    pub fn interface(&self, named: &str) -> Option<&ObjectDef> {
        let mut interfaces = self.types.interfaces.iter();
        interfaces.find(|interface| self.type_name(&interface.name) == named)
    }

    /// The object that the module's constructor makes.
    pub fn main_object(&self) -> Option<&ObjectDef> {
        let objects = &self.types.objects;
        let name = names::of_type(&self.original);
        let named = |object: &&ObjectDef| names::of_type(&object.name) == name;
        objects
            .iter()
            .find(named)
            .or_else(|| objects.iter().find(|object| object.constructor.is_some()))
            .or_else(|| objects.first())
    }
}

/// What an object or an interface has under a name of the API.
pub fn member<'a>(object: &'a ObjectDef, named: &str) -> Option<Member<'a>> {
    let is_named = |name: &str| names::of_value(name) == named;
    let mut functions = object.functions.iter();
    let function = functions.find(|known| is_named(&known.name));
    function.map(Member::Function).or_else(|| {
        let mut fields = object.fields.iter();
        fields
            .find(|known| is_named(&known.name))
            .map(Member::Field)
    })
}

/// The modules of a session, by what tells them from each other.
#[derive(Debug, Default)]
pub struct Known(Mutex<HashMap<String, Arc<Module>>>);

impl Known {
    /// Makes a module known, and all that it depends on.
    pub fn add(&self, module: &Arc<Module>) {
        locked(&self.0).insert(module.key(), module.clone());
        for dependency in &module.dependencies {
            self.add(dependency);
        }
    }

    /// A module by its key.
    pub fn get(&self, key: &str) -> Option<Arc<Module>> {
        locked(&self.0).get(key).cloned()
    }
}
