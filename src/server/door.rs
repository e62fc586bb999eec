//! Ways in and out for those who are not signed in yet: the first operator, and the end of a session.

use super::Server;
use super::answer;
use super::handler::bearer;
use super::workers::{Bench, Lane};
use crate::api::address;
use crate::domain::token::Secret;
use crate::error::{Result, codes};
use crate::hub::people::Code;
use crate::hub::sign_in::{Occasion, close_session, not_signed_in, redeem_setup_code};
use crate::ui;
use axum::extract::{Request, State};
use axum::response::Response;
use http::header;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;

/// Where a set-up code is handed in.
pub const SETUP: &str = "/v1/setup";
/// Where a session is ended.
pub const SESSION: &str = "/v1/session";

/// Makes an account the first operator, with the code that the hub told when it started.
pub async fn set_up(State(server): State<Arc<Server>>, request: Request) -> Response {
    said(&server, redeem(&server, request).await)
}

/// Ends the session whose token comes with the request, or takes back whatever token it is.
pub async fn sign_out(State(server): State<Arc<Server>>, request: Request) -> Response {
    said(&server, close(&server, request).await)
}

fn said(server: &Server, done: Result<Value>) -> Response {
    let mut response = match done {
        Ok(told) => answer::whole(told.to_string().into_bytes(), None),
        Err(error) => answer::problem(&error),
    };
    answer::label(&mut response, &server.next_request());
    response
}

async fn redeem(server: &Arc<Server>, request: Request) -> Result<Value> {
    let (parts, body) = request.into_parts();
    server.by_address.pass(server.peer(&parts), Instant::now())?;
    let body = server.take_arguments(&parts, body).await?;
    let told = address::json(&body, "the body")?;
    let text = |name: &str| {
        let missing = || codes::BAD_REQUEST.error(format!("the body names no {name}"));
        told.get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(missing)
    };
    let (code, account) = (Code::typed(&text("code")?), text("account")?);
    let now = ui::now()?;
    let redeem = move |bench: &mut Bench| {
        let origin = "the interface";
        let (token, secret) = redeem_setup_code(bench.store()?, &code, &account, Occasion { now, origin })?;
        Ok(
            json!({ "token": secret.tell(), "id": token.token, "account": token.account, "expires_at": token.expires_at }),
        )
    };
    server
        .workers
        .run(Lane::Change, server.limits.request, redeem)
        .await
}

async fn close(server: &Arc<Server>, request: Request) -> Result<Value> {
    let (parts, _) = request.into_parts();
    server.by_address.pass(server.peer(&parts), Instant::now())?;
    let bearer = bearer(parts.headers.get(header::AUTHORIZATION))?;
    let secret = Secret::read(&bearer.0).ok_or_else(not_signed_in)?;
    let now = ui::now()?;
    let close = move |bench: &mut Bench| {
        let origin = "the interface";
        let closed = close_session(bench.store()?, &secret, Occasion { now, origin })?;
        Ok(json!({ "closed": closed }))
    };
    server
        .workers
        .run(Lane::Change, server.limits.request, close)
        .await
}
