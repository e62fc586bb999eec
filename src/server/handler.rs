//! The one way through which every operation is asked for.

use super::Server;
use super::answer;
use super::log::Fault;
use super::record::Record;
use super::resource::{Entry, Resource};
use super::upload::Parcel;
use super::visit::Visit;
use super::visitor::Visitor;
use crate::api::{FRAMES, address};
use crate::error::{Error, Result, codes};
use crate::hub::operations::Run;
use axum::body::HttpBody;
use axum::extract::Request;
use axum::response::Response;
use http::header;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

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
        let visitor = Visitor::of((&self.server, &self.record), parts, !body.is_end_stream())?;
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
