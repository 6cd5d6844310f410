//! Sells tea.
//!
//! And what belongs to it.

mod goods;

use dagger_sdk::prelude::*;

/// A shop, which is not what the module is about.
#[object]
pub struct MyShop {
    /// How it is called.
    name: String,
}

#[functions]
impl MyShop {
    /// Return the counter.
    #[function(up)]
    pub fn counter(&self, dag: &Dag) -> Service {
        dag.container().from(&self.name).as_service()
    }
}

dagger_sdk::main!(MyShop);
