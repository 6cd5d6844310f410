use dagger_sdk::prelude::*;

#[object]
pub struct Main {}

#[functions]
impl Main {
    #[function]
    fn one(&self, dag: &Dag) -> Container {
        dag.container().
    }

    #[function]
    fn two(&self) -> String {
        "two".into()
    }
}

dagger_sdk::main!(Main);
