//! `servhub export cpod`

use super::finish;
use super::select::Select;
use super::target::Target;
use crate::cli::args::AsOf;
use crate::cli::{App, Command, Outcome};
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::Hub;
use crate::hub::export::Made;
use crate::hub::export::cpod::{BookSink, Cpod, PageSink, SCHEMA, SUMMARY_SCHEMA, Sink, TextSink};
use crate::hub::export::manifest::Parameters;
use crate::output::{ReportFormat, Written};
use std::cell::RefCell;

/// The proof of delivery: what was bought, what was delivered and what is left
///
/// One line for each delivery, and one for each entitlement without any, sorted by customer, contract,
/// package, entitlement, day and reference. The same store and options give the same bytes with --as-of; the
/// SHA-256 is printed on standard error.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    select: Select,
    /// One line for each entitlement, without the deliveries
    #[arg(long)]
    summary: bool,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    target: Target,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub_as_of(&self.as_of)?;
        let (made, written) = self.make(app, &hub)?;
        let selection = self.select.selection();
        let parameters = Parameters {
            selection: &selection,
            as_of: self.as_of.as_of,
            output: self.target.output.word(),
            csv_dialect: self.target.dialect_word(),
            summary: self.summary,
        };
        let report = if self.summary { SUMMARY_SCHEMA } else { SCHEMA };
        finish(&self.target, report, parameters, &made, &written)
    }
}

impl Args {
    fn make(&self, app: &App, hub: &Hub) -> anyhow::Result<(Made, Written)> {
        let as_of = hub.context().day_in(&Zone::utc());
        match (self.target.text(), self.target.output) {
            (Some(text), _) => {
                let (made, sink) = self.ask(hub, TextSink::new(text, self.summary, self.target.open(app)?));
                match made {
                    Ok(made) => Ok((made, sink.finish()?)),
                    Err(failure) => Err(sink.abandon(failure).into()),
                }
            }
            (None, ReportFormat::Xlsx) => {
                let mut drain = self.target.open(app)?;
                let (made, sink) = self.ask(hub, BookSink::new(as_of, self.summary)?);
                let told = made.and_then(|made| {
                    sink.finish(|piece| {
                        drain.block().extend_from_slice(piece);
                        drain.pass_on()
                    })?;
                    Ok(made)
                });
                match told {
                    Ok(made) => Ok((made, drain.finish()?)),
                    Err(failure) => Err(drain.abandon(failure).into()),
                }
            }
            (None, _) => {
                let mut drain = self.target.open(app)?;
                let (made, sink) = self.ask(hub, PageSink::new(as_of, self.summary));
                match made {
                    Ok(made) => {
                        drain.block().extend_from_slice(sink.finish().as_bytes());
                        Ok((made, drain.finish()?))
                    }
                    Err(failure) => Err(drain.abandon(failure).into()),
                }
            }
        }
    }

    fn ask<S: Sink>(&self, hub: &Hub, sink: S) -> (Result<Made>, S) {
        let query = Cpod {
            selection: self.select.selection(),
            summary: self.summary,
            sink: RefCell::new(sink),
        };
        (hub.ask(&query), query.sink.into_inner())
    }
}
