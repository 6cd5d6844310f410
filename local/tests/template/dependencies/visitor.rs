//! A guest of gatherings, which it can go to by itself.

use dagger_sdk::prelude::*;

/// A guest.
#[object]
pub struct Visitor {
    /// How it feels.
    #[arg(default = "fine")]
    mood: String,
}

#[functions(itself)]
impl Visitor {
    /// Greet somebody.
    #[function]
    fn greet(&self, name: String) -> String {
        format!("Hello, {name}, I am {}!", self.mood)
    }

    /// Return what the guest brings along.
    #[function]
    fn luggage(&self, dag: &Dag) -> Directory {
        dag.directory().with_new_file("mood", &self.mood)
    }

    /// Return those that the guest knows.
    #[function]
    fn friends(&self) -> Vec<Visitor> {
        let moods = ["merry", "sad"].map(str::to_owned);
        moods.map(|mood| Visitor { mood }).into()
    }

    /// Ask itself.
    #[function]
    async fn endless(&self, dag: &Dag) -> Result<String> {
        self.itself(dag).endless().await
    }

    /// Wait.
    #[function]
    fn waits(&self) {
        std::thread::sleep(std::time::Duration::from_secs(1000));
    }

    /// Return what is said to the guest where it goes to.
    #[function]
    async fn goes(&self, dag: &Dag) -> Result<String> {
        let me = self.itself(dag).as_gathering_greeter();
        dag.gathering().welcome([me], "all").await
    }
}

dagger_sdk::main!(Visitor);
