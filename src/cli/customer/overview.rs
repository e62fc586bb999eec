//! `servhub customer overview`

mod page;
mod sections;

use super::super::{App, Command, Outcome};
use crate::domain::words::words;
use crate::error::codes;
use crate::hub::customer::{Overview, Page};
use crate::output::{Dialect, Drain, Format, Style, render};
use serde::Serialize;
use std::path::PathBuf;

words! {
    /// How the overview is written.
    Shape, "output format" {
        /// For reading.
        Table = "table",
        /// One document with a schema version.
        Json = "json",
        /// One page, for reading and printing; it needs no network.
        Html = "html",
    }
}

/// Everything about a customer on one page
///
/// Its partners, agreements, delegated access, subscriptions with seats used and left, open requests with their clocks,
/// known issues and the support contact, all of one moment. What you may not read is left out, and named.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the customer
    customer: String,
    /// Output format
    #[arg(long, short, value_enum, default_value_t = Shape::Table, value_name = "FORMAT", help_heading = "Output")]
    output: Shape,
    /// Write to this file, which appears whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Output")]
    out: Option<PathBuf>,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let page = app.hub()?.ask(&Overview {
            customer: self.customer,
        })?;
        let bytes = match self.output {
            Shape::Table => table(app, &page, self.out.is_some())?,
            Shape::Json => json(&page)?,
            Shape::Html => page::write(&page).into_bytes(),
        };
        let outcome = match &self.out {
            None => Outcome::raw(bytes),
            Some(path) => {
                let mut drain = Drain::file(path)?;
                drain.block().extend_from_slice(&bytes);
                drain.finish()?;
                Outcome::silent().note(format!("written to {}", path.display()))
            }
        };
        Ok(left_out(&page).into_iter().fold(outcome, Outcome::note))
    }
}

/// What is not there, for want of which permission.
fn left_out(page: &Page) -> Option<String> {
    let parts = page
        .left_out
        .iter()
        .map(|(part, needs)| format!("{part} ({needs})"));
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| format!("left out, for want of a permission: {}", parts.join(", ")))
}

fn table(app: &App, page: &Page, to_file: bool) -> crate::error::Result<Vec<u8>> {
    let style = Style {
        format: Format::Table,
        columns: Vec::new(),
        jq: None,
        dialect: Dialect::Rfc4180,
        fancy: app.ui.fancy && !to_file,
        width: app.ui.width.filter(|_| !to_file),
    };
    let customer = &page.customer;
    let mut text = format!("{} ({})\nas of {}\n", customer.name, customer.code, page.at).into_bytes();
    for section in sections::of(page) {
        text.extend_from_slice(format!("\n{}\n", section.title).as_bytes());
        if section.listing.rows.is_empty() {
            text.extend_from_slice(b"none\n");
        } else {
            text.extend_from_slice(&render(section.listing, &style)?);
        }
    }
    Ok(text)
}

/// The page as a document.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    page: &'a Page,
}

fn json(page: &Page) -> crate::error::Result<Vec<u8>> {
    let document = Document {
        schema: "customer.overview/1",
        page,
    };
    let text = serde_json::to_string_pretty(&document).map_err(|error| {
        codes::IO_FAILED
            .error("the overview could not be written")
            .because(error)
    })?;
    Ok((text + "\n").into_bytes())
}
