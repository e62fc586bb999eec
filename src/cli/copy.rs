//! `servhub copy`

use super::args::Show;
use super::settings::Place;
use super::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::copy::{Copied, copy, rehearse};
use crate::output::Listing;
use crate::ui::Ui;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;

/// Copy a whole hub to another store, between files and databases in any direction
///
/// The target is a new file or an empty database, and has all of it or nothing. Every table goes along with its keys: people,
/// operators and tokens as well, so that whoever was signed in there is signed in here; set-up codes do not. Others may work in
/// the first store meanwhile, but what they change after the copy began is not in it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The store to copy: a file, or the address of a database (postgres://)
    from: String,
    /// The store to fill: a file that is not there yet, or an empty database
    to: String,
    /// Show what would be copied, and write nothing
    #[arg(long, help_heading = "Change")]
    dry_run: bool,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if let Some(account) = &app.settings()?.acting.value {
            return Err(codes::DENIED
                .error(format!(
                    "a copy is of the whole hub, and {account} has no right to that"
                ))
                .hint("leave --as away; whoever has both stores at hand copies as their owner")
                .into());
        }
        let (from, to) = (at_hand(&self.from)?, at_hand(&self.to)?);
        let style = self.show.style(&app.ui);
        if self.dry_run {
            let found = rehearse(&from, &to)?;
            let note = format!("dry run: nothing was written; {} would be copied", size(&found));
            return Ok(Outcome::listing(Listing::of(&found.tables), style).note(note));
        }
        let bar = bar(&app.ui);
        let copied = copy(&from, &to, &mut |doing, done, all| {
            if let Some(bar) = &bar {
                bar.set_length(all);
                bar.set_position(done);
                bar.set_message(doing.to_owned());
            }
        });
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        let copied = copied?;
        let note = told(&copied);
        Ok(Outcome::listing(Listing::of(&copied.tables), style).note(note))
    }
}

fn size(copied: &Copied) -> String {
    let rows: u64 = copied.tables.iter().map(|table| table.rows).sum();
    let (tables, records) = (copied.tables.len(), copied.records);
    format!("{tables} tables, {rows} rows, audit chain of {records} records")
}

fn told(copied: &Copied) -> String {
    let size = size(copied);
    format!("verified: {size}; operators and tokens went along, set-up codes did not")
}

fn at_hand(store: &str) -> anyhow::Result<PathBuf> {
    match Place::of(store)? {
        Place::File(path) => Ok(path),
        Place::Hub(url) => Err(codes::NOT_AT_HAND
            .error(format!("{url} is a hub, and a copy works on the store itself"))
            .hint("copy where the store of that hub is; or `servhub --store URL backup FILE` brings a hub that keeps a file here, to be copied on")
            .into()),
    }
}

fn bar(ui: &Ui) -> Option<ProgressBar> {
    ui.live.then(|| {
        let style = ProgressStyle::with_template("{bar:30} {human_pos}/{human_len} {msg} {eta}");
        ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    })
}
