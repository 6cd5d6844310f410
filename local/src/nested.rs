//! The session as commands in containers see it: the core of the API, without
//! what is the host's.

use std::net::TcpListener;
use std::sync::{Arc, Weak};

use async_graphql::dynamic::Schema;
use tokio::runtime::Handle;

use crate::Error;
use crate::connections::PATIENCE;
use crate::eval::{Caller, Door, Doors, Evaluator, Home};
use crate::http::{Guest, Server};

/// Lets commands in containers ask the session.
pub struct Nested {
    /// It holds this in turn.
    pub evaluator: Weak<Evaluator>,
    pub schema: Schema,
    pub runtime: Handle,
}

impl Doors for Nested {
    fn open(&self, listener: TcpListener, token: &str) -> Result<Door, Error> {
        let refused = |problem: String| Error::Setup {
            problem: format!("the session cannot listen in a container: {problem}"),
        };
        let evaluator = self.evaluator.upgrade();
        let evaluator = evaluator.ok_or_else(|| refused("it has ended".into()))?;
        let caller = Caller {
            evaluator,
            call: None,
            home: Home::Container,
        };
        // Of its own: behind this door no other token is worth anything, and
        // this one nowhere else.
        let server = Arc::new(Server::default());
        let guest = Guest {
            view: Arc::new(self.schema.clone()),
            resolver: Arc::new(caller),
        };
        server.admit(token, guest);
        let _entered = self.runtime.enter();
        let listener = listener
            .set_nonblocking(true)
            .and_then(|()| tokio::net::TcpListener::from_std(listener))
            .map_err(|error| refused(error.to_string()))?;
        let serving = self.runtime.spawn(server.clone().serve(listener, PATIENCE));
        let token = token.to_owned();
        Ok(Door::new(move || {
            serving.abort();
            server.dismiss(&token);
        }))
    }
}
