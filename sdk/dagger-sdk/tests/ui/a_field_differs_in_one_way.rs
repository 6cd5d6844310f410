use dagger_sdk::prelude::*;

#[object]
pub struct Main {
    #[field(private, hidden)]
    one: String,
    #[field(internal, private)]
    two: String,
    #[field(hidden)]
    #[arg(default = "a")]
    three: String,
    #[field(private, default_path = ".")]
    four: Directory,
    #[field(internal, ignore = ["*"])]
    five: Option<Directory>,
    #[field(init = false)]
    six: String,
}

dagger_sdk::main!(Main);
