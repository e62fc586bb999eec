//! `servhub request outbox`: what waits to be sent.

use super::post::{address, outbox};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::error::{Error, codes};
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
    /// Only what has this key
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
    name: String,
    key: String,
    kept_at: crate::domain::Instant,
    requests: usize,
    title: String,
    store: String,
    acting: Option<String>,
    held_up_by: Option<String>,
}

impl Line {
    fn of(parcel: &Parcel) -> crate::error::Result<Self> {
        let first = parcel.orders.first();
        Ok(Self {
            name: parcel.name()?,
            key: parcel.key().to_owned(),
            kept_at: parcel.kept_at,
            requests: parcel.orders.len(),
            title: first
                .and_then(|order| order.draft.title.clone())
                .unwrap_or_default(),
            store: parcel.store.clone(),
            acting: parcel.acting.clone(),
            held_up_by: parcel.held_up_by.clone(),
        })
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
        col("name").quiet(),
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
            (&self.name).into(),
        ]
    }
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => {
                let waiting = outbox(app)?.waiting()?;
                let lines = waiting
                    .parcels
                    .iter()
                    .map(Line::of)
                    .collect::<crate::error::Result<Vec<_>>>()?;
                let outcome = Outcome::listing(Listing::of(&lines), args.show.style(&app.ui));
                Ok(unreadable(outcome, waiting.damaged))
            }
            Self::Send(args) => args.send(app),
            Self::Drop(args) => args.drop(app),
        }
    }
}

/// Names the files that cannot be read, after everything else was done.
fn unreadable(outcome: Outcome, damaged: Vec<Error>) -> Outcome {
    let mut damaged = damaged.into_iter();
    let Some(first) = damaged.next() else {
        return outcome;
    };
    let outcome = damaged.fold(outcome, |outcome, error| outcome.note(error.to_string()));
    outcome.failing(first)
}

/// The parcels that a text names, by key or by name; none is an error.
fn named(parcels: Vec<Parcel>, text: &str) -> anyhow::Result<Vec<Parcel>> {
    let mut found = Vec::new();
    for parcel in parcels {
        if parcel.key() == text || parcel.name()? == text {
            found.push(parcel);
        }
    }
    if found.is_empty() {
        let error = codes::NOT_FOUND.error(format!("nothing with the key \"{text}\" waits"));
        return Err(error
            .hint("`servhub request outbox list` shows what waits")
            .into());
    }
    Ok(found)
}

impl SendArgs {
    /// Sends what is meant for the store and the person in force; the rest waits on.
    fn send(self, app: &App) -> anyhow::Result<Outcome> {
        let here = address(&app.settings()?);
        let outbox = outbox(app)?;
        let waiting = outbox.waiting()?;
        let parcels = match &self.key {
            Some(key) => named(waiting.parcels, key)?,
            None => waiting.parcels,
        };
        let (mut filed, mut notes, mut failure) = (Vec::new(), Vec::new(), None);
        for parcel in parcels {
            let key = parcel.key().to_owned();
            if (&parcel.store, &parcel.acting) != (&here.0, &here.1) {
                notes.push(format!("{key} waits for {}", whom(&parcel)));
                continue;
            }
            if self.changing.dry_run {
                notes.push(format!("{key} would be sent"));
                continue;
            }
            super::context::tell_orders(app, &parcel.orders);
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
        let outcome = unreadable(outcome, waiting.damaged);
        Ok(match failure {
            Some(failure) => outcome.failing(failure),
            None => outcome,
        })
    }
}

/// The store and the person that a parcel is for.
fn whom(parcel: &Parcel) -> String {
    match &parcel.acting {
        Some(account) => format!("{account} at {}", parcel.store),
        None => format!("the owner of {}", parcel.store),
    }
}

impl DropArgs {
    fn drop(self, app: &App) -> anyhow::Result<Outcome> {
        let outbox = outbox(app)?;
        let found = named(outbox.waiting()?.parcels, &self.key)?;
        let [parcel] = found.as_slice() else {
            let names = found.iter().map(Parcel::name).collect::<Result<Vec<_>, _>>()?;
            let error =
                codes::AMBIGUOUS.error(format!("{} acts wait with the key \"{}\"", found.len(), self.key));
            return Err(error
                .hint(format!("say which by its name: {}", names.join(", ")))
                .into());
        };
        if self.changing.dry_run {
            return Ok(Outcome::silent().changed(&self.changing, true));
        }
        let question = format!("Give up the request kept as {}? It was not filed.", self.key);
        app.ui.confirm(&question, self.changing.yes)?;
        let there = outbox.drop(parcel)?;
        Ok(Outcome::silent().changed(&self.changing, there))
    }
}
