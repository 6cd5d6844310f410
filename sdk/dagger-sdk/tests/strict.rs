//! What the attributes write is quiet in a crate whose author has the strictest lints: the compiler's
//! while this is compiled, clippy's where it is run.

#![forbid(missing_docs, unsafe_code)]
#![deny(warnings, unreachable_pub, unused)]
#![deny(
    missing_debug_implementations,
    single_use_lifetimes,
    unused_qualifications
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![allow(clippy::missing_const_for_fn)]

use dagger_sdk::prelude::*;
use dagger_sdk::testing::{self, Recorder, block_on, json};

/// How loud.
#[enumeration(documented)]
#[derive(Debug, Default, Clone, Copy)]
pub enum Volume {
    /// Hardly.
    #[default]
    Low,
    /// Very.
    High,
}

/// Something that can greet.
#[interface(documented)]
#[derive(Debug)]
pub trait Greeter {
    /// Return a greeting.
    async fn greet(
        &self,
        /// Whom.
        name: String,
    ) -> Result<String>;
}

/// An object with arguments of all kinds.
#[object(documented)]
#[derive(Debug)]
pub struct Strict {
    /// Image.
    #[arg(default = "debian:12")]
    image: String,
    #[field(private)]
    seen: Vec<String>,
}

/// What a function returns.
#[object(documented)]
#[derive(Debug)]
pub struct Part {
    /// Its size.
    size: u8,
}

#[functions(itself, documented)]
impl Strict {
    /// Return as many things as there are arguments.
    #[function(cache = "never", check)]
    pub async fn ten(
        &self,
        dag: &Dag,
        /// One.
        one: String,
        /// Two.
        #[arg(default)]
        two: bool,
        /// Three.
        #[arg(default = true)]
        three: bool,
        /// Four.
        #[arg(default = false)]
        four: bool,
        /// Five.
        five: Option<Vec<String>>,
        /// Six.
        #[arg(default = [1, 2])]
        six: Vec<i64>,
        /// Seven.
        #[arg(default_path = ".")]
        seven: Directory,
        /// Eight.
        #[arg(default)]
        eight: Volume,
        /// Nine.
        nine: Option<Greeter>,
        /// Ten.
        #[arg(default = 1.5)]
        ten: f64,
    ) -> Result<Vec<String>> {
        let base = dag
            .container()
            .from(&self.image)
            .with_directory("/src", seven);
        let said = match nine {
            Some(nine) => nine.greet(one).await?,
            None => base.stdout().await?,
        };
        let flags = format!("{two} {three} {four} {} {ten}", eight.member());
        let count = five.map_or(0, |five| five.len()) + six.len() + self.seen.len();
        Ok(vec![said, flags, count.to_string()])
    }

    /// Return a part that needs nothing of the object.
    #[function]
    pub fn part(&self) -> Part {
        Part { size: 3 }
    }
}

#[test]
fn a_function_of_ten_arguments_is_called() {
    let recorder = Recorder::new();
    recorder.answer("stdout", "hi");
    let given = json!({"one": "you"});
    let call = testing::call::<Strict>(&recorder, "ten", json!({}), given);
    let answer = block_on(call).unwrap();
    assert_eq!(answer, json!(["hi", "false true false LOW 1.5", "2"]));
}
