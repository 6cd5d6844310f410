//! The programs that build stand-ins of images.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::command::Podman;
use super::run::collect;
use crate::Error;
use crate::scrub::Scrubber;

/// Builds the stand-in of an image into a folder, where one is given; `false`
/// without a recipe.
///
/// # Errors
/// What the recipe says.
pub fn build_stand_in(
    builder: &Path,
    image: &str,
    folder: Option<&Path>,
    podman: &Podman,
) -> Result<bool, Error> {
    podman.may_start()?;
    let unstartable = |error: std::io::Error| Error::file("start", builder, &error);
    let mut child = std::process::Command::new(builder)
        .arg(image)
        .args(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        // A group of its own: what the recipe starts ends with it.
        .process_group(0)
        .spawn()
        .map_err(unstartable)?;
    let group = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap_or_default());
    let stderr = child.stderr.take();
    let reader = std::thread::spawn(move || collect(stderr, &Scrubber::default(), &|_| {}));
    let status = loop {
        if let Some(status) = child.try_wait().map_err(unstartable)? {
            break status;
        }
        if podman.may_start().is_err() {
            // It may have ended by itself just now.
            let _ = nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGTERM);
            break child.wait().map_err(unstartable)?;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    podman.may_start()?;
    let stderr = reader.join().unwrap_or_default();
    match status.code() {
        Some(0) => Ok(true),
        Some(3) => Ok(false),
        _ => {
            let text = String::from_utf8_lossy(&stderr);
            let line = text.lines().rev().find(|line| !line.trim().is_empty());
            Err(Error::Image {
                reference: image.to_owned(),
                problem: format!(
                    "its stand-in: {}",
                    line.unwrap_or("it failed without a word")
                ),
            })
        }
    }
}
