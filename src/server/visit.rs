//! What a visitor asks for, done on one of the threads.

use super::Server;
use super::answer;
use super::doorman::Admitted;
use super::log::Fault;
use super::resource::Entry;
use super::stream::{FramedOutlet, FramedWatch, Kind, Piece, Pipe, PlainOutlet};
use super::upload::Parcel;
use super::visitor::Visitor;
use super::workers::{Bench, Lane, Work, busy, failed};
use crate::api::address::{self, Received};
use crate::api::headers::Said;
use crate::api::{FRAMES, JSON, filing};
use crate::domain::token::Scopes;
use crate::error::{Result, codes};
use crate::hub::import::{Unwatched, Watch};
use crate::hub::operations::Run;
use crate::hub::wire::Reply;
use crate::hub::{Context, Hub, Mode, Outlet};
use axum::response::Response;
use http::header;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::mpsc::Receiver;

/// A visitor with an operation in mind.
#[derive(Clone)]
pub struct Visit {
    /// Who asks.
    pub visitor: Arc<Visitor>,
    /// For what.
    pub entry: Arc<Entry>,
    /// The doorman's word, where it was given before the body was taken.
    pub admitted: Option<Admitted>,
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
    ///
    /// # Errors
    /// As the operation says, and when too many wait.
    pub async fn ask(self, body: Vec<u8>) -> Result<Response> {
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
    ///
    /// # Errors
    /// As the operation says, and when too many wait.
    pub async fn export(self) -> Result<Response> {
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
    ///
    /// # Errors
    /// As the operation says, and when too many wait.
    pub async fn carry_out(self, parcel: Parcel) -> Result<Response> {
        let (server, visit) = (Arc::clone(self.server()), self);
        let change = move |bench: &mut Bench| visit.change(bench, &parcel, &mut |_| Box::new(Unwatched));
        let reply = server
            .workers
            .run(Lane::Change, server.limits.request, change)
            .await?;
        Ok(answer::whole(reply.answer, Some(reply.changed)))
    }

    /// A change that tells how it goes.
    ///
    /// # Errors
    /// As the operation says, and when too many wait.
    pub async fn carry_out_watched(self, parcel: Parcel) -> Result<Response> {
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
