//! A hub over HTTP.

use super::outbound::{Outbound, Sent};
use super::retry::{self, Failed, Reached, TRIES};
use crate::api::address::{self, Message};
use crate::api::frames::{self, Frame};
use crate::api::{FRAMES, JSON, Problem, Signature, VERSION, filing, headers};
use crate::error::{Error, Result, codes};
use crate::hub::import::Watch;
use crate::hub::operations::OPERATIONS;
use crate::hub::wire::{Call, Carried, Method, Outlet, Reply, Transport};
use crate::oidc::check_address;
use crate::output::Drain;
use reqwest::Url;
use reqwest::blocking::{Body, Client, ClientBuilder, RequestBuilder, Response};
use reqwest::header::{self, HeaderValue};
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long a hub may take to take a call.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer in one piece may take: longer than the hub itself waits for its store.
const ANSWER: Duration = Duration::from_secs(120);
/// Whether the other end is still there is asked so often while nothing comes.
const ALIVE: Duration = Duration::from_secs(20);
/// How often progress is looked at.
const NEWS: Duration = Duration::from_millis(100);

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
    quick: Client,
    /// For what takes as long as it takes.
    patient: Client,
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

    fn request(&self, client: &Client, call: &Call<'_>, message: &Message) -> RequestBuilder {
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

    fn send(&self, request: RequestBuilder) -> Result<Response, Failed> {
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

    fn message(call: &Call<'_>) -> Result<Message> {
        address::write(call.route, &signature(call.operation), &call.arguments)
    }
}

/// How an operation's arguments are written.
fn signature(operation: &str) -> Signature {
    let found = OPERATIONS.iter().find(|one| one.name == operation);
    found.map(|operation| operation.signature()).unwrap_or_default()
}

/// Reads an address. Tokens cross no network in the clear.
fn base(address: &str) -> Result<Url> {
    check_address(address)?;
    Url::parse(address)
        .map_err(|error| codes::BAD_VALUE.error(format!("the store's address cannot be read: {error}")))
}

/// Whether an operation does no harm when it is done twice.
fn may_do_twice(call: &Call<'_>) -> bool {
    let operation = OPERATIONS.iter().find(|one| one.name == call.operation);
    // Every request to file has a key.
    call.operation == filing::OPERATION || operation.is_some_and(|operation| !operation.changes())
}

/// Tries until it succeeds, or until it should not be tried any more.
fn tried<T>(twice: bool, mut attempt: impl FnMut() -> Result<T, Failed>) -> Result<T> {
    let mut tries = 0;
    loop {
        match attempt() {
            Ok(done) => return Ok(done),
            Err(failed) if tries + 1 < TRIES && failed.may_retry(twice) => {
                std::thread::sleep(retry::pause(tries, failed.retry_after, retry::chance()));
                tries += 1;
            }
            Err(failed) => return Err(failed.error),
        }
    }
}

impl Transport for Http {
    fn call(&self, call: &Call<'_>) -> Result<Reply> {
        let message = Self::message(call)?;
        tried(may_do_twice(call), || {
            let mut request = self.request(&self.quick, call, &message);
            if let Some(body) = &message.body {
                request = request.header(header::CONTENT_TYPE, JSON).body(body.to_string());
            }
            let response = self.send(request)?;
            let changed = response
                .headers()
                .get(headers::CHANGED)
                .is_some_and(|changed| changed == "true");
            let answer = response.bytes().map_err(|error| Failed {
                error: frames::cut().because(error),
                reached: Reached::Unknown,
                retry_after: None,
            })?;
            let answer = answer.to_vec();
            Ok(Reply { changed, answer })
        })
    }

    fn deliver(&self, call: &Call<'_>, files: &[Carried], watch: &dyn Watch) -> Result<Reply> {
        let message = Self::message(call)?;
        let arguments = message
            .body
            .as_ref()
            .map(|body| body.to_string().into_bytes())
            .unwrap_or_default();
        tried(may_do_twice(call), || {
            let body = Outbound::new(arguments.clone(), files)?;
            let sent = body.sent();
            let mut request = self.request(&self.patient, call, &message);
            request = request
                .header(header::CONTENT_TYPE, FRAMES)
                .header(header::ACCEPT, FRAMES);
            if watch.wants_rows() {
                request = request.header(headers::ROWS, "true");
            }
            let response =
                self.send_watched(request.body(whole_or_streamed(body, files)?), &sent, files, watch);
            let mut response = response.map_err(|failed| match sent.fault() {
                Some(fault) => fault.into(),
                None if failed.reached == Reached::Unknown && !files.is_empty() => {
                    self.reason(call, &message, failed)
                }
                None => failed,
            })?;
            follow(&mut response, watch)
        })
    }

    fn fetch(&self, call: &Call<'_>, to: &mut dyn Outlet) -> Result<Reply> {
        let message = Self::message(call)?;
        // Once a part has begun, nothing is tried again: what stands there would have to be taken back.
        let mut response = tried(true, || {
            let request = self.request(&self.patient, call, &message);
            self.send(request.header(header::ACCEPT, FRAMES))
        })?;
        let mut parts = Parts {
            to,
            open: BTreeMap::new(),
        };
        match parts.take_in(&mut response) {
            Ok(answer) => parts.finish().map(|()| Reply {
                changed: false,
                answer,
            }),
            Err(error) => Err(parts.abandon(error)),
        }
    }
}

impl Http {
    /// Why a stream broke off. What a hub says before it has taken everything is lost with the stream, so it is asked once
    /// more, without the files: it takes nothing like that, and says what else is in the way.
    fn reason(&self, call: &Call<'_>, message: &Message, broken: Failed) -> Failed {
        let request = self.request(&self.quick, call, message);
        match self.send(request.header(header::CONTENT_TYPE, FRAMES).body("")) {
            Err(told) if told.error.code != &codes::BAD_REQUEST => Failed {
                reached: match told.reached {
                    Reached::Answered => Reached::Answered,
                    Reached::Nowhere | Reached::Unknown => broken.reached,
                },
                ..told
            },
            _ => broken,
        }
    }

    /// Sends from another thread, so that whoever watches hears how far it is.
    fn send_watched(
        &self,
        request: RequestBuilder,
        sent: &Sent,
        files: &[Carried],
        watch: &dyn Watch,
    ) -> Result<Response, Failed> {
        let size = |file: &Carried| std::fs::metadata(&file.path).map_or(0, |data| data.len());
        let length: u64 = files.iter().map(size).sum();
        let (done, wait) = channel();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                // Whoever waits for it waits below.
                let _ = done.send(self.send(request));
            });
            loop {
                match wait.recv_timeout(NEWS) {
                    Ok(response) => return response,
                    Err(RecvTimeoutError::Timeout) if sent.bytes() < length => {
                        watch.progress("sending", sent.bytes(), length);
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return Err(frames::cut().into()),
                }
            }
        })
    }
}

