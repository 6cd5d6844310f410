//! What an interface tells the engine, and what its functions ask.

use dagger_sdk::prelude::*;
use dagger_sdk::testing::{self, Recorder};
use serde_json::{Value, json};

/// How loud to be.
#[enumeration]
#[derive(Clone)]
pub enum Volume {
    Low,
    VeryHigh,
}

/// Something that can greet.
#[interface]
pub trait Greeter {
    /// Return a greeting.
    async fn greet(
        &self,
        /// Who is greeted.
        name: String,
        volume: Option<Volume>,
    ) -> Result<String>;
    /// Return a container that greets.
    fn container(&self, files: Vec<File>, #[arg(name = "times2say")] times: i64) -> Container;
    fn louder(&self, volume: Volume) -> Greeter;
    #[function(name = "isAwake", deprecated = "ask it")]
    async fn awake(&self) -> Result<bool>;
    async fn sleep(&self) -> Result<()>;
    async fn friends(&self, others: Vec<Option<Greeter>>) -> Result<Vec<Greeter>>;
    async fn friend(&self) -> Result<Option<Greeter>>;
    // A parameter called like what the attribute writes.
    async fn volumes(&self, call: f64, platform: Platform) -> Result<Vec<Volume>>;
}

/// Where they meet.
#[object]
pub struct Party {
    host: Option<Greeter>,
}

#[functions]
impl Party {
    /// Return what the guest says.
    #[function]
    async fn welcome(&self, guest: Greeter, volume: Option<Volume>) -> Result<String> {
        guest.greet("A \"friend\"".into(), volume).await
    }

    #[function]
    fn container(&self, guest: Greeter, file: File) -> Container {
        guest.louder(Volume::VeryHigh).container(vec![file], 2)
    }

    #[function]
    async fn all(&self, guests: Vec<Greeter>) -> Result<Vec<Greeter>> {
        let others = guests.iter().cloned().map(Some).chain([None]).collect();
        let first = guests.first().ok_or_else(|| Error::msg("nobody is here"))?;
        first.sleep().await?;
        first.friends(others).await
    }

    #[function]
    async fn friend(&self, guest: Greeter) -> Result<Option<Greeter>> {
        guest.friend().await
    }

    #[function]
    async fn loud(&self, guest: Greeter) -> Result<Vec<Volume>> {
        let volumes = guest.volumes(0.5, Platform("linux/amd64".into())).await?;
        Ok(if guest.awake().await? {
            volumes
        } else {
            Vec::new()
        })
    }

