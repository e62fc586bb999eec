//! Answers as responses.

use super::stream::{Kind, Piece};
use crate::api::{JSON, PROBLEM, Problem, VERSION, encode, headers};
use crate::error::{Error, codes};
use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use hyper::body::Frame;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::Receiver;

/// How long one waits before one asks again.
const RETRY_AFTER: &str = "1";

/// An answer in one piece.
pub fn whole(answer: Vec<u8>, changed: Option<bool>) -> Response {
    let mut response = Response::new(Body::from(answer));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    if let Some(changed) = changed {
        let word = if changed { "true" } else { "false" };
        headers.insert(
            HeaderName::from_static(headers::CHANGED),
            HeaderValue::from_static(word),
        );
    }
    response
}

/// An answer with what it can be recognised by; without the answer when whoever asked has it.
pub fn tagged(answer: Vec<u8>, asked: &HeaderMap) -> Response {
    let tag = tag(&answer);
    let has_it = matches_tag(asked, &header::IF_NONE_MATCH, &tag);
    let mut response = whole(answer, None);
    if has_it {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// What an answer is recognised by.
pub fn tag(answer: &[u8]) -> String {
    let hash = Sha256::digest(answer);
    let hex = hash[..16].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    format!("\"{hex}\"")
}

/// Whether a header names a tag, or any.
pub fn matches_tag(asked: &HeaderMap, name: &HeaderName, tag: &str) -> bool {
    let values = asked.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
    // A weak tag never is this answer to the byte; for looking again it is good enough.
    tags.any(|one| {
        one == "*" || one == tag || (*name == header::IF_NONE_MATCH && one.strip_prefix("W/") == Some(tag))
    })
}

/// A failure.
pub fn problem(error: &Error) -> Response {
    let problem = Problem::of(error);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
    if may_try_again(error) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
    }
    if error.code == &codes::NOT_SIGNED_IN {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// Whether the same might be done in a moment. Of a store that was lost while a change was kept nobody knows whether it was
/// done; a request to the provider has a key, and no other change is asked again unseen.
fn may_try_again(error: &Error) -> bool {
    let codes = [
        &codes::HUB_BUSY,
        &codes::TOO_OFTEN,
        &codes::KEY_IN_FLIGHT,
        &codes::STORE_BUSY,
        &codes::STORE_AWAY,
    ];
    codes.contains(&error.code)
}

/// An answer that goes on while it is found. `guard` lives as long as somebody listens.
pub fn streamed(kind: &Kind, pieces: Receiver<Piece>, guard: impl Send + Unpin + 'static) -> Response {
    let guard = Some(guard);
    let mut response = Response::new(Body::new(Streamed { pieces, guard }));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.media));
    let named = kind
        .name
        .as_deref()
        .map(|name| format!("attachment; filename*=UTF-8''{}", encode(name)));
    if let Some(Ok(named)) = named.map(HeaderValue::try_from) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}

/// The pieces as a body.
struct Streamed<G> {
    pieces: Receiver<Piece>,
    guard: Option<G>,
}

impl<G: Send + Unpin + 'static> HttpBody for Streamed<G> {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let next = match std::task::ready!(self.pieces.poll_recv(context)) {
            Some(Piece::Bytes(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
            Some(Piece::End) => None,
            // The only way to take back what was begun is to break off.
            _ => Some(Err(std::io::Error::other("the answer broke off"))),
        };
        self.guard = None;
        Poll::Ready(next)
    }
}

/// What every answer says.
pub fn label(response: &mut Response, request: &str) {
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static(headers::API), HeaderValue::from(VERSION));
    if let Ok(request) = HeaderValue::from_str(request) {
        headers.insert(HeaderName::from_static(headers::REQUEST), request);
    }
    // What one person sees is for nobody on the way to keep.
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("authorization, servhub-as, servhub-as-of"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
}