/// A body without files is sent in one piece: a stream that breaks hides why, because only its own end is seen.
fn whole_or_streamed(mut body: Outbound, files: &[Carried]) -> Result<Body> {
    if !files.is_empty() {
        return Ok(Body::new(body));
    }
    let mut whole = Vec::new();
    body.read_to_end(&mut whole)
        .map_err(|error| unspeakable().because(error))?;
    Ok(Body::from(whole))
}

/// Hears what is told of a change until its end.
fn follow(response: &mut Response, watch: &dyn Watch) -> Result<Reply, Failed> {
    let cut = |error| Failed {
        error,
        reached: Reached::Unknown,
        retry_after: None,
    };
    loop {
        match Frame::read(response).map_err(cut)? {
            None => return Err(cut(frames::cut())),
            Some(Frame::Row(json)) => {
                let row = serde_json::from_slice(&json);
                watch.row(&row.map_err(|error| unspeakable().because(error))?)?;
            }
            Some(Frame::Progress(news)) => watch.progress(&news.name, news.read, news.length),
            Some(Frame::Problem(problem)) => return Err(Failed::answer(problem.into_error(), None)),
            Some(Frame::Answer(changed, answer)) => return Ok(Reply { changed, answer }),
            Some(_) => return Err(unspeakable().into()),
        }
    }
}

fn unspeakable() -> Error {
    codes::OTHER_RELEASE.error("the hub and this program do not understand each other")
}

/// A hub names files below the folder that it was asked for, and no others.
fn check_name(name: &str) -> Result<()> {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    if name.split('/').all(is_plain) {
        return Ok(());
    }
    Err(codes::NOT_A_HUB.error(format!(
        "the hub names a file \"{name}\", which lies in no folder"
    )))
}

/// Parts of an export on their way to their places.
struct Parts<'a> {
    to: &'a mut dyn Outlet,
    open: BTreeMap<u32, (Drain, bool)>,
}

impl Parts<'_> {
    fn take_in(&mut self, response: &mut dyn Read) -> Result<Vec<u8>> {
        loop {
            match Frame::read(response)?.ok_or_else(frames::cut)? {
                Frame::Begin(part) => {
                    part.name.as_deref().map_or(Ok(()), check_name)?;
                    let drain = self.to.open(part.name.as_deref())?;
                    self.open.insert(part.part, (drain, part.name.is_some()));
                }
                Frame::Bytes(part, bytes) => {
                    let (drain, _) = self.open.get_mut(&part).ok_or_else(unspeakable)?;
                    drain.block().extend_from_slice(&bytes);
                    drain.pass_on()?;
                }
                // A file of a folder is whole now. The one report is only when the hub says so at the end.
                Frame::End(part) => {
                    if self.open.get(&part).is_some_and(|(_, is_named)| *is_named)
                        && let Some((drain, _)) = self.open.remove(&part)
                    {
                        drain.finish()?;
                    }
                }
                Frame::Answer(_, answer) => return Ok(answer),
                Frame::Problem(problem) => return Err(problem.into_error()),
                _ => return Err(unspeakable()),
            }
        }
    }

    fn finish(self) -> Result<()> {
        self.open
            .into_values()
            .try_for_each(|(drain, _)| drain.finish().map(|_| ()))
    }

    /// Nothing of what is open appears. Whoever could not write says why.
    fn abandon(self, error: Error) -> Error {
        self.open
            .into_values()
            .fold(error, |error, (drain, _)| drain.abandon(error))
    }
}
