//! A house in which others meet.

use dagger_sdk::prelude::*;

/// A house.
#[object]
pub struct House {}

fn guests(dag: &Dag) -> [GatheringGreeter; 2] {
    let tired = VisitorOpts {
        mood: Some("tired".into()),
    };
    [dag.visitor(), dag.visitor_opts(tired)].map(|guest| guest.as_gathering_greeter())
}

#[functions]
impl House {
    /// Return what the guests say.
    #[function]
    async fn welcome(&self, dag: &Dag, name: String) -> Result<String> {
        let order = GatheringWelcomeOpts {
            order: Some(dag.gathering().usual().await?),
        };
        dag.gathering().welcome_opts(guests(dag), name, order).await
    }

    /// Return the labels of the seats.
    #[function]
    async fn seats(&self, dag: &Dag) -> Result<Vec<String>> {
        let mut labels = Vec::new();
        for seat in dag.gathering().seats(guests(dag)).await? {
            let taken = dag.gathering().taken(&seat).await?;
            let next = seat.next().number().await?;
            labels.push(format!("{} {taken} {next}", seat.label().await?));
        }
        Ok(labels)
    }

    /// Return the moods that the guests know of.
    #[function]
    async fn moods(&self, dag: &Dag) -> Result<Vec<String>> {
        dag.gathering()
            .moods(dag.visitor().as_gathering_host())
            .await
    }

    /// Return what the first guest brings along.
    #[function]
    fn files(&self, dag: &Dag) -> Directory {
        let [_, guest] = guests(dag);
        dag.gathering().files(guest)
    }

    /// Return how the first of no hosts and of one feels.
    #[function]
    async fn first(&self, dag: &Dag) -> Result<String> {
        let none: [GatheringHost; 0] = [];
        let nobody = dag.gathering().first(none).await?.is_none();
        let host = dag.visitor().as_gathering_host();
        let first = dag.gathering().first([host]).await?;
        let first = first.context("there is one")?;
        Ok(format!("{nobody} {}", first.mood().await?))
    }

    /// Return what is said where a guest goes to by itself.
    #[function]
    async fn goes(&self, dag: &Dag) -> Result<String> {
        dag.visitor().goes().await
    }

    /// Return what a dependency can do with a secret, its files and its name.
    #[function]
    async fn sees(&self, dag: &Dag, secret: Secret) -> Result<String> {
        let gathering = dag.gathering();
        let length = gathering.length(secret).await?;
        let beside = gathering.beside().await?.join(",");
        Ok(format!(
            "{length} {beside} {}",
            gathering.itself_seen().await?
        ))
    }

    /// Return what a guest says that never stops to ask itself.
    #[function]
    async fn endless(&self, dag: &Dag) -> Result<String> {
        dag.visitor().endless().await
    }

    /// Wait for a guest.
    #[function]
    async fn waits(&self, dag: &Dag) -> Result<()> {
        dag.visitor().waits().await
    }

    /// Return why a dependency fails.
    #[function]
    async fn refused(&self, dag: &Dag) -> Result<()> {
        let town = GatheringOpts {
            town: Some("Rome".into()),
        };
        dag.gathering_opts(town)
            .refuse()
            .await
            .context("no meeting")
    }

    /// Return how a dependency's command fails.
    #[function]
    async fn broken(&self, dag: &Dag) -> Result<String> {
        dag.gathering().break_down().await
    }

    /// Return what is in the caches of the same name of both modules.
    #[function(cache = "never")]
    async fn caches(&self, dag: &Dag, word: String) -> Result<String> {
        dag.gathering().cached(format!("{word}-theirs")).await?;
        let mine = dag
            .container()
            .from("ubuntu:24.04")
            .with_mounted_cache("/cache", dag.cache_volume("words"))
            .with_exec([
                "sh",
                "-c",
                &format!("cat /cache/word; echo -n {word}-mine >/cache/word"),
            ])
            .stdout()
            .await?;
        let theirs = dag.gathering().cached(format!("{word}-again")).await?;
        Ok(format!("{mine} {theirs}"))
    }
}

dagger_sdk::main!(House);
