//! `dagger-module-codegen INTROSPECTION_JSON`: prints the Rust for the dependencies in it.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1).map(std::path::PathBuf::from) else {
        eprintln!("usage: dagger-module-codegen INTROSPECTION_JSON");
        return ExitCode::FAILURE;
    };
    let generated = std::fs::read_to_string(&path)
        .map_err(|error| error.to_string())
        .and_then(|text| dagger_module_codegen::generate(&text).map_err(|error| error.to_string()));
    match generated {
        Ok(code) => {
            print!("{code}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}
