//! The shared hub: the same operations on the same rules, over HTTP. It keeps nothing between two requests but what
//! the store keeps, so several can run side by side.

mod answer;
mod door;
mod doorman;
mod gate;
mod handler;
mod in_flight;
mod listen;
mod log;
mod metrics;
mod queue;
mod record;
mod resource;
pub mod sign_in;
mod stream;
mod upload;
mod visit;
mod visitor;
mod workers;

pub use doorman::{Admitted, Doorman, REHEARSAL, Rehearsal, Tokens};
pub use gate::Rate;
pub use listen::{Listening, serve};
pub use resource::{Entry, Resource, resources};
pub use workers::{Bench, Crew, Opener};

use crate::api::{FRAMES, JSON, PREFIX};
use crate::error::{Result, codes};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{any, get};
use gate::Gate;
use handler::Peer;
use http::header::{self, HeaderName, HeaderValue};
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use in_flight::InFlight;
use metrics::Metrics;
use sign_in::SignIn;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use upload::{Bounds, Parcel};
use workers::{Lane, Workers};

/// What a hub takes of anybody.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a body without files.
    pub body: u64,
    /// Bytes of the files that come with a request to the provider.
    pub files: u64,
    /// Bytes of an import.
    pub import: u64,
    /// How long a job may wait and a question may take.
    pub request: Duration,
    /// How long anything may stand still on the wire.
    pub pause: Duration,
    /// How long a body without files may take.
    pub arrival: Duration,
    /// How long one with files may take.
    pub upload: Duration,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub head: Duration,
    /// How many connections there may be.
    pub connections: usize,
    /// How often one address may ask.
    pub by_address: Rate,
    /// How often one token may ask.
    pub by_token: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1 << 20,
            files: 64 << 20,
            import: 4 << 30,
            request: Duration::from_secs(30),
            pause: Duration::from_secs(30),
            arrival: Duration::from_secs(30),
            upload: Duration::from_secs(3600),
            head: Duration::from_secs(15),
            connections: 1024,
            by_address: Rate {
                a_second: 1000,
                at_once: 2000,
            },
            by_token: Rate {
                a_second: 200,
                at_once: 400,
            },
        }
    }
}

/// How a hub is run.
#[derive(Clone)]
pub struct Config {
    /// Opens the store.
    pub opener: Opener,
    /// Knows who holds which token.
    pub doorman: Arc<dyn Doorman>,
    /// How one signs in.
    pub sign_in: Arc<SignIn>,
    /// How many threads there are.
    pub crew: Crew,
    /// What it takes of anybody.
    pub limits: Limits,
    /// The address of whoever asks is the last one that the proxy before it names.
    pub behind_proxy: bool,
    /// Requests say what time it is.
    pub rehearsal: bool,
    /// Where files lie while they come; the system's own place for such files if none is named.
    pub spool: Option<PathBuf>,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// A running hub.
#[derive(Debug)]
struct Server {
    workers: Workers,
    doorman: Arc<dyn Doorman>,
    sign_in: Arc<SignIn>,
    limits: Limits,
    by_address: Gate<IpAddr>,
    by_token: Gate<String>,
    in_flight: InFlight,
    metrics: Metrics,
    behind_proxy: bool,
    rehearsal: bool,
    spool: Option<PathBuf>,
    stopping: AtomicBool,
    name: String,
    count: AtomicU64,
}

impl Server {
    fn start(config: Config) -> Result<Arc<Self>> {
        // A store that cannot be opened is told at once, and brought up to date before anybody asks.
        drop((config.opener)()?);
        let mut name = [0; 4];
        getrandom::fill(&mut name).map_err(|error| {
            codes::IO_FAILED
                .error("this machine has no randomness")
                .because(error)
        })?;
        Ok(Arc::new(Self {
            workers: Workers::start(config.crew, &config.opener, config.limits.request)?,
            doorman: config.doorman,
            sign_in: config.sign_in,
            by_address: Gate::new(config.limits.by_address),
            by_token: Gate::new(config.limits.by_token),
            limits: config.limits,
            in_flight: InFlight::default(),
            metrics: Metrics::new(),
            behind_proxy: config.behind_proxy,
            rehearsal: config.rehearsal,
            spool: config.spool,
            stopping: AtomicBool::new(false),
            name: crate::hub::import::hex(&name),
            count: AtomicU64::new(0),
        }))
    }

