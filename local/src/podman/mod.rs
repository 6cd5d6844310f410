//! Podman, with storage, networks and settings of the session's own: nothing
//! of the user's Podman is seen or touched. Only the files of this folder
//! start processes for the session.

mod checked;
mod command;
mod containers;
mod dockerfile;
mod images;
mod namespace;
mod network;
mod outside;
mod registry;
mod release;
mod run;
mod settings;
mod stand_in;
mod store;
mod until;

pub use checked::Id;
pub use command::Podman;
pub use dockerfile::DockerBuild;
pub use images::{BUILDING, BuildContext, ImageConfig};
pub use network::Place;
pub use outside::Outside;
pub use release::release;
pub use run::{Finished, RunSpec};
pub use stand_in::build_stand_in;
pub use store::Store;
