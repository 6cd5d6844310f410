use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function(up)]
    fn web(&self, dag: &Dag) -> Service {
        dag.container().from("nginx").as_service()
    }

    #[function(up)]
    fn other(&self, dag: &Dag) -> Container {
        dag.container()
    }
}

dagger_sdk::main!(Main);
