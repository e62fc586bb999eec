//! Whoever asks, before and after the doorman.

use super::Server;
use super::doorman::Admitted;
use super::record::Record;
use super::workers::{Bench, Lane};
use crate::api::headers::Said;
use crate::error::{Result, codes};
use crate::hub::Context;
use crate::hub::sign_in::not_signed_in;
use crate::ui;
use http::header::{self, HeaderName};
use http::request::Parts;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// Who it is, and what was said so far.
#[derive(Debug)]
pub struct Visitor {
    /// The server that is asked.
    pub server: Arc<Server>,
    /// What is told of it at the end.
    pub record: Arc<Record>,
    /// The request without its body.
    pub parts: Parts,
    bearer: Bearer,
    /// Whether a body comes with it.
    pub has_body: bool,
    now: crate::domain::Instant,
}

/// A token as it came. It is never shown.
pub struct Bearer(pub String);

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl Visitor {
    /// Whoever sends a request with a token.
    ///
    /// # Errors
    /// `E0201` without one.
    pub fn of(
        (server, record): (&Arc<Server>, &Arc<Record>),
        mut parts: Parts,
        has_body: bool,
    ) -> Result<Arc<Self>> {
        let bearer = bearer(parts.headers.remove(header::AUTHORIZATION).as_ref())?;
        Ok(Arc::new(Self {
            server: Arc::clone(server),
            record: Arc::clone(record),
            parts,
            bearer,
            has_body,
            now: ui::now()?,
        }))
    }

    /// Goes past the doorman alone: before a body is taken, and where there is nothing behind the door.
    ///
    /// # Errors
    /// As the doorman says, and when too many wait.
    pub async fn knock(self: &Arc<Self>) -> Result<Admitted> {
        let visitor = Arc::clone(self);
        let patience = self.server.limits.request;
        self.server
            .workers
            .run(Lane::Ask, patience, move |bench| visitor.enter(bench))
            .await
    }

    /// Goes past the doorman, and is counted.
    ///
    /// # Errors
    /// As the doorman says; `E0807` for whoever comes too often.
    pub fn enter(&self, bench: &mut Bench) -> Result<Admitted> {
        let admitted = self
            .server
            .doorman
            .admit(bench.store()?, &self.bearer.0, self.now)?;
        self.server
            .by_token
            .pass(admitted.token.clone(), Instant::now())?;
        self.record.tell(|told| {
            told.who = Some(admitted.actor.name().to_owned());
            told.token = Some(admitted.token.clone());
        });
        Ok(admitted)
    }

    /// Whether a header names a media type.
    pub fn is(&self, name: &HeaderName, media: &str) -> bool {
        let values = self
            .parts
            .headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let mut types = values.flat_map(|value| value.split(','));
        types.any(|one| {
            one.split(';')
                .next()
                .is_some_and(|one| one.trim().eq_ignore_ascii_case(media))
        })
    }

    /// What the headers say.
    ///
    /// # Errors
    /// `E0800` for what nobody understands.
    pub fn said(&self) -> Result<Said> {
        let header = |name: &str| self.parts.headers.get(name).map(http::HeaderValue::as_bytes);
        let said = Said::read(header)?;
        if said.now.is_some() && !self.server.rehearsal {
            return Err(codes::BAD_REQUEST.error("only a rehearsal is told what time it is"));
        }
        Ok(said)
    }

    /// Who asks, when and why.
    pub fn context(&self, admitted: &Admitted, said: &Said) -> Context {
        let from = || format!("the interface, from {}", self.server.peer(&self.parts));
        Context {
            actor: admitted.actor.clone(),
            now: said.now.unwrap_or(self.now),
            as_of: said.as_of,
            reason: said.reason.clone(),
            ticket: said.ticket.clone(),
            origin: said.origin.clone().unwrap_or_else(from),
        }
    }
}

/// The token that a request carries.
///
/// # Errors
/// `E0201` without one.
pub fn bearer(header: Option<&http::HeaderValue>) -> Result<Bearer> {
    let text = header.and_then(|value| value.to_str().ok());
    let token = text.and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| token.trim().to_owned())
    });
    token.map(Bearer).ok_or_else(not_signed_in)
}
