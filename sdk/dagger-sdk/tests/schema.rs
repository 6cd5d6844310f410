//! Every query that the SDK or a module makes is one that the API allows.

use dagger_sdk::prelude::*;
use dagger_sdk::testing::{self, Recorder, Schema};
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The version that the SDK is written for; newer ones serve older modules fields that they hide.
const OWN_VERSION: &str = "dagger-v0.20.3.graphql";

/// A module that uses what there is.
#[object]
pub struct Samples {
    /// An image.
    #[arg(default = "alpine", deprecated = "gone")]
    image: String,
    src: Option<Directory>,
}

/// A level.
#[enumeration]
pub enum Level {
    /// The lowest.
    #[member(deprecated = "too low")]
    Low,
    High,
}

/// A part.
#[object]
pub struct Part {
    level: Level,
    file: File,
}

#[functions]
impl Samples {
    /// Return a part.
    #[function(cache = "10m", deprecated = "soon")]
    fn part(&self, #[arg(default = Level::High)] level: Level, file: File) -> Part {
        Part { level, file }
    }

    #[function(check, cache = "never")]
    fn nothing(&self, platform: Option<Platform>, numbers: Vec<Vec<i64>>, share: f64) {
        let _ = (platform, numbers, share);
    }

    #[function(generate, cache = "session")]
    fn changed(
        &self,
        #[arg(default_path = "/", ignore = ["**", "!a\"b"])] src: Directory,
    ) -> Changeset {
        src.with_new_file("a", "b").changes(src)
    }

    #[function]
    async fn container(
        &self,
        dag: &Dag,
        #[arg(default_address = "alpine")] ctr: Container,
        secret: Secret,
        volume: CacheVolume,
    ) -> Result<Container> {
        let service = dag
            .container()
            .from(&self.image)
            .with_exposed_port(80)
            .as_service();
        let ctr = ctr
            .with_service_binding("db", service)
            .with_secret_variable("TOKEN", secret)
            .with_mounted_cache("/cache", volume)
            .with_exec(["printf", "%s\n", "\"quoted\" \\ \t \u{7} ünïcode"]);
        ctr.stdout().await?;
        Ok(match &self.src {
            Some(src) => ctr.with_directory("/src", src),
            None => ctr,
        })
    }

    #[function]
    async fn failing(&self) -> Result<()> {
        Err(Error::msg("no"))
    }
}

async fn queries() -> Vec<String> {
    let recorder = Recorder::new();
    testing::register::<Samples>(&recorder).await.unwrap();
    let id = |kind: &str| recorder.id(kind, "given");
    let state = json!({"src": id("Directory")});
    let arguments = json!({"secret": id("Secret"), "volume": id("CacheVolume")});
    testing::call::<Samples>(&recorder, "container", state, arguments)
        .await
        .unwrap();
    testing::call::<Samples>(&recorder, "changed", json!({}), json!({}))
        .await
        .unwrap();
    testing::call::<Samples>(&recorder, "part", json!({}), json!({"file": id("File")}))
        .await
        .unwrap();
    for name in ["container", "failing"] {
        let call = json!({
            "name": name, "parentName": "Samples", "parent": "{\"image\":\"alpine\"}",
            "inputArgs": [{"name": "ctr", "value": format!("{:?}", id("Container"))},
                {"name": "secret", "value": format!("{:?}", id("Secret"))},
                {"name": "volume", "value": format!("{:?}", id("CacheVolume"))}],
        });
        recorder.answer("currentFunctionCall", call);
        if name == "failing" {
            recorder.fail_exec(
                "stdout",
                dagger_sdk::ExecFailure {
                    command: vec!["false".into()],
                    exit_code: 1,
                    stdout: String::new(),
                    stderr: String::new(),
                },
            );
        }
        testing::serve::<Samples>(recorder.session()).await.unwrap();
    }
    recorder.queries()
}

/// The schemas lie beside the repository; they are no part of it.
fn schemas() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/schema");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        // Past the capture of the test's output: a check that did not run is said aloud.
        writeln!(
            std::io::stderr(),
            "skipped: no schemas of Dagger's API beside this checkout"
        )
        .expect("stderr takes a line");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "graphql")
    });
    paths.sort();
    paths
}

#[tokio::test]
async fn every_query_is_one_that_the_api_allows() {
    let queries = queries().await;
    assert!(queries.iter().any(|query| query.contains("returnError")));
    for path in schemas() {
        let schema = Schema::load(&path).unwrap();
        let schema = if path.ends_with(OWN_VERSION) {
            schema
        } else {
            schema.tolerating_load_from_id().unwrap()
        };
        for query in &queries {
            if let Err(error) = schema.check(query) {
                panic!("{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_query_that_the_api_does_not_allow_is_refused() {
    for path in schemas() {
        let schema = Schema::load(&path).unwrap();
        let error = schema.check("{container{nope}}").unwrap_err().to_string();
        assert!(error.contains("nope"), "{error}");
    }
}
