//! `dagger-sdk-codegen INTROSPECTION_JSON`: prints the client for the API in it.
//! `dagger-sdk-codegen template NAME FROM TO`: writes the first files of a module called so.

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: dagger-sdk-codegen INTROSPECTION_JSON
       dagger-sdk-codegen template NAME FROM TO";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["template", name, from, to] => template(name, Path::new(from), Path::new(to)),
        [path] => client(Path::new(path)),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn client(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| error.to_string())
        .and_then(|text| dagger_sdk_codegen::generate(&text).map_err(|error| error.to_string()))
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn template(name: &str, from: &Path, to: &Path) -> Result<String, String> {
    dagger_sdk_codegen::template::write(name, from, to)
        .map(|()| String::new())
        .map_err(|error| error.to_string())
}
