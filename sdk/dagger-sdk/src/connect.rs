//! The client of a program that is no module.

use crate::client::Dag;
use crate::query::{ApiObject, Node};
use crate::result::{Error, Result};
use crate::run::on_thread;
use crate::session::{SharedSession, Variables};
use crate::traces::Traces;
use serde_json::Value;
use std::sync::Arc;

const CONFIG: &str = "{moduleSource(refString:\".\"){configExists}}";
const SERVE: &str = "{moduleSource(refString:\".\"){asModule{serve(includeDependencies:true)}}}";

/// Runs a program that calls Dagger's API, and the modules that the `dagger.json` of its folder names.
///
/// `dagger client install` writes the SDK's crates with a client of all these into a folder of the
/// program. It is started by `dagger run`, such as `dagger run cargo run`, which gives it a session.
///
/// ```no_run
/// use dagger_sdk::prelude::*;
///
/// fn main() -> Result<()> {
///     dagger_sdk::connect(async |dag| {
///         let alpine = dag.container().from("alpine:3.22");
///         println!("{}", alpine.with_exec(["uname"]).stdout().await?);
///         Ok(())
///     })
/// }
/// ```
///
/// # Errors
/// If there is no session, a module can't be served, or the program fails itself.
pub fn connect<T: Send>(program: impl AsyncFnOnce(Dag) -> Result<T> + Send) -> Result<T> {
    let variables = Variables::read(|name| std::env::var(name).ok());
    let variables = variables.map_err(|error| {
        Error::new(error).wrap_err(
            "no session: start the program by `dagger run`, such as `dagger run cargo run`",
        )
    })?;
    let session: SharedSession = Arc::new(variables.session()?);
    on_thread(async || {
        let _traces = Traces::start();
        serve_modules(&session).await?;
        program(<Dag as ApiObject>::at(Node::root(session.clone()))).await
    })?
}

/// Makes the modules known whose functions the client has.
async fn serve_modules(session: &SharedSession) -> Result<()> {
    let answer = session.ask(CONFIG.into()).await?;
    if answer.pointer("/moduleSource/configExists") == Some(&Value::Bool(true)) {
        session.ask(SERVE.into()).await?;
    }
    Ok(())
}