    /// Return another party of the same host.
    #[function]
    fn again(&self) -> Party {
        let host = self.host.clone();
        Party { host }
    }
}

async fn call(recorder: &Recorder, function: &str, arguments: Value) -> Result<Value, String> {
    let answer = testing::call::<Party>(recorder, function, json!({}), arguments).await;
    answer.map_err(|error| error.to_string())
}

#[tokio::test]
async fn an_interface_is_registered_with_its_functions() {
    let recorder = Recorder::new();
    let id = testing::register::<Party>(&recorder).await.unwrap();
    insta::assert_snapshot!(recorder.graph(&id));
}

#[tokio::test]
async fn an_interface_adds_no_request_to_registration() {
    let recorder = Recorder::new();
    testing::register::<Party>(&recorder).await.unwrap();
    assert_eq!(recorder.queries().len(), 5, "{:#?}", recorder.queries());
}

#[tokio::test]
async fn a_guest_is_loaded_by_the_name_that_the_engine_gives_the_interface() {
    let recorder = Recorder::new();
    recorder.answer("greet", "Hello!");
    let guest = recorder.id("Host", "a guest");
    let said = call(&recorder, "welcome", json!({"guest": guest})).await;
    assert_eq!(said.unwrap(), "Hello!");
    let asked =
        format!(r#"{{loadPartyGreeterFromID(id:"{guest}"){{greet(name:"A \"friend\"")}}}}"#);
    assert_eq!(recorder.queries(), [asked]);
}

#[tokio::test]
async fn a_module_may_be_installed_under_another_name() {
    let recorder = Recorder::new();
    let guest = json!(recorder.id("Host", "a guest")).to_string();
    let call = json!({
        "name": "welcome", "parentName": "Party", "parent": "{}",
        "inputArgs": [{"name": "guest", "value": guest}],
    });
    recorder.answer("currentFunctionCall", call);
    recorder.answer("currentModule", json!({"name": "tea-time"}));
    testing::serve::<Party>(recorder.session()).await.unwrap();
    let asked = recorder.queries().remove(1);
    assert!(asked.starts_with("{loadTeaTimeGreeterFromID("), "{asked}");
}

#[tokio::test]
async fn an_optional_argument_is_given_where_there_is_one() {
    let recorder = Recorder::new();
    let guest = recorder.id("Host", "a guest");
    let arguments = json!({"guest": guest, "volume": "VERY_HIGH"});
    call(&recorder, "welcome", arguments).await.unwrap();
    let asked = recorder.queries().pop().unwrap();
    assert!(asked.contains("volume:VERY_HIGH"), "{asked}");
}

#[tokio::test]
async fn what_is_not_waited_for_is_chained() {
    let recorder = Recorder::new();
    let arguments =
        json!({"guest": recorder.id("Host", "a guest"), "file": recorder.id("File", "a file")});
    let id = call(&recorder, "container", arguments).await.unwrap();
    insta::assert_snapshot!(recorder.graph(id.as_str().unwrap()), @r#"
    Host "a guest"
    louder(volume: VERY_HIGH)
    container(files: [
      File "a file"
    ], times2Say: 2)
    "#);
    let asked = recorder.queries();
    assert!(asked.last().unwrap().contains("times2Say:2"), "{asked:#?}");
}

#[tokio::test]
async fn interfaces_are_given_and_returned_in_lists() {
    let recorder = Recorder::new();
    let guest = |name| recorder.id("Host", name);
    let friends = json!([{"id": guest("a friend")}, {"id": guest("another")}]);
    recorder
        .answer("sleep", Value::Null)
        .answer("friends", friends);
    let arguments = json!({"guests": [guest("the first"), guest("the second")]});
    let answer = call(&recorder, "all", arguments).await.unwrap();
    assert_eq!(answer, json!([guest("a friend"), guest("another")]));
    let queries = recorder.queries();
    let asked = queries
        .iter()
        .find(|query| query.contains("{friends("))
        .unwrap();
    let others = format!(
        r#"friends(others:["{}","{}",null]){{id}}"#,
        guest("the first"),
        guest("the second")
    );
    assert!(asked.contains(&others), "{asked}");
}

#[tokio::test]
async fn an_interface_may_be_none() {
    let recorder = Recorder::new();
    let guest = recorder.id("Host", "a guest");
    let friend = recorder.id("Host", "a friend");
    let arguments = json!({"guest": guest});
    recorder.answer("friend", Value::Null);
    let none = call(&recorder, "friend", arguments.clone()).await;
    assert_eq!(none.unwrap(), Value::Null);
    recorder.answer("friend", json!({"id": friend}));
    assert_eq!(
        call(&recorder, "friend", arguments).await.unwrap(),
        json!(friend)
    );
}

#[tokio::test]
async fn an_interface_is_kept_in_the_state_of_an_object() {
    let recorder = Recorder::new();
    let state = json!({"host": recorder.id("Host", "the host")});
    let again = testing::call::<Party>(&recorder, "again", state.clone(), json!({})).await;
    assert_eq!(again.unwrap(), state);
}

#[tokio::test]
async fn answers_come_back_in_their_types() {
    let recorder = Recorder::new();
    recorder
        .answer("volumes", json!(["LOW", "VERY_HIGH"]))
        .answer("isAwake", true);
    let arguments = json!({"guest": recorder.id("Host", "a guest")});
    let volumes = call(&recorder, "loud", arguments.clone()).await.unwrap();
    assert_eq!(volumes, json!(["LOW", "VERY_HIGH"]));
    let asked = recorder.queries().remove(0);
    assert!(asked.contains("call:0.5"), "{asked}");
    recorder.answer("isAwake", "yes");
    let error = call(&recorder, "loud", arguments).await.unwrap_err();
    assert_eq!(
        error,
        "the engine's answer to loadPartyGreeterFromID.isAwake: expected true or false, got \"yes\""
    );
}

#[tokio::test]
async fn a_failure_behind_an_interface_is_the_engines() {
    let recorder = Recorder::new();
    recorder.fail("greet", "too tired");
    let arguments = json!({"guest": recorder.id("Host", "a guest")});
    assert_eq!(
        call(&recorder, "welcome", arguments).await.unwrap_err(),
        "too tired"
    );
    let error = call(&recorder, "welcome", json!({"guest": 3}))
        .await
        .unwrap_err();
    assert_eq!(
        error,
        "argument `guest` of function `welcome`: expected the ID of a Greeter, got 3"
    );
}
