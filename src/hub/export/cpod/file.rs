//! The proof of delivery in the form in which it is handed over.

use super::{BookSink, Cpod, PageSink, Sink, TextSink};
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::export::form::{Form, Report};
use crate::hub::export::{Made, Selection};
use crate::hub::{Export, Outlet, Query, Reading, Route};
use crate::output::{Drain, ReportFormat};
use crate::policy::needs::ProduceCpod;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// Writes the proof of delivery.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct CpodFile {
    /// What it covers.
    #[serde(flatten)]
    pub selection: Selection,
    /// Only the entitlements, without their deliveries (`--summary`).
    #[serde(default)]
    pub summary: bool,
    /// How it is written.
    #[serde(flatten)]
    pub form: Form,
}

impl Export for CpodFile {
    const NAME: &'static str = Cpod::<TextSink>::NAME;
    const ROUTE: Route = Cpod::<TextSink>::ROUTE;
    type Needs = ProduceCpod;
    type Answer = Report;

    fn write(&self, at: &Reading<'_, ProduceCpod>, to: &mut dyn Outlet) -> Result<Report> {
        let drain = to.open(None)?;
        match (self.form.text(), self.form.output) {
            (Some(text), _) => {
                let (made, sink) = self.ask(at, TextSink::new(text, self.summary, drain));
                match made {
                    Ok(made) => sink.finish().map(|written| Report { made, written }),
                    Err(failure) => Err(sink.abandon(failure)),
                }
            }
            (None, ReportFormat::Xlsx) => self.book(at, drain),
            (None, _) => self.page(at, drain),
        }
    }
}

impl CpodFile {
    fn book(&self, at: &Reading<'_, ProduceCpod>, mut drain: Drain) -> Result<Report> {
        let as_of = at.context().day_in(&Zone::utc());
        let told = BookSink::new(as_of, self.summary).and_then(|sink| {
            let (made, sink) = self.ask(at, sink);
            let made = made?;
            sink.finish(|piece| {
                drain.block().extend_from_slice(piece);
                drain.pass_on()
            })?;
            Ok(made)
        });
        end(told, drain)
    }

    fn page(&self, at: &Reading<'_, ProduceCpod>, mut drain: Drain) -> Result<Report> {
        let as_of = at.context().day_in(&Zone::utc());
        let (made, sink) = self.ask(at, PageSink::new(as_of, self.summary));
        if made.is_ok() {
            drain.block().extend_from_slice(sink.finish().as_bytes());
        }
        end(made, drain)
    }

    fn ask<S: Sink>(&self, at: &Reading<'_, ProduceCpod>, sink: S) -> (Result<Made>, S) {
        let query = Cpod {
            selection: self.selection.clone(),
            summary: self.summary,
            sink: RefCell::new(sink),
        };
        (query.answer(at), query.sink.into_inner())
    }
}

fn end(made: Result<Made>, drain: Drain) -> Result<Report> {
    match made {
        Ok(made) => drain.finish().map(|written| Report { made, written }),
        Err(failure) => Err(drain.abandon(failure)),
    }
}
