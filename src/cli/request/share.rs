//! `servhub request share`

use crate::cli::args::Changing;
use crate::cli::{App, Command, Outcome};
use crate::hub::request::{About, Share, Shared, With};

/// Share a request with people or with a group, or stop sharing it
///
/// Whoever it is shared with sees it and works on it. It is shared with one group at a time: a new one takes the
/// place of the one before.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// Share it with this member of its workspace, or this person of its partner (repeatable)
    #[arg(
        long,
        value_name = "ACCOUNT",
        conflicts_with = "group",
        required_unless_present = "group"
    )]
    with: Vec<String>,
    /// Share it with this group of its workspace, by name or id
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Stop sharing it with them
    #[arg(long)]
    stop: bool,
    #[command(flatten)]
    changing: Changing,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let with = match self.group {
            Some(group) => With::Group(group),
            None => With::People(self.with),
        };
        let share = Share {
            number: self.request,
            with,
            stop: self.stop,
        };
        let mut hub = app.hub_for(&self.changing)?;
        super::context::tell(app, &hub, vec![About::Request(share.number.clone())]);
        if share.stop && !self.changing.dry_run {
            let question = format!(
                "Stop sharing request {} with {}?",
                share.number,
                names(&share.with)
            );
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let done = hub.carry_out(&share, self.changing.mode())?;
        let notes = done.changed.then(|| told(&share.number, &done.answer));
        let outcome = notes.into_iter().flatten().fold(Outcome::silent(), Outcome::note);
        Ok(outcome.changed(&self.changing, done.changed))
    }
}

fn names(with: &With) -> String {
    match with {
        With::People(accounts) => accounts.join(", "),
        With::Group(group) => format!("group {group}"),
    }
}

/// What is shared now, and what that replaced (V-6).
fn told(number: &str, shared: &Shared) -> Vec<String> {
    let (before, after) = (&shared.before, &shared.after);
    let group = after.group.iter().map(|group| format!("group {group}"));
    let with: Vec<String> = group.chain(after.people.iter().cloned()).collect();
    let now = match with.as_slice() {
        [] => format!("request {number} is shared with nobody"),
        with => format!("request {number} is shared with {}", with.join(", ")),
    };
    let replaced = match (&before.group, &after.group) {
        (Some(old), Some(new)) if old != new => Some(format!(
            "group {new} takes the place of group {old}: a request is shared with one group at a time (V-6)"
        )),
        _ => None,
    };
    std::iter::once(now).chain(replaced).collect()
}
