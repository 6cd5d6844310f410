//! Every function of the module with the arguments that it needs; shared with the benchmark.

use dagger_sdk::testing::{self, Recorder, TestError};
use dind::Dind;
use serde_json::{Value, json};

/// What the doctor's script prints on a good day.
pub const REPORT: &str = r#"{"lines":[{"name":"server","status":"ok","found":"27","advice":""}]}"#;
/// What the engine says of an image.
pub const IMAGE_REF: &str = "docker.io/library/image:1@sha256:\
                             1111111111111111111111111111111111111111111111111111111111111111";

/// A function and its arguments.
pub struct Call {
    pub function: &'static str,
    pub arguments: Value,
}

fn call(function: &'static str, arguments: Value) -> Call {
    Call {
        function,
        arguments,
    }
}

/// Every function once.
pub fn all() -> Vec<Call> {
    let recorder = Recorder::new();
    let src = recorder.id("Directory", "src");
    let image = recorder.id("Container", "image");
    vec![
        call("dindService", json!({})),
        call("dindContainer", json!({})),
        call("dindBind", json!({})),
        call("dindWithDocker", json!({"cmd": "docker info"})),
        call(
            "dindWithImage",
            json!({"image": image, "tag": "me:1", "cmd": "docker run --rm me:1"}),
        ),
        call("dindTestcontainers", json!({})),
        call(
            "dindMatrix",
            json!({"versions": ["27", "28"], "cmd": "docker info"}),
        ),
        call("dindDoctor", json!({})),
        call("dindCheck", json!({})),
        call("dindRunTests", json!({"src": src})),
        call("emacsContainer", json!({"src": src})),
        call("dindEmacsContainer", json!({})),
        call("dindTangle", json!({"src": src})),
        call("dindTangleChanges", json!({"src": src})),
        call("dindRunOrg", json!({"src": src})),
        call("dindInitExamples", json!({"src": src})),
        call("exportHtml", json!({"src": src})),
        call("upgradePins", json!({})),
    ]
}

/// A recorder that answers what the functions ask of an engine.
pub fn recorder() -> Recorder {
    let recorder = Recorder::new();
    recorder
        .answer("stdout", REPORT)
        .answer("imageRef", IMAGE_REF)
        .answer("addedPaths", json!(["added/"]))
        .answer("modifiedPaths", json!(["what?.sh"]));
    recorder
}

/// The answer of a function of the module with these fields.
pub async fn answer(recorder: &Recorder, fields: Value, call: &Call) -> Result<Value, TestError> {
    testing::call::<Dind>(recorder, call.function, fields, call.arguments.clone()).await
}
