//! The shared hub, asked over HTTP as anybody may ask it.

mod conditions;
mod doors;
mod enclosed;
mod filing;
mod hostile;
mod streams;
mod working;

use crate::filing::desk::desk;
use crate::harness::{Sandbox, Served};
use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder};
use serde_json::Value;
use std::time::Duration;

/// The steel works behind a hub, and someone who asks it.
struct Hub {
    served: Served,
    client: Client,
    sandbox: Sandbox,
}

/// What came back.
#[derive(Debug)]
struct Told {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Vec<u8>,
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }

    /// The status and the code of a problem.
    fn problem(&self) -> (u16, String) {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{self:?}"
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        (self.status, problem["code"].as_str().unwrap().to_owned())
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The problem with that status and code.
fn problem(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

impl Hub {
    fn new() -> Self {
        Self::with(&[])
    }

    fn with(more: &[&str]) -> Self {
        Self::at(desk(), more)
    }

    fn at(sandbox: Sandbox, more: &[&str]) -> Self {
        let served = sandbox.serve(&[&["--rehearsal"], more].concat());
        // The program does the same for itself; a second time does no harm.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // No test waits for ever.
        let client = Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Self {
            served,
            client,
            sandbox,
        }
    }

    /// A request without a token.
    fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.served.url()))
    }

    /// A request of the operator.
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .bare(method, path)
            .header("authorization", "Bearer rehearsal-tester");
        request.header("servhub-now", crate::harness::NOW)
    }

    fn get(&self, path: &str) -> Told {
        told(self.request(Method::GET, path))
    }

    fn post(&self, path: &str, body: &Value) -> Told {
        told(json(self.request(Method::POST, path), body))
    }
}

fn json(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request
        .header("content-type", "application/json")
        .body(body.to_string())
}

fn told(request: RequestBuilder) -> Told {
    let response = request.send().unwrap();
    Told {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.bytes().unwrap().to_vec(),
    }
}
