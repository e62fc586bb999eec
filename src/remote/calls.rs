//! Operations over the connection: which may be tried again, what travels with them, and what is told meanwhile.

use super::http::Http;
use super::outbound::{Outbound, Sent};
use super::parts::Parts;
use super::retry::{self, Failed, Reached, TRIES};
use crate::api::address::{self, Message};
use crate::api::frames::{self, Frame};
use crate::api::{FRAMES, JSON, Signature, filing, headers};
use crate::error::{Error, Result, codes};
use crate::hub::import::Watch;
use crate::hub::operations::OPERATIONS;
use crate::hub::sign_in::Who;
use crate::hub::wire::{Call, Carried, Outlet, Reply, Transport};
use reqwest::blocking::{Body, RequestBuilder, Response};
use reqwest::header;
use std::io::Read;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How often progress is looked at.
const NEWS: Duration = Duration::from_millis(100);

impl Transport for Http {
    fn holder(&self) -> Result<Option<String>> {
        let who = tried(true, || {
            let response = self.send(self.look_at("/v1/session"))?;
            let who = response.bytes().map_err(broken_off)?;
            Ok(serde_json::from_slice::<Who>(&who).map_err(|_| unspeakable())?)
        });
        match who {
            Ok(who) => Ok((!who.operator).then_some(who.account)),
            // A rehearsal takes everybody for an operator without any token. Whoever is not let in hears that when it matters.
            Err(error) if error.code == &codes::NOT_SIGNED_IN => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn call(&self, call: &Call<'_>) -> Result<Reply> {
        let message = message(call)?;
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
            let answer = response.bytes().map_err(broken_off)?.to_vec();
            Ok(Reply { changed, answer })
        })
    }

    fn deliver(&self, call: &Call<'_>, files: &[Carried], watch: &dyn Watch) -> Result<Reply> {
        let message = message(call)?;
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
        let message = message(call)?;
        // Once a part has begun, nothing is tried again: what stands there would have to be taken back.
        let mut response = tried(true, || {
            let request = self.request(&self.patient, call, &message);
            self.send(request.header(header::ACCEPT, FRAMES))
        })?;
        let mut parts = Parts::to(to);
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

fn message(call: &Call<'_>) -> Result<Message> {
    address::write(call.route, &signature(call.operation), &call.arguments)
}

/// How an operation's arguments are written.
fn signature(operation: &str) -> Signature {
    let found = OPERATIONS.iter().find(|one| one.name == operation);
    found.map(|operation| operation.signature()).unwrap_or_default()
}

fn broken_off(error: reqwest::Error) -> Failed {
    Failed {
        error: frames::cut().because(error),
        reached: Reached::Unknown,
        retry_after: None,
    }
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

/// "We do not speak alike."
pub(super) fn unspeakable() -> Error {
    codes::OTHER_RELEASE.error("the hub and this program do not understand each other")
}
