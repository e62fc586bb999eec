//! The one way through which every operation is asked for.

use super::Server;
use super::answer;
use super::doorman::Admitted;
use super::log::{Fault, Line};
use super::resource::{Entry, Resource};
use super::stream::{FramedOutlet, FramedWatch, Kind, Piece, Pipe, PlainOutlet};
use super::upload::Parcel;
use super::workers::{Bench, Lane, Work, busy, failed};
use crate::api::address::{self, Received};
use crate::api::headers::Said;
use crate::api::{FRAMES, JSON, filing};
use crate::domain::token::Scopes;
use crate::error::{Error, Result, codes};
use crate::hub::import::{Unwatched, Watch};
use crate::hub::operations::Run;
use crate::hub::sign_in::not_signed_in;
use crate::hub::wire::Reply;
use crate::hub::{Context, Hub, Mode, Outlet};
use crate::ui;
use axum::body::HttpBody;
use axum::extract::Request;
use axum::response::Response;
use http::header::{self, HeaderName};
use http::request::Parts;
use serde_json::Value;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::mpsc::Receiver;

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// What is known of a request while it is answered; told when it is over.
#[derive(Debug)]
struct Record {
    server: Arc<Server>,
    request: String,
    operation: &'static str,
    began: Instant,
    told: Mutex<Told>,
}

#[derive(Debug, Default)]
struct Told {
    status: u16,
    who: Option<String>,
    on_behalf: Option<String>,
    token: Option<String>,
    fault: Option<Fault>,
}

impl Record {
    fn new(server: &Arc<Server>, operation: &'static str) -> Self {
        server.metrics.begin();
        Self {
            server: Arc::clone(server),
            request: server.next_request(),
            operation,
            began: Instant::now(),
            told: Mutex::default(),
        }
    }

