//! A text file of the caller's, in the encodings that dockerd reads its own file in.

use dagger_sdk::prelude::*;

use crate::settings::Settings;

/// Where a file lies for the command that prints its bytes.
const PLACE: &str = "/run/dind-file";

/// The text. Without a mark at its start, which editors and shells of Windows write, it is UTF-8.
pub(crate) async fn contents(settings: &Settings, dag: &Dag, file: &File) -> Result<String> {
    let text = file.contents().await;
    match &text {
        Ok(text) if !text.contains(['\0', char::REPLACEMENT_CHARACTER]) => {
            Ok(text.trim_start_matches('\u{feff}').to_owned())
        }
        // What is no UTF-8 is refused, or comes with marks in the place of what it was.
        _ => match bytes(settings, dag, file).await {
            Ok(bytes) => Ok(decoded(&bytes)),
            Err(error) => Err(text.err().unwrap_or(error)),
        },
    }
}

/// What the file holds, printed byte by byte: an answer of the API is text.
async fn bytes(settings: &Settings, dag: &Dag, file: &File) -> Result<Vec<u8>> {
    let printed = dag
        .container()
        .from(&settings.engine_image)
        .with_mounted_file(PLACE, file)
        .with_exec(["od", "-An", "-v", "-tx1", PLACE])
        .stdout()
        .await?;
    let bytes = printed
        .split_whitespace()
        .filter_map(|byte| u8::from_str_radix(byte, 16).ok());
    Ok(bytes.collect())
}

fn decoded(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| -> Vec<u16> {
        let pairs = bytes.chunks_exact(2);
        pairs.map(|pair| unit([pair[0], pair[1]])).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => String::from_utf16_lossy(&units(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => String::from_utf16_lossy(&units(rest, u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn the_mark_at_the_start_says_the_encoding() {
        assert_eq!(decoded(b"\xff\xfe{\0}\0"), "{}");
        assert_eq!(decoded(b"\xfe\xff\0{\0}"), "{}");
        assert_eq!(decoded(b"{}"), "{}");
    }
}
