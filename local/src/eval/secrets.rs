//! Secrets: their values live in this process and in files in memory for as
//! long as a command runs, and are taken out of everything that it prints.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::container::Container;
use super::disk::{chown, permissions};
use super::{Evaluator, fields};
use crate::Error;
use crate::node::Node;
use crate::state::digest;
use crate::sync::locked;

/// What stands in printed text where a secret was.
const SCRUBBED: &str = "***";

/// The secrets of one command.
pub struct Secrets<'a> {
    evaluator: &'a Evaluator,
    /// Variables, and the names of Podman's secrets that hold their values.
    pub env: Vec<(String, String)>,
    values: Vec<String>,
}

impl Secrets<'_> {
    /// A text without the secrets in it.
    pub fn scrubbed(&self, text: &str) -> String {
        self.values
            .iter()
            .fold(text.to_owned(), |text, value| text.replace(value, SCRUBBED))
    }
}

impl Drop for Secrets<'_> {
    fn drop(&mut self) {
        if let Some(podman) = self.evaluator.opened_podman() {
            for (_, name) in &self.env {
                podman.drop_secret(name);
            }
        }
    }
}

impl Evaluator {
    /// The arguments of `setSecret`, with a keyed digest for the value.
    pub fn keep_secret(&self, args: Map<String, Value>) -> Map<String, Value> {
        let text = |name: &str| args.get(name).and_then(Value::as_str).unwrap_or_default();
        let digest = digest([self.salt().as_bytes(), text("plaintext").as_bytes()]);
        locked(&self.secrets).insert(digest.clone(), text("plaintext").as_bytes().to_vec());
        fields(json!({"name": text("name"), "digest": digest}))
    }

    /// A random text of the state folder: without it, digests of secrets could
    /// be guessed.
    fn salt(&self) -> String {
        let path = self.state.path("salt");
        if let Ok(salt) = std::fs::read_to_string(&path) {
            return salt;
        }
        let salt = crate::session::random().unwrap_or_default();
        // Where it cannot be kept, digests differ from session to session.
        let _ = crate::state::write_whole(&path, salt.as_bytes());
        salt
    }

    /// The value of a secret.
    ///
    /// # Errors
    /// One that is not there, or comes from where the session does not look.
    pub fn secret_value(&self, secret: &Node) -> Result<Vec<u8>, Error> {
        let missing = |problem: String| Error::argument("secret", problem);
        let value = match secret.field.as_str() {
            "setSecret" => locked(&self.secrets).get(secret.text("digest")).cloned(),
            "secret" if secret.ty == "Secret" => {
                let uri = match &secret.parent {
                    Some(address) => address.text("value"),
                    None => secret.text("uri"),
                };
                return match uri.split_once("://") {
                    Some(("env", name)) => std::env::var_os(name)
                        .map(std::os::unix::ffi::OsStringExt::into_vec)
                        .ok_or_else(|| {
                            missing(format!("the environment variable {name} is not set"))
                        }),
                    Some(("file", path)) => {
                        let path = self.on_host(path)?;
                        std::fs::read(&path)
                            .map_err(|error| Error::file("read the secret in", &path, &error))
                    }
                    Some(("cmd", command)) => self.command_secret(command),
                    Some((scheme, _)) => Err(Error::Unserved {
                        field: format!("secrets from {scheme}://, only env://, file:// and cmd://"),
                    }),
                    None => Err(missing("expected env://NAME or file://PATH".into())),
                };
            }
            _ => None,
        };
        value.ok_or_else(|| missing("this session does not know it".into()))
    }

    /// What a command of the host prints. It runs once a session: it may ask
    /// a person.
    fn command_secret(&self, command: &str) -> Result<Vec<u8>, Error> {
        let key = format!("cmd://{command}");
        if let Some(value) = locked(&self.secrets).get(&key) {
            return Ok(value.clone());
        }
        let ran = std::process::Command::new("sh")
            .args(["-c", command])
            .stderr(std::process::Stdio::inherit())
            .output()
            .map_err(|error| Error::file("start", "sh".as_ref(), &error))?;
        if !ran.status.success() {
            let problem = format!("the command that prints it failed: {}", ran.status);
            return Err(Error::argument("secret", problem));
        }
        locked(&self.secrets).insert(key, ran.stdout.clone());
        Ok(ran.stdout)
    }

    /// The secrets of a container, ready for one command.
    ///
    /// # Errors
    /// As [`Evaluator::secret_value`].
    pub fn secrets_for(&self, container: &Container) -> Result<Secrets<'_>, Error> {
        let mut secrets = Secrets {
            evaluator: self,
            env: Vec::new(),
            values: Vec::new(),
        };
        for (name, secret) in &container.secret_env {
            let value = self.secret_value(secret)?;
            secrets.add(&value);
            let kept = format!("s{}-{}", self.session, self.number());
            self.podman()?
                .keep_secret(&kept, &value, &self.secret_folder()?)?;
            secrets.env.push((name.clone(), kept));
        }
        for mount in &container.mounts {
            if let super::container::MountKind::Secret { secret, .. } = &mount.kind {
                secrets.add(&self.secret_value(secret)?);
            }
        }
        Ok(secrets)
    }

    /// A file that holds a secret, for mounting.
    ///
    /// # Errors
    /// As [`Evaluator::secret_value`].
    pub fn secret_file(
        &self,
        secret: &Node,
        owner: &str,
        mode: u32,
        _container: &Container,
        _secrets: &Secrets<'_>,
    ) -> Result<PathBuf, Error> {
        let key = digest([secret.id.as_str(), owner, &mode.to_string()]);
        let path = self.secret_folder()?.join(&key[..24]);
        crate::state::write_whole(&path, &self.secret_value(secret)?)?;
        permissions(&path, Some(i64::from(mode)))?;
        chown(&path, owner)?;
        Ok(path)
    }

    /// The session's folder for secrets, in memory.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn secret_folder(&self) -> Result<PathBuf, Error> {
        let path = folder(&self.session);
        crate::state::make_folder(&path)?;
        permissions(&path, Some(0o700))?;
        Ok(path)
    }

    /// Removes the session's secrets.
    pub fn forget_secrets(&self) {
        forget(&self.session);
    }

    /// The path of a `Socket`.
    ///
    /// # Errors
    /// One that is not of the host.
    pub fn socket_path(&self, socket: &Arc<Node>) -> Result<String, Error> {
        let path = match (socket.field.as_str(), &socket.parent) {
            ("unixSocket", _) => socket.text("path"),
            ("socket", Some(address)) => address.text("value").trim_start_matches("unix://"),
            _ => return Err(socket.unserved()),
        };
        Ok(self.on_host(path)?.display().to_string())
    }
}

impl Secrets<'_> {
    fn add(&mut self, value: &[u8]) {
        let value = String::from_utf8_lossy(value);
        for value in [value.as_ref(), value.trim()] {
            if !value.is_empty() && !self.values.iter().any(|known| known == value) {
                self.values.push(value.to_owned());
            }
        }
        // The longer ones first: they may hold the shorter ones.
        self.values
            .sort_by_key(|value| std::cmp::Reverse(value.len()));
    }
}

/// Removes the secrets of a session, also of one that was killed.
pub fn forget(session: &str) {
    let _ = std::fs::remove_dir_all(folder(session));
}

fn folder(session: &str) -> PathBuf {
    PathBuf::from(format!("/dev/shm/dagger-local-{session}"))
}
