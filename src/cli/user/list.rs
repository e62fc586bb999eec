//! `servhub user list`

use crate::cli::args::{Paging, Show, yes_no};
use crate::cli::people::Where;
use crate::cli::{App, Command, Outcome};
use crate::domain::people::{MemberStatus, Role};
use crate::hub::people::List;
use crate::output::Listing;

/// List the members of workspaces
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,
    /// Only those who stand so (repeatable); default: all but removed
    #[arg(long, value_enum, value_name = "STATUS")]
    status: Vec<MemberStatus>,
    /// Only those with this role, granted or through a group
    #[arg(long, value_enum, value_name = "ROLE")]
    role: Option<Role>,
    /// Only support contacts; with no, only the others
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, default_missing_value = "yes", require_equals = true, value_parser = yes_no)]
    support_contact: Option<bool>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (places, note) = self.place.places_to_see(app)?;
        let (lines, cut) = app.hub()?.ask(&List {
            places,
            status: self.status,
            role: self.role,
            support_contact: self.support_contact,
            limit: self.paging.rows(),
            page_token: self.paging.page_token,
        })?;
        let listing = Listing::of(&lines).cut(cut);
        let outcome = Outcome::listing(listing, self.show.style(&app.ui));
        Ok(note.into_iter().fold(outcome, Outcome::note))
    }
}
