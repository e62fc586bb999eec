//! `servhub export cpod`

use super::finish;
use super::select::Select;
use super::target::Target;
use crate::cli::args::AsOf;
use crate::cli::{App, Command, Outcome};
use crate::hub::export::cpod::{CpodFile, SCHEMA, SUMMARY_SCHEMA};
use crate::hub::export::manifest::Parameters;

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
        let export = CpodFile {
            selection: self.select.selection(),
            summary: self.summary,
            form: self.target.form(),
        };
        let report = hub.export(&export, &mut self.target.outlet(app)?)?;
        let parameters = Parameters {
            selection: &export.selection,
            as_of: self.as_of.as_of,
            output: self.target.output.word(),
            csv_dialect: export.form.dialect_word(),
            summary: self.summary,
        };
        let schema = if self.summary { SUMMARY_SCHEMA } else { SCHEMA };
        finish(&self.target, (schema, &report), parameters)
    }
}
