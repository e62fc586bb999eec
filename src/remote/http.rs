//! The connection to a hub: what every request to it carries, and what its failures mean.

use super::retry::{Failed, Reached};
use crate::api::address::Message;
use crate::api::{Problem, VERSION, filing, headers};
use crate::error::{Error, Result, codes};
use crate::hub::wire::{Call, Method};
use crate::oidc::check_address;
use reqwest::Url;
use reqwest::blocking::{Client, ClientBuilder, RequestBuilder, Response};
use reqwest::header::{self, HeaderValue};
use std::fmt;
use std::time::Duration;

/// How long a hub may take to take a call.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer in one piece may take: longer than the hub itself waits for its store.
const ANSWER: Duration = Duration::from_secs(120);
/// Whether the other end is still there is asked so often while nothing comes.
const ALIVE: Duration = Duration::from_secs(20);

/// A token, which is shown nowhere.
#[derive(Clone)]
pub struct Bearer(HeaderValue);

impl Bearer {
    /// Of a token's text.
    ///
    /// # Errors
    /// `E0201` for what no token can be.
    pub fn of(token: &str) -> Result<Self> {
        let header = HeaderValue::from_str(&format!("Bearer {token}"));
        let mut header = header.map_err(|_| codes::NOT_SIGNED_IN.error("this is no token"))?;
        header.set_sensitive(true);
        Ok(Self(header))
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// A hub at an address.
#[derive(Debug)]
pub struct Http {
    /// For answers in one piece.
    pub(super) quick: Client,
    /// For what takes as long as it takes.
    pub(super) patient: Client,
    base: Url,
    bearer: Option<Bearer>,
    /// When a rehearsal takes place.
    rehearsal: bool,
}

impl Http {
    /// The hub at an address; nothing is sent yet.
    ///
    /// # Errors
    /// `E0100` for an address that is none, or over which a token would travel in the clear.
    pub fn new(address: &str, bearer: Option<Bearer>) -> Result<Self> {
        let base = base(address)?;
        // The same one every time: whoever comes second is too late, which is no loss.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = |timeout: Option<Duration>| {
            let builder: ClientBuilder = Client::builder()
                .user_agent(concat!("servhub/", env!("CARGO_PKG_VERSION")))
                // A token goes to the hub that it was given for, and nowhere else.
                .redirect(reqwest::redirect::Policy::none())
                // What may be tried again is decided here.
                .retry(reqwest::retry::never())
                .connect_timeout(CONNECT)
                .tcp_keepalive(ALIVE)
                .timeout(timeout);
            builder.build().map_err(|error| {
                codes::HUB_UNREACHABLE
                    .error("no connection can be made here")
                    .because(error)
            })
        };
        Ok(Self {
            quick: client(Some(ANSWER))?,
            patient: client(None)?,
            base,
            bearer,
            rehearsal: false,
        })
    }

    /// The same, telling the hub what time it is: for a hub that rehearses.
    #[must_use]
    pub fn rehearsing(self) -> Self {
        Self {
            rehearsal: true,
            ..self
        }
    }

    pub(super) fn request(&self, client: &Client, call: &Call<'_>, message: &Message) -> RequestBuilder {
        let method = match call.route.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let address = format!("{}{}", self.base.as_str().trim_end_matches('/'), message.address);
        let mut request = client.request(method, address);
        for (name, value) in headers::write(call) {
            request = request.header(name, value);
        }
        if let Some(Bearer(bearer)) = &self.bearer {
            request = request.header(header::AUTHORIZATION, bearer.clone());
        }
        if let Some(key) = filing::key_of(call.operation, &call.arguments) {
            request = request.header(headers::KEY, crate::api::encode(&key));
        }
        if self.rehearsal {
            request = request.header(headers::NOW, call.context.now.to_string());
        }
        request
    }

    /// A request for a document that is no operation's.
    pub(super) fn look_at(&self, path: &str) -> RequestBuilder {
        let address = format!("{}{path}", self.base.as_str().trim_end_matches('/'));
        let request = self.quick.get(address);
        match &self.bearer {
            Some(Bearer(bearer)) => request.header(header::AUTHORIZATION, bearer.clone()),
            None => request,
        }
    }

    pub(super) fn send(&self, request: RequestBuilder) -> Result<Response, Failed> {
        let response = request.send().map_err(|error| self.unreached(error))?;
        let version = response
            .headers()
            .get(headers::API)
            .and_then(|version| version.to_str().ok());
        let retry_after = response
            .headers()
            .get(header::RETRY_AFTER)
            .and_then(|wait| wait.to_str().ok()?.parse().ok());
        let retry_after = retry_after.map(Duration::from_secs);
        match version {
            Some(version) if version != VERSION.to_string() => {
                return Err(headers::other_version(version).into());
            }
            // A proxy speaks for a hub that does not.
            None if [502, 503, 504].contains(&response.status().as_u16()) => {
                let error =
                    codes::HUB_BUSY.error(format!("{}: the hub does not answer its proxy", self.shown()));
                return Err(Failed {
                    error,
                    reached: Reached::Unknown,
                    retry_after,
                });
            }
            None => return Err(self.not_a_hub(&response).into()),
            Some(_) => {}
        }
        if response.status().is_success() {
            return Ok(response);
        }
        Err(Failed::answer(self.problem(response), retry_after))
    }

    fn problem(&self, response: Response) -> Error {
        let no_hub = self.not_a_hub(&response);
        let request = response
            .headers()
            .get(headers::REQUEST)
            .and_then(|request| request.to_str().ok());
        let request = request.map(|request| format!("the hub's log calls it request {request}"));
        let is_theirs = response.status().is_server_error();
        let problem = response
            .bytes()
            .ok()
            .and_then(|body| serde_json::from_slice::<Problem>(&body).ok());
        let error = problem.map_or(no_hub, Problem::into_error);
        match request {
            Some(request) if is_theirs => error.hint(request),
            _ => error,
        }
    }

    fn not_a_hub(&self, response: &Response) -> Error {
        let status = response.status();
        let error = codes::NOT_A_HUB.error(format!("{} answers with {status}, not as a hub", self.shown()));
        match response
            .headers()
            .get(header::LOCATION)
            .and_then(|to| to.to_str().ok())
        {
            Some(to) if status.is_redirection() => {
                error.hint(format!("it points to {to}; use that address if you trust it"))
            }
            _ => error,
        }
    }

    /// The address without anything that a person might have put into it.
    fn shown(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    fn unreached(&self, error: reqwest::Error) -> Failed {
        let reached = if error.is_connect() {
            Reached::Nowhere
        } else {
            Reached::Unknown
        };
        let error = error.without_url();
        let mut deepest: &dyn std::error::Error = &error;
        while let Some(cause) = deepest.source() {
            deepest = cause;
        }
        let what = if error.is_timeout() {
            "no answer in time".to_owned()
        } else {
            deepest.to_string()
        };
        let message = format!("{}: {what}", self.shown());
        Failed {
            error: codes::HUB_UNREACHABLE.error(message).because(error),
            reached,
            retry_after: None,
        }
    }
}

/// Reads an address. Tokens cross no network in the clear.
fn base(address: &str) -> Result<Url> {
    check_address(address)?;
    Url::parse(address)
        .map_err(|error| codes::BAD_VALUE.error(format!("the store's address cannot be read: {error}")))
}
