//! What Podman's storage holds, read without Podman: a record that names an
//! image is trusted only while the image and all its layers are there.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::checked::Id;
use crate::Error;
use crate::state::State;
use crate::sync::locked;

/// The images of a state folder, as far as this session has looked.
#[derive(Debug)]
pub struct Store {
    storage: PathBuf,
    /// The file that names the storage's driver.
    driver: PathBuf,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    whole: HashSet<Id>,
    /// Images with the first layer of each that is gone.
    broken: HashMap<Id, String>,
    /// When the lists were read that held nothing else.
    read: Option<Stamp>,
}

/// What tells that a list was written anew.
type Stamp = [Option<(u64, i64, i64, u64)>; 2];

#[derive(Debug, Deserialize)]
struct Image {
    id: String,
    #[serde(default)]
    layer: String,
}

#[derive(Debug, Deserialize)]
struct Layer {
    id: String,
    #[serde(default)]
    parent: String,
}

impl Store {
    /// The storage of a state folder.
    pub fn new(state: &State) -> Self {
        Store {
            storage: state.path("storage"),
            driver: state.path("storage-driver"),
            known: Mutex::default(),
        }
    }

    /// Whether an image is there, with its layers. One that is gone can be
    /// made again.
    ///
    /// # Errors
    /// Podman's lists or an image's layers are damaged, so that nothing can be
    /// made again, either.
    pub fn holds(&self, image: &Id) -> Result<bool, Error> {
        let mut known = locked(&self.known);
        if known.whole.contains(image) {
            return Ok(true);
        }
        let driver = fs::read_to_string(&self.driver).unwrap_or_default();
        let driver = driver.trim();
        let images = self.storage.join(format!("{driver}-images/images.json"));
        let layers = self.storage.join(format!("{driver}-layers/layers.json"));
        let stamp = [stamp(&images), stamp(&layers)];
        if known.read == Some(stamp) {
            return self.answer(&known, image);
        }
        let images: Vec<Image> = self.list(&images)?;
        let layers: Vec<Layer> = self.list(&layers)?;
        let parents: HashMap<_, _> = layers
            .iter()
            .map(|layer| (layer.id.as_str(), layer.parent.as_str()))
            .collect();
        let mut seen = HashSet::new();
        known.broken.clear();
        for found in &images {
            let Ok(id) = Id::try_from(found.id.clone()) else {
                continue;
            };
            match self.missing(driver, &found.layer, &parents, &mut seen) {
                Some(layer) => drop(known.broken.insert(id, layer.to_owned())),
                None => drop(known.whole.insert(id)),
            }
        }
        known.read = Some(stamp);
        self.answer(&known, image)
    }

    fn answer(&self, known: &Known, image: &Id) -> Result<bool, Error> {
        match known.broken.get(image) {
            Some(layer) => Err(self.damaged(&format!("the layer {layer} of an image is gone"))),
            None => Ok(known.whole.contains(image)),
        }
    }

    /// The first layer of a chain that is not there.
    fn missing<'a>(
        &self,
        driver: &str,
        top: &'a str,
        parents: &HashMap<&'a str, &'a str>,
        seen: &mut HashSet<&'a str>,
    ) -> Option<&'a str> {
        let mut layer = top;
        let mut chain = Vec::new();
        while !layer.is_empty() && !seen.contains(layer) {
            let files = match driver {
                "vfs" => self.storage.join("vfs/dir").join(layer),
                _ => self.storage.join(driver).join(layer).join("diff"),
            };
            let Some(parent) = parents.get(layer).filter(|_| files.is_dir()) else {
                return Some(layer);
            };
            chain.push(layer);
            layer = parent;
        }
        seen.extend(chain);
        None
    }

    /// A list of the storage; one that is not there is empty.
    fn list<T: DeserializeOwned>(&self, path: &Path) -> Result<Vec<T>, Error> {
        match fs::read(path) {
            Ok(text) => serde_json::from_slice(&text)
                .map_err(|_| self.damaged(&format!("{} is no list", path.display()))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Error::file("read", path, &error)),
        }
    }

    fn damaged(&self, problem: &str) -> Error {
        Error::Setup {
            problem: format!(
                "the storage in {} is damaged ({problem}): `dagger-local prune` removes it, and \
                 the next call makes it anew",
                self.storage.display()
            ),
        }
    }
}

fn stamp(path: &Path) -> Option<(u64, i64, i64, u64)> {
    let found = path.metadata().ok()?;
    Some((found.ino(), found.mtime(), found.mtime_nsec(), found.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(digit: char) -> Id {
        Id::try_from(digit.to_string().repeat(64)).unwrap()
    }

    /// A storage with an image of two layers.
    fn storage() -> (tempfile::TempDir, State) {
        let folder = tempfile::tempdir().unwrap();
        let state = State::open(&folder.path().join("state"), "one").unwrap();
        fs::write(state.path("storage-driver"), "overlay\n").unwrap();
        let storage = state.path("storage");
        for layer in ["top", "base"] {
            fs::create_dir_all(storage.join("overlay").join(layer).join("diff")).unwrap();
        }
        for list in ["images", "layers"] {
            fs::create_dir_all(storage.join(format!("overlay-{list}"))).unwrap();
        }
        let images = format!("[{{\"id\":\"{}\",\"layer\":\"top\"}}]", id('a'));
        fs::write(storage.join("overlay-images/images.json"), images).unwrap();
        let layers = r#"[{"id":"base"},{"id":"top","parent":"base"}]"#;
        fs::write(storage.join("overlay-layers/layers.json"), layers).unwrap();
        (folder, state)
    }

    #[test]
    fn an_image_is_there_or_not() {
        let (_folder, state) = storage();
        let store = Store::new(&state);
        assert!(store.holds(&id('a')).unwrap());
        assert!(!store.holds(&id('b')).unwrap());
        assert!(store.holds(&id('a')).unwrap());
    }

    #[test]
    fn an_image_that_comes_later_is_found() {
        let (_folder, state) = storage();
        let store = Store::new(&state);
        assert!(!store.holds(&id('b')).unwrap());
        let images = format!("[{{\"id\":\"{}\",\"layer\":\"base\"}}]", id('b'));
        fs::write(state.path("storage/overlay-images/images.json"), images).unwrap();
        assert!(store.holds(&id('b')).unwrap());
    }

    #[test]
    fn an_image_without_a_layer_of_its_is_damage_that_prune_heals() {
        for gone in ["overlay/base", "overlay/top/diff"] {
            let (_folder, state) = storage();
            fs::remove_dir_all(state.path("storage").join(gone)).unwrap();
            let store = Store::new(&state);
            for _ in 0..2 {
                let error = store.holds(&id('a')).unwrap_err().to_string();
                assert!(error.contains("dagger-local prune"), "{error}");
            }
        }
    }

    #[test]
    fn a_broken_list_is_damage_and_a_missing_one_is_empty() {
        let (_folder, state) = storage();
        let list = state.path("storage/overlay-images/images.json");
        fs::write(&list, "[{").unwrap();
        Store::new(&state).holds(&id('a')).unwrap_err();
        fs::remove_file(&list).unwrap();
        assert!(!Store::new(&state).holds(&id('a')).unwrap());
    }
}
