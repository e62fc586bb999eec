//! Asking a provider or a hub over HTTP: everything has a time-out and a bound, and nothing is followed elsewhere.

use crate::error::{Error, Result, codes};
use oauth2::{HttpRequest, HttpResponse};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::{Method, redirect};
use std::fmt;
use std::io::Read;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a question may take with its answer.
const ANSWER: Duration = Duration::from_secs(20);
/// The longest answer that is read.
const LONGEST: u64 = 1024 * 1024;

/// A client for short questions.
#[derive(Debug, Clone)]
pub struct Web {
    client: Client,
    /// When all of them have to be over.
    until: Option<Instant>,
}

/// Why an exchange with a server did not come to its end; for people, without what was sent.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(String);

/// What came back. It may hold secrets, so it does not print.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({}, …)", self.status)
    }
}

impl Web {
    /// A client that follows no redirects, because they could lead secrets elsewhere.
    ///
    /// # Errors
    /// `E0813` when this machine has no certificates to trust.
    pub fn new() -> Result<Self> {
        // Somebody else may have chosen a provider already; then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .user_agent(concat!("servhub/", env!("CARGO_PKG_VERSION")))
            .build();
        let client = client.map_err(|error| {
            codes::HUB_UNREACHABLE
                .error("this machine cannot make secured connections")
                .because(error)
        })?;
        Ok(Self { client, until: None })
    }

    /// The same for questions that may take so long from now, all together.
    #[must_use]
    pub fn within(self, time: Duration) -> Self {
        Self {
            until: Some(Instant::now() + time),
            ..self
        }
    }

    fn request(&self, method: Method, url: &str) -> RequestBuilder {
        let request = self.client.request(method, url);
        match self.until {
            Some(until) => request.timeout(until.saturating_duration_since(Instant::now()).min(ANSWER)),
            None => request,
        }
    }

    /// Asks for a document.
    ///
    /// # Errors
    /// When nothing, too much or something else than 200 came back.
    pub fn get(&self, url: &str) -> Result<Vec<u8>, Failure> {
        let answer = self.send(Method::GET, url, None, None)?;
        if answer.status == 200 {
            return Ok(answer.body);
        }
        Err(Failure(format!("{url} answered {}", answer.status)))
    }

    /// Sends JSON, or nothing, with a token, or without.
    ///
    /// # Errors
    /// When nothing or too much came back.
    pub fn send(
        &self,
        method: Method,
        url: &str,
        token: Option<&str>,
        body: Option<&serde_json::Value>,
    ) -> Result<Answer, Failure> {
        let mut request = self.request(method, url).header("Accept", "application/json");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request
                .header("Content-Type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().map_err(|error| failure(url, &error))?;
        Ok(Answer {
            status: response.status().as_u16(),
            body: read(response, url)?,
        })
    }

    /// The same in the form in which the OAuth library asks.
    ///
    /// # Errors
    /// When nothing or too much came back.
    pub fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let (parts, body) = request.into_parts();
        let url = parts.uri.to_string();
        let request = self.request(parts.method, &url).headers(parts.headers);
        let response = request.body(body).send().map_err(|error| failure(&url, &error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut answer = oauth2::http::Response::new(read(response, &url)?);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
    }
}

fn read(response: Response, url: &str) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    let broken = |_| Failure(format!("the answer of {} broke off", bare(url)));
    response
        .take(LONGEST + 1)
        .read_to_end(&mut body)
        .map_err(broken)?;
    if body.len() as u64 > LONGEST {
        return Err(Failure(format!("the answer of {} is too long", bare(url))));
    }
    Ok(body)
}

/// What went wrong, without the query of the address, in which there may be secrets.
fn failure(url: &str, error: &reqwest::Error) -> Failure {
    let what = if error.is_timeout() {
        "did not answer in time"
    } else if error.is_connect() {
        "cannot be reached"
    } else {
        "broke the connection off"
    };
    Failure(format!("{} {what}", bare(url)))
}

fn bare(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// Passes for an address that secrets may be sent to: `https`, or this very machine.
///
/// # Errors
/// `E0100` for any other.
pub fn check_address(url: &str) -> Result<()> {
    let wrong = |what: &str| -> Error {
        codes::BAD_VALUE
            .error(format!("{} {what}", bare(url)))
            .hint("an address begins with https://; http:// is for this very machine only")
    };
    let parsed = reqwest::Url::parse(url).map_err(|_| wrong("is no address"))?;
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(codes::BAD_VALUE.error("an address holds no name and no password"));
    }
    let host = parsed.host_str().unwrap_or_default();
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let is_here = host == "localhost" || ip.is_some_and(|ip| ip.is_loopback());
    match parsed.scheme() {
        "https" if !host.is_empty() => Ok(()),
        "http" if is_here => Ok(()),
        _ => Err(wrong("is not secured")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_secured_ways_or_stay_on_this_machine() {
        for good in [
            "https://id.example",
            "http://127.0.0.1:8080/x",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert!(check_address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://id.example",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "ftp://127.0.0.1",
            "https://a:b@id.example",
            "nonsense",
        ] {
            assert!(check_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_failure_names_no_query() {
        assert_eq!(bare("https://x.example/a?code=secret#t"), "https://x.example/a");
    }
}
