//! The number of requests does not grow with the module.

use dagger_sdk::__private::{
    Answer, ArgDef, Argument, CachePolicy, FieldDef, FunctionDef, Inputs, LocalFuture, NewState,
    OwnObject, Place, Registry, State, TypeRef, reader,
};
use dagger_sdk::testing::{self, Recorder};
use dagger_sdk::{ConversionError, ModuleError, Object};

/// An object of as many functions as one likes.
struct Many<const FUNCTIONS: usize>;

impl<const FUNCTIONS: usize> Object for Many<FUNCTIONS> {
    type Calls = OwnObject;
    const NAME: &'static str = "Many";
    const DESCRIPTION: &'static str = "";
    const FIELD_NAMES: &'static [&'static str] = &[];
    const PLACE: Place = Place {
        file: "",
        line: 0,
        column: 0,
    };

    fn fields(_: &mut Registry) -> Vec<FieldDef> {
        Vec::new()
    }

    fn given(&self) -> Vec<(&'static str, Argument)> {
        Vec::new()
    }

    fn functions(registry: &mut Registry) -> Vec<FunctionDef> {
        let texts = (reader::<Option<Vec<String>>>().describe)(registry);
        let argument = ArgDef {
            name: "texts",
            description: "Some texts.",
            type_ref: texts,
            default: None,
            default_path: None,
            default_address: None,
            ignore: &[],
            deprecated: None,
            place: Place::default(),
        };
        let function = |index: usize| FunctionDef {
            name: Box::leak(format!("function{index}").into_boxed_str()),
            description: "Do one of many things.",
            args: vec![argument.clone()],
            returns: TypeRef::Object("Container"),
            check: false,
            generate: false,
            up: false,
            cache: CachePolicy::Default,
            deprecated: None,
            place: Place::default(),
        };
        (0..FUNCTIONS).map(function).collect()
    }

    fn constructor(_: &mut Registry) -> FunctionDef {
        FunctionDef::of_fields(Vec::new(), TypeRef::Object("Many"), Place::default())
    }

    fn construct(_: Inputs) -> LocalFuture<Result<Self, ModuleError>> {
        Box::pin(std::future::ready(Ok(Self)))
    }

    fn call(self, _: &str, _: Inputs) -> Option<Answer> {
        None
    }

    fn from_state(_: &mut State) -> Result<Self, ConversionError> {
        Ok(Self)
    }

    fn into_state(self, state: NewState) -> LocalFuture<Result<NewState, ConversionError>> {
        Box::pin(std::future::ready(Ok(state)))
    }
}

fn requests<const FUNCTIONS: usize>() -> Vec<String> {
    let recorder = Recorder::new();
    let registered = testing::register::<Many<FUNCTIONS>>(&recorder);
    let id = testing::block_on(registered).unwrap();
    let registered = recorder.graph(&id).matches("withFunction(").count();
    assert_eq!(registered, FUNCTIONS);
    recorder.queries()
}

#[test]
fn ten_and_five_hundred_functions_take_as_many_requests() {
    assert_eq!(requests::<10>().len(), 5);
    assert_eq!(requests::<500>().len(), 5);
}
