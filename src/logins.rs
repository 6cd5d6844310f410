//! Logins to registries, from Docker's `config.json`, for a client that logs in itself, too.
//!
//! `docker login` writes a new `config.json` in the place of the old one, which a mounted
//! secret does not let happen, and what it writes holds the old logins. So the client gets
//! a `config.json` of its own that names a credential helper for the registries of the given
//! logins. The helper reads them from a secret; new logins are the client's own.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::errors::Error;

/// What the helper's program is called after `docker-credential-`.
pub(crate) const HELPER: &str = "dind";
/// How Docker Hub is called among logins.
const DOCKER_HUB: &str = "https://index.docker.io/v1/";
/// What a helper gives as the name of the user of an identity token.
const TOKEN_USER: &str = "<token>";

/// The given logins in the form that a client is given.
#[derive(Debug)]
pub(crate) struct Logins {
    /// The client's `config.json`, without a secret.
    pub(crate) config: String,
    /// For the helper: a registry, and in the next line what it answers.
    pub(crate) answers: String,
    /// The same for the same registries and users.
    pub(crate) name: String,
    /// Helpers of the caller's, by where they are named.
    pub(crate) helpers: Vec<(&'static str, String)>,
}

impl Logins {
    /// Whether the file holds none at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.helpers.is_empty()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConfigJson {
    #[serde(default)]
    auths: Option<BTreeMap<String, Auth>>,
    #[serde(default)]
    creds_store: Option<String>,
    #[serde(default)]
    cred_helpers: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct Auth {
    auth: Option<String>,
    username: Option<String>,
    password: Option<String>,
    identitytoken: Option<String>,
    registrytoken: Option<String>,
}

/// The logins in a `config.json`.
pub(crate) fn read(text: &str) -> Result<Logins, Error> {
    let text = match text.trim_start_matches('\u{feff}').trim() {
        // As for the Docker CLI, a file without anything in it holds no login.
        "" => "{}",
        text => text,
    };
    // The parser's own message would show what stands in the file.
    let config: ConfigJson = serde_json::from_str(text).map_err(|error| {
        wrong(format!(
            "line {} of the file is not as in Docker's config.json",
            error.line()
        ))
    })?;
    let mut cred_helpers = Map::new();
    let mut helpers = Vec::new();
    let given = config.cred_helpers.unwrap_or_default();
    for (registry, helper) in given.into_iter().filter(|(_, helper)| !helper.is_empty()) {
        cred_helpers.insert(registry, json!(helper));
        helpers.push(("credHelpers", helper));
    }
    let creds_store = config.creds_store.filter(|store| !store.is_empty());
    helpers.extend(creds_store.clone().map(|store| ("credsStore", store)));
    let mut answers = String::new();
    let mut identity = DefaultHasher::new();
    for (key, auth) in config.auths.unwrap_or_default() {
        let registry = registry(&key);
        let Some((user, secret)) = credentials(&key, auth)? else {
            continue;
        };
        (&registry, &user).hash(&mut identity);
        let answer = json!({"ServerURL": registry, "Username": user, "Secret": secret});
        answers.push_str(&format!("{registry}\n{answer}\n"));
        cred_helpers.insert(registry, json!(HELPER));
    }
    let mut client = Map::new();
    client.insert("credHelpers".into(), Value::Object(cred_helpers));
    if let Some(store) = creds_store {
        client.insert("credsStore".into(), json!(store));
    }
    Ok(Logins {
        config: Value::Object(client).to_string(),
        answers,
        name: format!("dind-logins-{:016x}", identity.finish()),
        helpers,
    })
}

/// As the Docker CLI asks a helper for it.
fn registry(key: &str) -> String {
    let rest = key
        .strip_prefix("https://")
        .or_else(|| key.strip_prefix("http://"))
        .unwrap_or(key);
    match rest.split('/').next().unwrap_or(rest) {
        "index.docker.io" => DOCKER_HUB.to_owned(),
        host => host.to_owned(),
    }
}

/// The user and the password or token; `None` for an entry that only says that there was a login.
fn credentials(key: &str, auth: Auth) -> Result<Option<(String, String)>, Error> {
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    if let Some(token) = filled(auth.identitytoken) {
        return Ok(Some((TOKEN_USER.to_owned(), token)));
    }
    if let Some(auth) = filled(auth.auth) {
        // Line breaks in it do not count.
        let decoded = STANDARD.decode(auth.replace(['\r', '\n'], "").trim()).ok();
        let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
        let pair = decoded
            .as_deref()
            .and_then(|text| text.trim_end_matches('\0').split_once(':'))
            .filter(|(user, _)| !user.is_empty());
        return match pair {
            Some((user, password)) => Ok(Some((user.to_owned(), password.to_owned()))),
            None => Err(wrong(format!(
                "the auth of {key:?} is not the base64 of a name, a colon and a password"
            ))),
        };
    }
    match (filled(auth.username), filled(auth.password)) {
        (Some(user), Some(password)) => Ok(Some((user, password))),
        _ if filled(auth.registrytoken).is_some() => Err(wrong(format!(
            "the registrytoken of {key:?} is not accepted, it needs a password or an identitytoken"
        ))),
        _ => Ok(None),
    }
}

fn wrong(reason: String) -> Error {
    Error::Logins { reason }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;

    #[test]
    fn each_kind_of_login_is_answered_by_the_helper() {
        let text = json!({"auths": {
            "localhost:5005": {"auth": "bWU6\r\ncHc6MQ==\n"},
            "https://registry.example/v2/": {"username": "me", "password": "p\"w"},
            "https://index.docker.io/v1/": {"identitytoken": "abc"},
            "empty.example": {},
        }});
        let logins = read(&text.to_string()).expect("logins");
        let answers: Vec<_> = logins.answers.lines().collect();
        let expected = [
            ("https://index.docker.io/v1/", "<token>", "abc"),
            ("registry.example", "me", "p\"w"),
            ("localhost:5005", "me", "pw:1"),
        ];
        assert_eq!(answers.len(), 2 * expected.len());
        for (lines, (server, user, secret)) in answers.chunks(2).zip(expected) {
            assert_eq!(lines[0], server);
            let answer: Value = serde_json::from_str(lines[1]).expect("JSON");
            let known = json!({"ServerURL": server, "Username": user, "Secret": secret});
            assert_eq!(answer, known);
        }
        let config: Value = serde_json::from_str(&logins.config).expect("JSON");
        let helpers = json!({
            "https://index.docker.io/v1/": "dind", "registry.example": "dind", "localhost:5005": "dind",
        });
        assert_eq!(config, json!({"credHelpers": helpers}));
    }

    #[test]
    fn a_file_without_logins_changes_nothing() {
        for text in [
            "",
            " \n",
            "{}",
            r#"{"auths":{}}"#,
            r#"{"auths":null,"credsStore":"","credHelpers":{"r.example":""}}"#,
            r#"{"auths":{"r.example":{}},"psFormat":"x"}"#,
        ] {
            assert!(read(text).expect(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn helpers_of_the_caller_are_named() {
        let text = r#"{"credsStore":"desktop","credHelpers":{"r.example":"ecr-login"}}"#;
        let logins = read(text).expect("logins");
        let helpers = [("credHelpers", "ecr-login"), ("credsStore", "desktop")];
        assert_eq!(
            logins.helpers,
            helpers.map(|(key, name)| (key, name.to_owned()))
        );
    }

    #[test]
    fn a_file_that_is_not_dockers_is_refused_without_showing_it() {
        for text in [
            "secret",
            "[\"secret\"]",
            r#"{"auths":"secret"}"#,
            r#"{"auths":{"r.example":{"auth":"secret"}}}"#,
            // :secret
            r#"{"auths":{"r.example":{"auth":"OnNlY3JldA=="}}}"#,
            r#"{"auths":{"r.example":{"registrytoken":"secret"}}}"#,
        ] {
            let error = read(text).expect_err(text).to_string();
            assert!(error.starts_with("argument registry-auth: "), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
