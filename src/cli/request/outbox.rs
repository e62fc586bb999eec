//! `servhub request outbox`: what waits to be sent.

use super::post::outbox;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::outbox::Parcel;
use crate::output::{Cell, Column, Listing, Tabular, col};

/// Requests that wait to be sent
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List what waits
    List(ListArgs),
    /// Send what waits: each is filed once, however often it is sent
    Send(SendArgs),
    /// Give up something that waits
    Drop(DropArgs),
}

/// Options of `list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    show: Show,
}

/// Options of `send`.
#[derive(Debug, clap::Args)]
pub struct SendArgs {
    /// Only the one with this key
    key: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Options of `drop`.
#[derive(Debug, clap::Args)]
pub struct DropArgs {
    /// Its key
    key: String,
    #[command(flatten)]
    changing: Changing,
}

/// A parcel in the list.
#[derive(Debug)]
pub struct Line {
    key: String,
    kept_at: crate::domain::Instant,
    requests: usize,
    title: String,
    store: String,
    acting: Option<String>,
    held_up_by: Option<String>,
}

impl Line {
    fn of(parcel: &Parcel) -> Self {
        let first = parcel.orders.first();
        Self {
            key: parcel.key().to_owned(),
            kept_at: parcel.kept_at,
            requests: parcel.orders.len(),
            title: first
                .and_then(|order| order.draft.title.clone())
                .unwrap_or_default(),
            store: crate::cli::settings::hide_password(&parcel.store),
            acting: parcel.acting.clone(),
            held_up_by: parcel.held_up_by.clone(),
        }
    }
}

impl Tabular for Line {
    const SCHEMA: &'static str = "request.outbox/1";
    const COLUMNS: &'static [Column] = &[
        col("key"),
        col("kept_at"),
        col("requests"),
        col("title"),
        col("store").quiet(),
        col("as"),
        col("held_up_by"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.key).into(),
            self.kept_at.into(),
            i64::try_from(self.requests).unwrap_or(i64::MAX).into(),
            (&self.title).into(),
            (&self.store).into(),
            (&self.acting).into(),
            (&self.held_up_by).into(),
        ]
    }
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => {
                let waiting: Vec<Line> = outbox(app)?.waiting()?.iter().map(Line::of).collect();
                Ok(Outcome::listing(Listing::of(&waiting), args.show.style(&app.ui)))
            }
            Self::Send(args) => args.send(app),
            Self::Drop(args) => args.drop(app),
        }
    }
}

impl SendArgs {
    /// Sends what is meant for the store and the person in force; the rest waits on.
    fn send(self, app: &App) -> anyhow::Result<Outcome> {
        let settings = app.settings()?;
        let outbox = outbox(app)?;
        let (mut filed, mut notes, mut failure) = (Vec::new(), Vec::new(), None);
        let here = |parcel: &Parcel| {
            Some(&parcel.store) == settings.store.value.as_ref() && parcel.acting == settings.acting.value
        };
        for parcel in outbox.waiting()? {
            if self.key.as_ref().is_some_and(|key| key != parcel.key()) {
                continue;
            }
            let key = parcel.key().to_owned();
            if !here(&parcel) {
                notes.push(format!(
                    "{key} waits for another store or person: {}",
                    Line::of(&parcel).store
                ));
                continue;
            }
            if self.changing.dry_run {
                notes.push(format!("{key} would be sent"));
                continue;
            }
            match outbox.send(parcel, &mut app.hub_for(&self.changing)?, true) {
                Ok(more) => filed.extend(more),
                Err(error) => {
                    notes.push(format!("{key}: {error}"));
                    failure.get_or_insert(error);
                }
            }
        }
        let outcome = Outcome::listing(Listing::of(&filed), self.show.style(&app.ui));
        let outcome = notes.into_iter().fold(outcome, Outcome::note);
        Ok(match failure {
            Some(failure) => outcome.failing(failure),
            None => outcome,
        })
    }
}

impl DropArgs {
    fn drop(self, app: &App) -> anyhow::Result<Outcome> {
        let outbox = outbox(app)?;
        if !outbox.waiting()?.iter().any(|parcel| parcel.key() == self.key) {
            let error = codes::NOT_FOUND.error(format!("nothing with the key \"{}\" waits", self.key));
            return Err(error
                .hint("`servhub request outbox list` shows what waits")
                .into());
        }
        if self.changing.dry_run {
            return Ok(Outcome::silent().changed(&self.changing, true));
        }
        let question = format!("Give up the request kept as {}? It was not filed.", self.key);
        app.ui.confirm(&question, self.changing.yes)?;
        let there = outbox.drop(&self.key)?;
        Ok(Outcome::silent().changed(&self.changing, there))
    }
}
