use dagger_sdk::prelude::*;

/// Something that can greet.
#[interface]
pub trait Greeter {
    /// Return a greeting.
    async fn greet(&self, name: String) -> Result<String>;
    /// Return the container in which it lives.
    fn container(&self) -> Container;
}

/// Brings greeters together.
#[object]
pub struct Meeting {}

#[functions]
impl Meeting {
    /// Return what the guests say to somebody.
    #[function]
    pub async fn welcome(&self, guests: Vec<Greeter>, name: String) -> Result<String> {
        let mut said = String::new();
        for guest in guests {
            said += &guest.greet(name.clone()).await?;
        }
        Ok(said)
    }

    /// Return the files of a guest.
    #[function]
    pub fn files(&self, guest: Greeter) -> Directory {
        guest.container().rootfs()
    }
}

fn main() -> std::process::ExitCode {
    dagger_sdk::run::<Meeting>()
}
