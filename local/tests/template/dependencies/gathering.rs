//! Brings together whoever can greet.

use dagger_sdk::prelude::*;

/// Something that can greet.
#[interface]
pub trait Greeter {
    /// Return a greeting.
    async fn greet(&self, name: String) -> Result<String>;
    /// Return how it feels.
    async fn mood(&self) -> Result<String>;
    /// Return what it brings along.
    fn luggage(&self) -> Directory;
}

/// Something that knows others of its kind.
#[interface]
pub trait Host {
    /// Return how it feels.
    async fn mood(&self) -> Result<String>;
    /// Return those that it knows.
    async fn friends(&self) -> Result<Vec<Host>>;
}

/// In which order guests are asked.
#[enumeration]
pub enum Order {
    Forward,
    Backward,
}

/// A place for somebody.
#[object]
pub struct Seat {
    /// Its number.
    number: i64,
    #[field(private)]
    guest: Greeter,
}

#[functions]
impl Seat {
    /// Return who sits there, and where.
    #[function]
    async fn label(&self) -> Result<String> {
        Ok(format!("{}: {}", self.number, self.guest.mood().await?))
    }

    /// Return the seat after this one.
    #[function]
    fn next(self) -> Seat {
        Seat {
            number: self.number + 1,
            ..self
        }
    }
}

/// Where they meet.
#[object]
pub struct Gathering {
    /// The town.
    #[arg(default = "here")]
    town: String,
}

#[functions]
impl Gathering {
    /// Return what the guests say to somebody.
    #[function]
    async fn welcome(
        &self,
        guests: Vec<Greeter>,
        name: String,
        order: Option<Order>,
    ) -> Result<String> {
        let mut said = Vec::new();
        for guest in guests {
            said.push(guest.greet(name.clone()).await?);
        }
        if let Some(Order::Backward) = order {
            said.reverse();
        }
        Ok(said.join(" "))
    }

    /// Return the order that is usual.
    #[function]
    fn usual(&self) -> Order {
        Order::Backward
    }

    /// Return what a guest brings along, with a note.
    #[function]
    fn files(&self, guest: Greeter, #[arg(default = "thanks")] note: String) -> Directory {
        guest.luggage().with_new_file("note", note)
    }

    /// Return a seat for each of the guests.
    #[function]
    fn seats(&self, guests: Vec<Greeter>) -> Vec<Seat> {
        (1..)
            .zip(guests)
            .map(|(number, guest)| Seat { number, guest })
            .collect()
    }

    /// Return the moods of all that a host knows.
    #[function]
    async fn moods(&self, host: Host) -> Result<Vec<String>> {
        let mut moods = Vec::new();
        for friend in host.friends().await? {
            moods.push(friend.mood().await?);
        }
        Ok(moods)
    }

    /// Return the first of the hosts, if there is one.
    #[function]
    fn first(&self, hosts: Vec<Host>) -> Option<Host> {
        hosts.into_iter().next()
    }

    /// Return which seat is taken.
    #[function]
    fn taken(&self, seat: Seat) -> i64 {
        seat.number
    }

    /// Return how long a secret is.
    #[function]
    async fn length(&self, secret: Secret) -> Result<i64> {
        Ok(i64::try_from(secret.plaintext().await?.len())?)
    }

    /// Return the name and the files of this module.
    #[function]
    async fn itself_seen(&self, dag: &Dag) -> Result<String> {
        let source = dag.current_module().source();
        let has = source.exists("src/main.rs").await?;
        Ok(format!("{} {has}", dag.current_module().name().await?))
    }

    /// Return the files beside this module.
    #[function]
    async fn beside(
        &self,
        #[arg(default_path = ".", ignore = ["**", "!dagger.json"])] files: Directory,
    ) -> Result<Vec<String>> {
        Ok(files.entries().await?)
    }

    /// Fail for a reason.
    #[function]
    fn refuse(&self) -> Result<()> {
        bail!("{} is full", self.town)
    }

    /// Fail as a command does.
    #[function]
    async fn break_down(&self, dag: &Dag) -> Result<String> {
        let failing =
            dag.container()
                .from("ubuntu:24.04")
                .with_exec(["sh", "-c", "echo broken >&2; exit 7"]);
        failing.stdout().await.context("no gathering")
    }

    /// Keep a word in a cache, and return what was there.
    #[function(cache = "never")]
    async fn cached(&self, dag: &Dag, word: String) -> Result<String> {
        let script = format!("cat /cache/word; echo -n {word} >/cache/word");
        dag.container()
            .from("ubuntu:24.04")
            .with_mounted_cache("/cache", dag.cache_volume("words"))
            .with_exec(["sh", "-c", &script])
            .stdout()
            .await
    }
}

dagger_sdk::main!(Gathering);
