//! A module that gives itself for an interface of the module that it depends on.

use dagger_sdk::prelude::*;

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
    pub fn container(&self, dag: &Dag) -> Container {
        dag.container().with_env_variable("MOOD", &self.mood)
    }

    /// Return what this guest keeps in its container.
    #[function]
    pub async fn kept(&self, dag: &Dag) -> Result<Vec<String>> {
        let me = self.itself(dag).as_meeting_greeter();
        dag.meeting().files(me).entries().await
    }
}
