//! The routes for those who sign in: what the hub offers, sessions, and the first operator. They are the only ones that
//! need no token, or make one.

use super::Server;
use super::answer;
use super::visitor::{Bearer, bearer};
use super::workers::{Bench, Lane, busy};
use crate::api::address;
use crate::error::{Result, codes};
use crate::hub::sign_in::{Begin, Occasion, Opened, SetUp};
use crate::ui;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use http::header;
use http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Instant;

/// Where one learns how to sign in.
pub const OFFER: &str = "/v1/sign-in";
/// Where a session is opened, looked at and ended.
pub const SESSION: &str = "/v1/session";
/// Where a set-up code is handed in.
pub const SETUP: &str = "/v1/setup";

/// What the audit trail calls the place that a sign-in comes from.
const ORIGIN: &str = "the interface";

/// Each address with what answers there.
pub fn routes() -> [(&'static str, MethodRouter<Arc<Server>>); 3] {
    [
        (OFFER, get(offer)),
        (SESSION, post(sign_in).get(who).delete(sign_out)),
        (SETUP, post(set_up)),
    ]
}

async fn offer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let offer = server.by_address.pass(server.peer(&parts), Instant::now());
    said(&server, offer.map(|()| server.sign_in.offer()))
}

async fn sign_in(State(server): State<Arc<Server>>, request: Request) -> Response {
    said(&server, begin(&server, request).await)
}

async fn begin(server: &Arc<Server>, request: Request) -> Result<Opened> {
    let begin: Begin = told(server, request).await?;
    let now = ui::now()?;
    // The provider may be asked, which takes a while: no worker and no connection to the store waits for that.
    let asking = Arc::clone(server);
    let verify = move || {
        let nonce = begin.nonce.as_deref();
        asking.sign_in.verify_id_token(&begin.id_token, nonce, now)
    };
    let verified = tokio::task::spawn_blocking(verify);
    let verified = tokio::time::timeout(server.limits.request, verified).await;
    let account = verified.map_err(|_| busy())?.map_err(|error| {
        codes::HUB_FAILED
            .error("the sign-in could not be checked")
            .because(error)
    })??;
    let open = move |bench: &mut Bench| {
        let origin = ORIGIN;
        let made = crate::hub::sign_in::open_session(bench.store()?, &account, Occasion { now, origin })?;
        Ok(Opened::of(&made))
    };
    server
        .workers
        .run(Lane::Change, server.limits.request, open)
        .await
}

async fn who(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let who = async {
        let (bearer, now) = (known(&server, &parts)?, ui::now()?);
        let asking = Arc::clone(&server);
        let who = move |bench: &mut Bench| asking.sign_in.who(bench.store()?, &bearer.0, now);
        server.workers.run(Lane::Ask, server.limits.request, who).await
    };
    said(&server, who.await)
}

async fn sign_out(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let close = async {
        let (bearer, now) = (known(&server, &parts)?, ui::now()?);
        let asking = Arc::clone(&server);
        let close = move |bench: &mut Bench| {
            let origin = ORIGIN;
            asking
                .sign_in
                .close(bench.store()?, &bearer.0, Occasion { now, origin })
        };
        server
            .workers
            .run(Lane::Change, server.limits.request, close)
            .await
    };
    said(&server, close.await)
}

async fn set_up(State(server): State<Arc<Server>>, request: Request) -> Response {
    let redeem = async {
        let set_up: SetUp = told(&server, request).await?;
        let (asking, now) = (Arc::clone(&server), ui::now()?);
        let redeem = move |bench: &mut Bench| {
            let origin = ORIGIN;
            asking
                .sign_in
                .set_up(bench.store()?, &set_up, Occasion { now, origin })
        };
        server
            .workers
            .run(Lane::Change, server.limits.request, redeem)
            .await
    };
    said(&server, redeem.await)
}

/// The token of whoever asks, unless that is asked too often.
fn known(server: &Server, parts: &Parts) -> Result<Bearer> {
    server.by_address.pass(server.peer(parts), Instant::now())?;
    bearer(parts.headers.get(header::AUTHORIZATION))
}

/// What the body says. It holds secrets, so no message quotes it.
async fn told<T: DeserializeOwned>(server: &Server, request: Request) -> Result<T> {
    let (parts, body) = request.into_parts();
    server.by_address.pass(server.peer(&parts), Instant::now())?;
    let body = server.take_arguments(&parts, body).await?;
    let told = address::json(&body, "the body")?;
    serde_json::from_value(told).map_err(|_| {
        codes::BAD_REQUEST.error("the body is not what `docs/openapi.json` describes for this address")
    })
}

fn said<T: Serialize>(server: &Server, done: Result<T>) -> Response {
    let told = done.and_then(|told| {
        serde_json::to_vec(&told).map_err(|error| {
            codes::HUB_FAILED
                .error("the answer could not be written")
                .because(error)
        })
    });
    let mut response = match told {
        Ok(told) => answer::whole(told, None),
        Err(error) => answer::problem(&error),
    };
    answer::label(&mut response, &server.next_request());
    response
}