    /// What the log and the answer call a request.
    fn next_request(&self) -> String {
        format!("{}-{}", self.name, self.count.fetch_add(1, Ordering::Relaxed))
    }

    /// Whose bucket a request is drawn from.
    fn peer(&self, parts: &Parts) -> IpAddr {
        let named = || {
            let last = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let own = || {
            parts
                .extensions
                .get::<Peer>()
                .map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0)
        };
        let named = if self.behind_proxy { named() } else { None };
        named.unwrap_or_else(own)
    }

    /// Arguments without files.
    async fn take_arguments(&self, parts: &Parts, body: Body) -> Result<Vec<u8>> {
        let bounds = Bounds {
            bytes: self.limits.body,
            pause: self.limits.pause,
            whole: self.limits.arrival,
        };
        check_body(&parts.headers, JSON, bounds)?;
        upload::whole(body, bounds).await
    }

    /// Arguments with files.
    async fn take_parcel(&self, parts: &Parts, body: Body, operation: &str) -> Result<Parcel> {
        let bounds = Bounds {
            bytes: if operation.starts_with("request.") {
                self.limits.files
            } else {
                self.limits.import
            },
            pause: self.limits.pause,
            whole: self.limits.upload,
        };
        check_body(&parts.headers, FRAMES, bounds)?;
        upload::parcel(body, bounds, self.spool.as_deref()).await
    }
}

/// Looks at what is said of a body before any of it is taken.
fn check_body(headers: &HeaderMap, media: &str, bounds: Bounds) -> Result<()> {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if text(header::CONTENT_ENCODING).is_some_and(|one| !one.eq_ignore_ascii_case("identity")) {
        return Err(codes::BODY_KIND.error("bodies are not taken compressed"));
    }
    let kind = text(header::CONTENT_TYPE).map(|kind| kind.split(';').next().unwrap_or_default().trim());
    if kind.is_some_and(|kind| !kind.eq_ignore_ascii_case(media)) {
        return Err(codes::BODY_KIND.error(format!("this takes {media}")));
    }
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    match length.is_some_and(|length| length > bounds.bytes) {
        true => Err(upload::too_large(bounds.bytes)),
        false => Ok(()),
    }
}

/// Everything that stands at an address.
fn router(server: &Arc<Server>) -> Router {
    let mut router = Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(count));
    for (path, answers) in door::routes() {
        router = router.route(path, answers.fallback(otherwise));
    }
    for (pattern, resource) in resources() {
        let resource = Arc::new(resource);
        let at = move |State(server): State<Arc<Server>>, request: Request| {
            handler::answer(server, Some(Arc::clone(&resource)), request)
        };
        router = router.route(&format!("{PREFIX}{pattern}"), any(at));
    }
    router.fallback(elsewhere).with_state(Arc::clone(server))
}

/// Answers where nothing is.
async fn elsewhere(State(server): State<Arc<Server>>, request: Request) -> Response {
    handler::answer(server, None, request).await
}

/// Answers where something is, but not with this method; which ones there are is added on the way out.
async fn otherwise(State(server): State<Arc<Server>>, request: Request) -> Response {
    handler::answer(server, Some(Arc::default()), request).await
}

/// Whether a load balancer should send anything here.
async fn ready(State(server): State<Arc<Server>>) -> Response {
    let look = |bench: &mut Bench| bench.store()?.read(|store| store.person("").map(|_| ()));
    let patience = Duration::from_secs(5);
    let looked = server.workers.run(Lane::Ask, patience, look).await;
    let text = match looked {
        _ if server.stopping.load(Ordering::Relaxed) => "stopping\n",
        Ok(()) => return Response::new(Body::from("ready\n")),
        Err(_) => "the store does not answer\n",
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

async fn count(State(server): State<Arc<Server>>) -> Response {
    match server.metrics.text(&server.workers) {
        Ok(text) => {
            let mut response = Response::new(Body::from(text));
            let kind = HeaderValue::from_static(metrics::CONTENT_TYPE);
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            response
        }
        Err(error) => answer::problem(&error),
    }
}