    fn tell(&self, what: impl FnOnce(&mut Told)) {
        what(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let took = self.began.elapsed();
        let told = std::mem::take(self.told.get_mut().unwrap_or_else(PoisonError::into_inner));
        self.server.metrics.end(self.operation, told.status, took);
        let line = Line {
            request: &self.request,
            operation: self.operation,
            status: told.status,
            ms: took.as_millis(),
            who: told.who.as_deref(),
            on_behalf: told.on_behalf.as_deref(),
            token: told.token.as_deref(),
            fault: told.fault.as_ref(),
        };
        line.write();
    }
}

/// Answers a request at an address; at none when nothing stands there.
pub async fn answer(server: Arc<Server>, resource: Option<Arc<Resource>>, request: Request) -> Response {
    let entry = resource
        .as_ref()
        .and_then(|resource| resource.entry(request.method()));
    let operation = entry.map_or("-", |entry| entry.operation.name);
    let record = Arc::new(Record::new(&server, operation));
    let exchange = Exchange {
        server,
        record: Arc::clone(&record),
        entry: entry.cloned(),
        missing: missing(resource.as_deref()),
    };
    let mut response = match exchange.answer(request).await {
        Ok(response) => response,
        Err(error) => {
            let response = answer::problem(&error);
            record.tell(|told| told.fault = Some(Fault::of(&error)));
            response
        }
    };
    if response.status() == http::StatusCode::METHOD_NOT_ALLOWED
        && let Some(allowed) = resource.map(|resource| resource.allowed())
        && !allowed.is_empty()
        && let Ok(allowed) = allowed.try_into()
    {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    record.tell(|told| told.status = response.status().as_u16());
    answer::label(&mut response, &record.request);
    response
}

/// What to say to whoever is signed in and asks for what there is not.
fn missing(resource: Option<&Resource>) -> Error {
    match resource {
        None => codes::NO_ROUTE.error("there is nothing at this address"),
        Some(_) => codes::NO_METHOD.error("this address does not take this method"),
    }
}

/// A request on its way through.
struct Exchange {
    server: Arc<Server>,
    record: Arc<Record>,
    entry: Option<Arc<Entry>>,
    missing: Error,
}

impl Exchange {
    async fn answer(self, request: Request) -> Result<Response> {
        let (parts, body) = request.into_parts();
        self.server
            .by_address
            .pass(self.server.peer(&parts), Instant::now())?;
        let visitor = Visitor::of(&self, parts, !body.is_end_stream())?;
        let Some(entry) = self.entry else {
            visitor.knock().await?;
            return Err(self.missing);
        };
        let visit = |admitted| Visit {
            visitor: Arc::clone(&visitor),
            entry: Arc::clone(&entry),
            admitted,
        };
        match entry.operation.run {
            Run::Ask(_) if !address::has_body(entry.operation.route.method) => {
                visit(None).ask(Vec::new()).await
            }
            Run::Ask(_) => {
                let visit = visit(Some(visitor.knock().await?));
                let body = self.server.take_arguments(&visitor.parts, body).await?;
                visit.ask(body).await
            }
            Run::Export(_) => visit(None).export().await,
            Run::CarryOut { has_files, .. } => {
                let visit = visit(Some(visitor.knock().await?));
                let name = entry.operation.name;
                let parcel = match has_files && visitor.is(&header::CONTENT_TYPE, FRAMES) {
                    true => self.server.take_parcel(&visitor.parts, body, name).await?,
                    false => Parcel::of(self.server.take_arguments(&visitor.parts, body).await?),
                };
                match has_files && visitor.is(&header::ACCEPT, FRAMES) {
                    true => visit.carry_out_watched(parcel).await,
                    false => visit.carry_out(parcel).await,
                }
            }
        }
    }
}

/// Whoever asks, before and after the doorman.
#[derive(Debug)]
struct Visitor {
    server: Arc<Server>,
    record: Arc<Record>,
    parts: Parts,
    bearer: Bearer,
    has_body: bool,
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
    fn of(exchange: &Exchange, mut parts: Parts, has_body: bool) -> Result<Arc<Self>> {
        let bearer = bearer(parts.headers.remove(header::AUTHORIZATION).as_ref())?;
        Ok(Arc::new(Self {
            server: Arc::clone(&exchange.server),
            record: Arc::clone(&exchange.record),
            parts,
            bearer,
            has_body,
            now: ui::now()?,
        }))
    }

    /// Goes past the doorman alone: before a body is taken, and where there is nothing behind the door.
    async fn knock(self: &Arc<Self>) -> Result<Admitted> {
        let visitor = Arc::clone(self);
        let patience = self.server.limits.request;
        self.server
            .workers
            .run(Lane::Ask, patience, move |bench| visitor.enter(bench))
            .await
    }

    fn enter(&self, bench: &mut Bench) -> Result<Admitted> {
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
    fn is(&self, name: &HeaderName, media: &str) -> bool {
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

    fn said(&self) -> Result<Said> {
        let header = |name: &str| self.parts.headers.get(name).map(http::HeaderValue::as_bytes);
        let said = Said::read(header)?;
        if said.now.is_some() && !self.server.rehearsal {
            return Err(codes::BAD_REQUEST.error("only a rehearsal is told what time it is"));
        }
        Ok(said)
    }

    fn context(&self, admitted: &Admitted, said: &Said) -> Context {
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

/// A visitor with an operation in mind.
#[derive(Clone)]
struct Visit {
    visitor: Arc<Visitor>,
    entry: Arc<Entry>,
    admitted: Option<Admitted>,
}

/// What is known when everything that was said is understood.
struct Understood {
    context: Context,
    scopes: Scopes,
    said: Said,
    arguments: Value,
}

impl Visit {
    fn server(&self) -> &Arc<Server> {
        &self.visitor.server
    }

    /// Past the doorman, if that has not been; then what was said, and whether the token carries it.
    fn understand(&self, bench: &mut Bench, body: &[u8]) -> Result<Understood> {
        let admitted = match &self.admitted {
            Some(admitted) => admitted.clone(),
            None => self.visitor.enter(bench)?,
        };
        if self.admitted.is_none() && self.visitor.has_body {
            return Err(codes::BAD_REQUEST.error("this takes its arguments in the address, and no body"));
        }
        let said = self.visitor.said()?;
        self.visitor
            .record
            .tell(|told| told.on_behalf.clone_from(&said.on_behalf));
        let uri = &self.visitor.parts.uri;
        let from = Received {
            path: uri.path(),
            query: uri.query(),
            body,
        };
        Ok(Understood {
            context: self.visitor.context(&admitted, &said),
            scopes: admitted.scopes,
            arguments: address::read(self.entry.operation.route, &self.entry.signature, from)?,
            said,
        })
    }

    /// A question.
    async fn ask(self, body: Vec<u8>) -> Result<Response> {
        let (server, visit) = (Arc::clone(self.server()), self);
        let is_get = visit.admitted.is_none();
        let headers = visit.visitor.parts.headers.clone();
        let ask = move |bench: &mut Bench| {
            let Run::Ask(run) = visit.entry.operation.run else {
                return Err(failed());
            };
            let Understood {
                context,
                scopes,
                said,
                arguments,
            } = visit.understand(bench, &body)?;
            bench.at_hub(context, scopes, |hub| {
                act_for(hub, &said)?;
                run(hub, arguments)
            })
        };
        let reply = server.workers.run(Lane::Ask, server.limits.request, ask).await?;
        Ok(match is_get {
            true => answer::tagged(reply.answer, &headers),
            false => answer::whole(reply.answer, None),
        })
    }

    /// A report, as frames or as it is.
    async fn export(self) -> Result<Response> {
        let framed = self.visitor.is(&header::ACCEPT, FRAMES);
        let (pipe, pieces) = Pipe::new(self.server().limits.pause);
        let visit = self.clone();
        let work = move |bench: &mut Bench| {
            if framed {
                let done = visit.write(bench, &mut |_| Box::new(FramedOutlet::new(pipe.clone())));
                visit.note(&done);
                pipe.finish_frames(done.map(|reply| (false, reply.answer)));
            } else {
                let mut kind = plain(&Value::Null);
                let done = visit.write(bench, &mut |arguments| {
                    kind = plain(arguments);
                    Box::new(PlainOutlet::new(pipe.clone(), kind.clone()))
                });
                visit.note(&done);
                pipe.finish_plain(done.map(|_| ()), || kind);
            }
        };
        self.stream(Lane::Export, Box::new(work), pieces).await
    }

    fn write(&self, bench: &mut Bench, outlet: &mut dyn FnMut(&Value) -> Box<dyn Outlet>) -> Result<Reply> {
        let Run::Export(run) = self.entry.operation.run else {
            return Err(failed());
        };
        let Understood {
            context,
            scopes,
            said,
            arguments,
        } = self.understand(bench, &[])?;
        let mut outlet = outlet(&arguments);
        bench.at_hub(context, scopes, |hub| {
            act_for(hub, &said)?;
            run(hub, arguments, &mut *outlet)
        })
    }

    /// What comes of a stream stands in the record, because its status was told at its beginning.
    fn note<T>(&self, done: &Result<T>) {
        if let Err(error) = done {
            self.visitor
                .record
                .tell(|told| told.fault = Some(Fault::of(error)));
        }
    }

    /// Hands work in that answers piece by piece.
    async fn stream(&self, lane: Lane, work: Work, mut pieces: Receiver<Piece>) -> Result<Response> {
        let server = self.server();
        let waiting = server.workers.hand_in(lane, work)?;
        let first = match tokio::time::timeout(server.limits.request, pieces.recv()).await {
            Ok(first) => first,
            Err(_) if waiting.give_up() => return Err(busy()),
            Err(_) => pieces.recv().await,
        };
        match first {
            Some(Piece::Begin(kind)) => {
                let guard = (waiting, Arc::clone(&self.visitor.record));
                Ok(answer::streamed(&kind, pieces, guard))
            }
            Some(Piece::Failed(error)) => Err(error),
            _ => Err(failed()),
        }
    }

    /// A change.
    async fn carry_out(self, parcel: Parcel) -> Result<Response> {
        let (server, visit) = (Arc::clone(self.server()), self);
        let change = move |bench: &mut Bench| visit.change(bench, &parcel, &mut |_| Box::new(Unwatched));
        let reply = server
            .workers
            .run(Lane::Change, server.limits.request, change)
            .await?;
        Ok(answer::whole(reply.answer, Some(reply.changed)))
    }

    /// A change that tells how it goes.
    async fn carry_out_watched(self, parcel: Parcel) -> Result<Response> {
        let (pipe, pieces) = Pipe::new(self.server().limits.pause);
        let visit = self.clone();
        let work = move |bench: &mut Bench| {
            let mut watching =
                |said: &Said| -> Box<dyn Watch> { Box::new(FramedWatch::new(pipe.clone(), said.rows)) };
            let done = visit.change(bench, &parcel, &mut watching);
            visit.note(&done);
            pipe.finish_frames(done.map(|reply| (reply.changed, reply.answer)));
        };
        self.stream(Lane::Change, Box::new(work), pieces).await
    }

    fn change(
        &self,
        bench: &mut Bench,
        parcel: &Parcel,
        watching: &mut dyn FnMut(&Said) -> Box<dyn Watch>,
    ) -> Result<Reply> {
        let Run::CarryOut { run, .. } = self.entry.operation.run else {
            return Err(failed());
        };
        let Understood {
            context,
            scopes,
            said,
            mut arguments,
        } = self.understand(bench, &parcel.arguments)?;
        let mode = if said.dry_run { Mode::DryRun } else { Mode::Apply };
        let keys = filing::keys(self.entry.operation.name, &mut arguments, said.key.as_deref())?;
        let who = said.on_behalf.as_deref().unwrap_or(context.actor.name());
        let _in_flight = self.server().in_flight.begin(who, keys)?;
        let watch = watching(&said);
        bench.at_hub(context, scopes, |hub| {
            act_for(hub, &said)?;
            self.as_seen(hub)?;
            run(hub, arguments, mode, parcel.files.clone(), &*watch)
        })
    }

    /// Passes when what the change is about is what whoever asks has seen last.
    fn as_seen(&self, hub: &Hub) -> Result<()> {
        let headers = &self.visitor.parts.headers;
        if !headers.contains_key(header::IF_MATCH) {
            return Ok(());
        }
        let Some(show) = &self.entry.shown_by else {
            return Err(
                codes::BAD_REQUEST.error("nothing shows what this changes, so there is nothing to match")
            );
        };
        let Run::Ask(run) = show.operation.run else {
            return Err(failed());
        };
        let from = Received {
            path: self.visitor.parts.uri.path(),
            query: None,
            body: &[],
        };
        let reply = run(hub, address::read(show.operation.route, &show.signature, from)?)?;
        match answer::matches_tag(headers, &header::IF_MATCH, &answer::tag(&reply.answer)) {
            true => Ok(()),
            false => Err(codes::NOT_AS_SEEN.error("somebody has changed it since you looked at it")),
        }
    }
}

fn act_for(hub: &mut Hub, said: &Said) -> Result<()> {
    match &said.on_behalf {
        Some(account) => hub.act_for(account),
        None => Ok(()),
    }
}

/// How a report is labelled that comes as it is.
fn plain(arguments: &Value) -> Kind {
    let text = |name: &str| arguments.get(name).and_then(Value::as_str);
    let media = match text("output") {
        Some("csv") => "text/csv; charset=utf-8",
        Some("tsv") => "text/tab-separated-values; charset=utf-8",
        Some("json") => JSON,
        Some("jsonl") => "application/jsonl",
        Some("md") => "text/markdown; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    };
    let name = text("name").map(str::to_owned);
    Kind { media, name }
}
