//! Commands that ask the session themselves. The session listens for each of
//! them on the loopback of its own container, where nobody else comes by.

use std::net::Ipv4Addr;

use crate::Error;
use crate::eval::containers::door::Door;
use crate::eval::evaluator::Evaluator;
use crate::eval::secrets::Secrets;
use crate::node::Node;
use crate::podman::{Place, RunSpec};
use crate::state::random;

/// The argument that asks for it.
pub const NESTING: &str = "experimentalPrivilegedNesting";

/// Where a command finds the session, as modules do.
const PORT: &str = "DAGGER_SESSION_PORT";
const TOKEN: &str = "DAGGER_SESSION_TOKEN";

/// What a command is to show the session.
pub struct Pass(String);

impl Evaluator {
    /// The pass of a command that may ask the session, as one of its secrets.
    ///
    /// # Errors
    /// No random numbers are to be had.
    pub fn pass(&self, node: &Node, secrets: &mut Secrets) -> Result<Option<Pass>, Error> {
        if !node.is_set(NESTING) {
            return Ok(None);
        }
        let token = random()?;
        secrets.add(TOKEN, token.as_bytes());
        Ok(Some(Pass(token)))
    }

    /// Opens the door for a command with a pass, in its place.
    ///
    /// # Errors
    /// Nothing can listen there.
    pub fn door(
        &self,
        pass: Option<&Pass>,
        place: &Place,
        spec: &mut RunSpec,
    ) -> Result<Option<Door>, Error> {
        let Some(Pass(token)) = pass else {
            return Ok(None);
        };
        let refused = |problem: String| Error::Setup {
            problem: format!("the session cannot listen in a container: {problem}"),
        };
        let listener = place.listen(Ipv4Addr::LOCALHOST, 0);
        let listener = listener.map_err(|error| refused(error.to_string()))?;
        let address = listener.local_addr();
        let port = address.map_err(|error| refused(error.to_string()))?.port();
        // Past Podman: in an image's settings it would mean nothing.
        spec.secret_env
            .push((PORT.into(), port.to_string().into_bytes()));
        let doors = self.doors.get();
        let doors = doors.ok_or_else(|| refused("it has no doors".into()))?;
        doors.open(listener, token).map(Some)
    }
}
