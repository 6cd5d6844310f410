//! Secrets: their values live in this process, and in files in memory from when
//! one is to be mounted until it is, and are taken out of everything that a
//! command prints.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::Error;
use crate::eval::containers::value::Container;
use crate::eval::evaluator::{Evaluator, fields};
use crate::eval::files::disk::{chown, permissions};
use crate::node::Node;
use crate::scrub::Scrubber;
use crate::state::digest;
use crate::sync::locked;

/// The secrets of one command.
#[derive(Default)]
pub struct Secrets {
    /// Variables and their values.
    pub env: Vec<(String, Vec<u8>)>,
    /// Takes all of them out of what is printed.
    pub scrubber: Scrubber,
    values: Vec<Vec<u8>>,
}

impl Secrets {
    /// Adds a variable.
    pub fn add(&mut self, name: &str, value: &[u8]) {
        self.env.push((name.to_owned(), value.to_owned()));
        self.values.push(value.to_owned());
        self.scrubber = Scrubber::new(&self.values);
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

    /// What makes IDs that nobody can guess who does not know the state folder;
    /// the same in each of its sessions.
    pub fn mark(&self) -> String {
        digest([self.salt().as_bytes(), b"mark"])
    }

    /// A random text of the state folder: without it, digests of secrets could
    /// be guessed.
    fn salt(&self) -> String {
        let path = self.state.path("salt");
        if let Ok(salt) = std::fs::read_to_string(&path) {
            return salt;
        }
        let salt = crate::state::random().unwrap_or_default();
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
    /// As [`Evaluator::secret_value`], or a value that no variable can hold.
    pub fn secrets_for(&self, container: &Container) -> Result<Secrets, Error> {
        let (mut env, mut values) = (Vec::new(), Vec::new());
        for (name, secret) in &container.secret_env {
            let value = self.secret_value(secret)?;
            if value.contains(&0) {
                return Err(Error::argument(
                    format!("secret variable {name}"),
                    "its value has a zero byte, which no variable can hold: mount it instead",
                ));
            }
            values.push(value.clone());
            env.push((name.clone(), value));
        }
        for mount in &container.mounts {
            if let crate::eval::containers::value::MountKind::Secret { secret, .. } = &mount.kind {
                values.push(self.secret_value(secret)?);
            }
        }
        let scrubber = Scrubber::new(&values);
        Ok(Secrets {
            env,
            scrubber,
            values,
        })
    }

    /// A file that holds a secret, for one mount.
    ///
    /// # Errors
    /// As [`Evaluator::secret_value`].
    pub fn secret_file(&self, secret: &Node, owner: &str, mode: u32) -> Result<PathBuf, Error> {
        let path = self
            .secret_folder()?
            .join(format!("mount{}", self.number()));
        crate::state::write_whole(&path, &self.secret_value(secret)?)?;
        permissions(&path, Some(i64::from(mode)))?;
        chown(&path, owner)?;
        Ok(path)
    }

    /// A file for what a service writes, which may be secret.
    ///
    /// # Errors
    /// The folder for it cannot be made.
    pub fn log_file(&self) -> Result<PathBuf, Error> {
        Ok(self.secret_folder()?.join(format!("log{}", self.number())))
    }

    /// The session's folder for secrets, in memory.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn secret_folder(&self) -> Result<PathBuf, Error> {
        let path = folder(self.state.session());
        crate::state::make_folder(&path)?;
        permissions(&path, Some(0o700))?;
        Ok(path)
    }

    /// Removes the session's secrets.
    pub fn forget_secrets(&self) {
        forget(self.state.session());
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

/// Removes the secrets of a session, also of one that was killed.
pub fn forget(session: &str) {
    let _ = std::fs::remove_dir_all(folder(session));
}

fn folder(session: &str) -> PathBuf {
    PathBuf::from(format!("/dev/shm/dagger-local-{session}"))
}
