//! How a call is decoded, made and answered.

use dagger_sdk::prelude::*;
use dagger_sdk::testing::{self, Recorder};
use serde_json::{Value, json};

/// A module with one function of each kind.
#[object]
pub struct Kinds {
    /// Image of every container.
    #[arg(default = "debian:12")]
    base_image: String,
    /// A greeting, if any.
    greeting: Option<String>,
    #[arg(private)]
    secret_state: u32,
}

#[functions]
impl Kinds {
    /// Return the base.
    #[function]
    fn base(&self, dag: &Dag) -> Container {
        dag.container().from(&self.base_image)
    }

    /// Add a tool to a container.
    #[function]
    fn with_tool(
        &self,
        dag: &Dag,
        /// Where it comes from.
        tool: File,
        ctr: Option<Container>,
    ) -> Container {
        ctr.unwrap_or_else(|| self.base(dag))
            .with_file("/usr/bin/tool", tool)
    }

    #[function(cache = "never", deprecated = "use base")]
    async fn greet(
        &self,
        #[arg(default = ["you"])] names: Vec<String>,
        times: Option<i64>,
    ) -> Result<String> {
        let greeting = self.greeting.as_deref().unwrap_or("Hello");
        Ok(format!(
            "{greeting}, {} x{}",
            names.join(" and "),
            times.unwrap_or(1)
        ))
    }

    #[function]
    async fn output(&self, dag: &Dag) -> Result<String> {
        dag.container().with_exec(["false"]).stdout().await
    }

    /// An object that is made step by step.
    #[function]
    fn with_greeting(mut self, greeting: String) -> Self {
        self.greeting = Some(greeting);
        self
    }

    #[function]
    async fn nothing(&self) {}

    #[function]
    fn panics(&self) -> String {
        panic!("out of ideas")
    }

    #[function]
    async fn filtered(
        &self,
        #[arg(default_path = ".", ignore = ["**", "!src/"])] src: Directory,
    ) -> Result<Vec<File>> {
        let id = src.id().await?;
        assert!(!id.as_str().is_empty());
        Ok(vec![src.file("a"), src.file("b")])
    }

    #[allow(dead_code)]
    fn helper(&self) -> u8 {
        1
    }
}

async fn call(
    function: &str,
    constructor: Value,
    arguments: Value,
) -> Result<(Recorder, Value), String> {
    let recorder = Recorder::new();
    let answer = testing::call::<Kinds>(&recorder, function, constructor, arguments).await;
    answer
        .map(|value| (recorder, value))
        .map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_field_without_argument_has_its_default() {
    let state = testing::construct::<Kinds>(&Recorder::new(), json!({}))
        .await
        .unwrap();
    assert_eq!(
        state,
        json!({"baseImage": "debian:12", "greeting": null, "secretState": 0})
    );
}

#[tokio::test]
async fn an_object_argument_is_part_of_the_graph() {
    let recorder = Recorder::new();
    let tool = recorder.id("File", "the tool");
    let id = testing::call::<Kinds>(
        &recorder,
        "withTool",
        json!({"baseImage": "alpine"}),
        json!({"tool": tool}),
    )
    .await
    .unwrap();
    insta::assert_snapshot!(recorder.graph(id.as_str().unwrap()), @r#"
    container
    from(address: "alpine")
    withFile(path: "/usr/bin/tool", source:
      File "the tool"
    )
    "#);
}

#[tokio::test]
async fn defaults_and_options_reach_the_function() {
    let (_, value) = call("greet", json!({}), json!({})).await.unwrap();
    assert_eq!(value, "Hello, you x1");
    let (_, value) = call(
        "greet",
        json!({"greeting": "Hi"}),
        json!({"names": ["a", "b"], "times": 3}),
    )
    .await
    .unwrap();
    assert_eq!(value, "Hi, a and b x3");
}

#[tokio::test]
async fn nothing_is_null() {
    assert_eq!(
        call("nothing", json!({}), json!({})).await.unwrap().1,
        Value::Null
    );
}

#[tokio::test]
async fn a_default_path_is_supplied_as_by_the_engine() {
    let (recorder, value) = call("filtered", json!({}), json!({})).await.unwrap();
    let first = value[0].as_str().unwrap();
    assert_eq!(
        recorder.graph(first),
        "Directory \"default path .\"\nfile(path: \"a\")"
    );
}

#[tokio::test]
async fn a_wrong_argument_is_named_with_its_function() {
    let error = call("greet", json!({}), json!({"times": "often"}))
        .await
        .unwrap_err();
    assert_eq!(
        error,
        "argument `times` of function `greet`: expected a whole number, got \"often\""
    );
    let error = call("greet", json!({"baseImage": 3}), json!({}))
        .await
        .unwrap_err();
    assert_eq!(
        error,
        "argument `baseImage` of the constructor: expected a string, got 3"
    );
    let error = call("greet", json!({}), json!({"names": ["a", null]}))
        .await
        .unwrap_err();
    assert_eq!(
        error,
        "argument `names` of function `greet`: item 2: expected a string, got null"
    );
}

#[tokio::test]
async fn a_missing_argument_is_named_with_its_function() {
    let error = call("withTool", json!({}), json!({})).await.unwrap_err();
    assert_eq!(error, "argument `tool` of function `withTool`: is required");
}

#[tokio::test]
async fn an_unmarked_method_is_no_function() {
    let error = call("helper", json!({}), json!({})).await.unwrap_err();
    assert_eq!(error, "`Kinds` has no function `helper`");
}

#[tokio::test]
async fn a_panic_is_an_error_of_its_function() {
    let error = call("panics", json!({}), json!({})).await.unwrap_err();
    assert_eq!(error, "function `panics` panicked: out of ideas");
}

#[tokio::test]
async fn a_failed_exec_keeps_its_values() {
    let recorder = Recorder::new();
    let exec = dagger_sdk::ExecFailure {
        command: vec!["false".into()],
        exit_code: 1,
        stdout: "out".into(),
        stderr: "err".into(),
    };
    recorder.fail_exec("stdout", exec.clone());
    let error = testing::call::<Kinds>(&recorder, "output", json!({}), json!({}))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "exit code: 1");
    assert_eq!(error.module().unwrap().exec_failure(), Some(exec));
}

#[tokio::test]
async fn an_answer_of_another_type_is_told_with_both() {
    let recorder = Recorder::new();
    recorder.answer("stdout", json!(7));
    let error = testing::call::<Kinds>(&recorder, "output", json!({}), json!({}))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the engine's answer to container.withExec.stdout: expected a string, got 7"
    );
}

#[tokio::test]
async fn a_refused_object_argument_is_the_engines_error_not_a_panic() {
    let recorder = Recorder::new();
    recorder.fail("from", "no such image");
    let tool = recorder.id("File", "the tool");
    let error = testing::call::<Kinds>(&recorder, "withTool", json!({}), json!({"tool": tool}))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "no such image");
}

#[tokio::test]
async fn a_function_may_take_its_object_and_return_it_changed() {
    let recorder = Recorder::new();
    let call = testing::call::<Kinds>(
        &recorder,
        "withGreeting",
        json!({"baseImage": "alpine"}),
        json!({"greeting": "Good day"}),
    );
    let object = call.await.unwrap();
    assert_eq!(object["greeting"], "Good day");
    assert_eq!(object["baseImage"], "alpine");
}
