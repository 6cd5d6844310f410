//! Builds the program that is the first process of every container, for this
//! machine and without any library of the system.

use std::path::Path;
use std::process::Command;

fn main() {
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"));
    let source = Path::new(&variable("CARGO_MANIFEST_DIR")).join("init/main.rs");
    println!("cargo::rerun-if-changed={}", source.display());
    let mut rustc = Command::new(variable("RUSTC"));
    rustc
        .arg(&source)
        .args(["--edition=2024", "--crate-name=init", "--crate-type=bin"])
        .args(["-Copt-level=s", "-Cpanic=abort", "-Cstrip=symbols"])
        .args([
            "-Ctarget-feature=+crt-static",
            "--target",
            &variable("TARGET"),
        ])
        .arg("-o")
        .arg(Path::new(&variable("OUT_DIR")).join("init"));
    if let Ok(linker) = std::env::var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    let built = rustc.status();
    assert!(
        built.is_ok_and(|status| status.success()),
        "the first process of containers cannot be built: it needs the C library as an archive, \
         which Debian's and Ubuntu's libc6-dev has"
    );
}
