//! A module that gives itself for an interface of the module that it depends on.

use dagger_dependencies::*;
use dagger_module::prelude::*;

/// A guest of meetings.
#[object]
pub struct Guest {
    /// How it feels.
    #[arg(default = "fine")]
    mood: String,
}

#[functions]
impl Guest {
    /// Greet somebody.
    #[function]
    pub fn greet(&self, name: String) -> String {
        format!("Hello, {name}, I am {}!", self.mood)
    }

    /// Return the container in which the guest lives.
    #[function]
    pub fn container(&self, dag: &Query) -> Container {
        dag.container().with_env_variable("MOOD", &self.mood)
    }

    /// Return what this guest keeps in its container.
    #[function]
    pub async fn kept(&self, dag: &Query) -> Result<Vec<String>> {
        let me = dag.itself().argument("mood", &self.mood);
        let files = dag.meeting().files(me.as_meeting_greeter());
        Ok(files.entries().await?)
    }
}
