use dagger_sdk::prelude::*;

#[enumeration]
pub enum Shape {
    Circle(f64),
    Square { side: f64 },
}

#[enumeration]
pub enum Nothing {}

#[object]
pub struct Main {}

dagger_sdk::main!(Main);
