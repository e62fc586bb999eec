//! What `user plan` and `user apply` have in common: a file of people, and what it means for those it does
//! not name.

use crate::hub::Hub;
use crate::hub::import::{Applied, Apply, ApplyPeople, Wanted, Watch};
use crate::hub::{Done, Mode};
use std::path::PathBuf;

/// Options of a file of people.
#[derive(Debug, Clone, clap::Args)]
pub struct About {
    /// Apply a file without a column workspace to this one; may be given several times
    #[arg(
        long,
        visible_alias = "space",
        value_name = "WORKSPACE",
        help_heading = "What"
    )]
    workspace: Vec<String>,
    /// Apply a file without a column workspace to all that you manage
    #[arg(long, conflicts_with = "workspace", help_heading = "What")]
    all_workspaces: bool,
    /// With --all-workspaces: only those of this customer
    #[arg(
        long,
        requires = "all_workspaces",
        value_name = "CUSTOMER",
        help_heading = "What"
    )]
    customer: Option<String>,
    /// Remove the members of the workspaces named who are not in the file
    #[arg(long, help_heading = "What")]
    prune: bool,
    /// Stamp everyone in the file with this label; --prune removes only people who carry it
    #[arg(long, value_name = "LABEL", help_heading = "What", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    label: Option<String>,
    /// Apply the good rows when others have faults; then nobody is removed
    #[arg(long)]
    pub keep_going: bool,
    /// Write what came of every row and workspace to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub results: Option<PathBuf>,
}

impl About {
    /// The same for the hub.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            workspaces: self.workspace.clone(),
            all_workspaces: self.all_workspaces,
            customer: self.customer.clone(),
            prune: self.prune,
            label: self.label.clone(),
            file: String::new(),
        }
    }

    /// Whether anything is said that a saved plan has settled already.
    pub fn is_said(&self) -> bool {
        self.keep_going || self.wanted() != Wanted::default()
    }
}

/// Makes the change.
pub fn carry_out(
    wanted: &Wanted,
) -> impl Fn(&mut Hub, Apply, Mode, &dyn Watch) -> crate::error::Result<Done<Applied>> {
    move |hub, rows, mode, watch| {
        let wanted = wanted.clone();
        hub.carry_out_watched(&ApplyPeople { rows, wanted }, mode, watch)
    }
}
