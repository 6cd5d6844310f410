//! Logins to registries.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Error;
use crate::eval::evaluator::Evaluator;
use crate::node::Node;

impl Evaluator {
    /// Logins to registries as the file that Podman reads, in memory only.
    ///
    /// # Errors
    /// A secret that cannot be read.
    pub fn auth_file(
        &self,
        logins: &[(String, String, Arc<Node>)],
    ) -> Result<Option<AuthFile>, Error> {
        use base64::Engine as _;
        if logins.is_empty() {
            return Ok(None);
        }
        let mut auths = BTreeMap::new();
        for (address, user, secret) in logins {
            let password = self.secret_value(secret)?;
            let login = [user.as_bytes(), b":", &password].concat();
            let text = base64::engine::general_purpose::STANDARD.encode(login);
            auths.insert(address.clone(), serde_json::json!({"auth": text}));
        }
        let path = self
            .secret_folder()?
            .join(format!("auth-{}", self.number()));
        crate::state::write_whole(
            &path,
            serde_json::json!({"auths": auths}).to_string().as_bytes(),
        )?;
        Ok(Some(AuthFile(path)))
    }
}

/// A file with logins, removed when dropped.
pub struct AuthFile(PathBuf);

impl AuthFile {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for AuthFile {
    fn drop(&mut self) {
        // Its folder goes with the session.
        let _ = std::fs::remove_file(&self.0);
    }
}
