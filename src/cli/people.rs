//! What the commands about people share: whom, where, and how the answer looks.

use super::args::{Changing, Show};
use super::{App, Outcome};
use crate::hub::Done;
use crate::hub::people::{Choice, Places, Touched, Whom};
use crate::output::Listing;
use std::path::PathBuf;

/// The workspaces that a change is about.
#[derive(Debug, Clone, clap::Args)]
pub struct Where {
    /// In this workspace (repeatable); default: the current one
    #[arg(long, short, visible_alias = "space", value_name = "WORKSPACE")]
    workspace: Vec<String>,
    /// In all workspaces in which you may
    #[arg(long, visible_alias = "all-spaces", conflicts_with = "workspace")]
    all_workspaces: bool,
}

impl Where {
    /// The workspaces that were named, else the current one; the hub refuses when there is none.
    ///
    /// # Errors
    /// When the settings file cannot be read.
    pub fn places(&self, app: &App) -> anyhow::Result<Places> {
        if self.all_workspaces {
            return Ok(Places::All);
        }
        if self.workspace.is_empty() {
            return Ok(Places::Named(
                app.settings()?.workspace.value.into_iter().collect(),
            ));
        }
        Ok(Places::Named(self.workspace.clone()))
    }

    /// The same for a listing: where none is current, all, with a word about it.
    ///
    /// # Errors
    /// When the settings file cannot be read.
    pub fn places_to_see(&self, app: &App) -> anyhow::Result<(Places, Option<String>)> {
        let places = self.places(app)?;
        if !self.workspace.is_empty() || self.all_workspaces {
            return Ok((places, None));
        }
        Ok(match &places {
            Places::Named(names) if names.is_empty() => {
                let note =
                    "no workspace is chosen, so all are shown; choose one with `servhub workspace use NAME`";
                (Places::All, Some(note.to_owned()))
            }
            Places::Named(names) => {
                let note = format!("workspace {}; all of them: --all-workspaces", names.join(", "));
                (places, Some(note))
            }
            Places::All => (places, None),
        })
    }

    /// Whether more than one workspace may be meant.
    pub fn is_many(&self) -> bool {
        self.all_workspaces || self.workspace.len() > 1
    }
}

/// The people that a change is about.
#[derive(Debug, Clone, clap::Args)]
pub struct Who {
    /// The account, a mail address or user principal name (repeatable)
    #[arg(value_name = "ACCOUNT", required_unless_present = "from")]
    accounts: Vec<String>,
    /// Take the accounts, each with its workspace if there is such a column, from a CSV file, or - for standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "accounts")]
    from: Option<PathBuf>,
}

impl Who {
    /// The people, from the command line or the file.
    ///
    /// # Errors
    /// `E0300` with every fault of the file.
    pub fn people(&self) -> anyhow::Result<Vec<Whom>> {
        match &self.from {
            Some(path) => Ok(super::people_file::whom(path)?),
            None => Ok(named(&self.accounts)),
        }
    }

    /// Whether more than one person may be meant.
    pub fn is_many(&self) -> bool {
        self.from.is_some() || self.accounts.len() > 1
    }
}

/// Accounts of the command line.
pub fn named(accounts: &[String]) -> Vec<Whom> {
    let whom = |account: &String| Whom {
        account: account.clone(),
        ..Whom::default()
    };
    accounts.iter().map(whom).collect()
}

/// People in workspaces, after asking when they are many (K-8).
///
/// # Errors
/// `E0103` or `E0104` without a yes, and when the file or the settings cannot be read.
pub fn choice(
    app: &App,
    who: &Who,
    place: &Where,
    changing: &Changing,
    question: &str,
) -> anyhow::Result<Choice> {
    let people = who.people()?;
    if who.is_many() || place.is_many() {
        ask(app, changing, &format!("{question} {}?", count(&people, place)))?;
    }
    Ok(Choice {
        people,
        places: place.places(app)?,
    })
}

/// "3 people in 2 workspaces", for a question.
pub fn count(people: &[Whom], place: &Where) -> String {
    let who = match people {
        [one] => one.account.clone(),
        many => format!("{} people", many.len()),
    };
    match (place.all_workspaces, place.workspace.as_slice()) {
        (true, _) => format!("{who} in all workspaces"),
        (false, [one]) => format!("{who} in workspace {one}"),
        (false, []) => who,
        (false, many) => format!("{who} in {} workspaces", many.len()),
    }
}

/// Asks, unless nothing would be kept (K-8).
///
/// # Errors
/// `E0103` or `E0104` without a yes.
pub fn ask(app: &App, changing: &Changing, question: &str) -> anyhow::Result<()> {
    if changing.dry_run {
        return Ok(());
    }
    Ok(app.ui.confirm(question, changing.yes)?)
}

/// What became of the memberships. A code is told here and never again; one of a dry run opens nothing.
pub fn outcome(app: &App, show: &Show, changing: &Changing, done: Done<Vec<Touched>>) -> Outcome {
    let mut touched = done.answer;
    if changing.dry_run {
        touched.iter_mut().for_each(|one| one.code = None);
    }
    let codes = touched.iter().filter(|one| one.code.is_some()).count();
    let listing = Listing::of(&touched);
    let outcome = Outcome::listing(listing, show.style(&app.ui));
    let outcome = match codes {
        0 => outcome,
        _ => outcome.note("a code is shown this once; hand it to the person invited and to nobody else"),
    };
    outcome.changed(changing, done.changed)
}
