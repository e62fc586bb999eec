//! The few things that are asked of a hub before anybody is signed in.

use crate::api::Problem;
use crate::domain::token::Secret;
use crate::error::{Error, Kind, Result, codes};
use crate::hub::sign_in::{Begin, Offer, Opened, SetUp, Who};
use crate::oidc::{Answer, Failure, Web, check_address};
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// A hub's door.
pub trait HubDoor: Debug {
    /// How one signs in.
    ///
    /// # Errors
    /// When the hub does not answer.
    fn offer(&self) -> Result<Offer>;

    /// Opens a session.
    ///
    /// # Errors
    /// As the hub says.
    fn open(&self, begin: &Begin) -> Result<Opened>;

    /// Whom the hub takes the holder of a token for.
    ///
    /// # Errors
    /// As the hub says.
    fn who(&self, secret: &Secret) -> Result<Who>;

    /// Ends a session.
    ///
    /// # Errors
    /// As the hub says.
    fn close(&self, secret: &Secret) -> Result<()>;

    /// Makes the first operator.
    ///
    /// # Errors
    /// As the hub says.
    fn set_up(&self, set_up: &SetUp) -> Result<Opened>;
}

/// The door over HTTP.
#[derive(Debug)]
pub struct HttpDoor {
    web: Web,
    hub: String,
}

impl HttpDoor {
    /// The door of the hub at an address.
    ///
    /// # Errors
    /// `E0100` for an address that is not secured.
    pub fn new(web: Web, hub: &str) -> Result<Self> {
        check_address(hub)?;
        Ok(Self {
            web,
            hub: hub.trim_end_matches('/').to_owned(),
        })
    }

    fn ask(
        &self,
        method: Method,
        path: &str,
        secret: Option<&Secret>,
        body: Option<&impl Serialize>,
    ) -> Result<Answer> {
        let body = body.map(serde_json::to_value).transpose();
        let body = body.map_err(|error| {
            codes::IO_FAILED
                .error("it cannot be written as JSON")
                .because(error)
        })?;
        let url = format!("{}{path}", self.hub);
        let answer = self
            .web
            .send(method, &url, secret.map(Secret::tell), body.as_ref())
            .map_err(|failure| unreachable(&self.hub, failure))?;
        match answer.status {
            200..=299 => Ok(answer),
            _ => Err(self.refused(&answer)),
        }
    }

    fn read<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T> {
        // What was read may be a secret, so no message quotes it.
        serde_json::from_slice(&answer.body).map_err(|_| self.no_hub(answer.status))
    }

    /// What the hub said, with its own code.
    fn refused(&self, answer: &Answer) -> Error {
        let problem = serde_json::from_slice::<Problem>(&answer.body);
        problem.map_or_else(|_| self.no_hub(answer.status), Problem::into_error)
    }

    fn no_hub(&self, status: u16) -> Error {
        codes::NOT_A_HUB
            .error(format!("{} answered {status}, and not as a hub does", self.hub))
            .hint("`servhub profile show --origin` says where the address comes from")
    }
}

fn unreachable(hub: &str, failure: Failure) -> Error {
    debug_assert_eq!(codes::HUB_UNREACHABLE.kind, Kind::Unreachable);
    codes::HUB_UNREACHABLE
        .error(format!("the hub {hub} does not answer: {failure}"))
        .because(failure)
        .hint("check the address and the network, then try again")
}

const NOTHING: Option<&Value> = None;

impl HubDoor for HttpDoor {
    fn offer(&self) -> Result<Offer> {
        self.read(&self.ask(Method::GET, "/v1/sign-in", None, NOTHING)?)
    }

    fn open(&self, begin: &Begin) -> Result<Opened> {
        self.read(&self.ask(Method::POST, "/v1/session", None, Some(begin))?)
    }

    fn who(&self, secret: &Secret) -> Result<Who> {
        self.read(&self.ask(Method::GET, "/v1/session", Some(secret), NOTHING)?)
    }

    fn close(&self, secret: &Secret) -> Result<()> {
        self.ask(Method::DELETE, "/v1/session", Some(secret), NOTHING)
            .map(|_| ())
    }

    fn set_up(&self, set_up: &SetUp) -> Result<Opened> {
        self.read(&self.ask(Method::POST, "/v1/setup", None, Some(set_up))?)
    }
}
