//! The workspaces that a report or a list looks at.

use super::App;
use crate::hub::activity::Places;

/// Which workspaces.
#[derive(Debug, clap::Args)]
pub struct Chosen {
    /// Look at this workspace (several times: at several); default: the current one
    #[arg(long, short, visible_alias = "space", value_name = "WORKSPACE")]
    workspace: Vec<String>,
    /// Look at all workspaces that you may see
    #[arg(long, visible_alias = "all-spaces", conflicts_with = "workspace")]
    all_workspaces: bool,
}

impl Chosen {
    /// The workspaces that the options name, else all: for a list that something else narrows.
    pub fn named(&self) -> Places {
        match self.workspace.as_slice() {
            [] => Places::AllWorkspaces,
            names => Places::Workspaces(names.to_vec()),
        }
    }

    /// The workspaces to look at; with none chosen and none current, all, and a word about it.
    ///
    /// # Errors
    /// When the settings file cannot be read.
    pub fn choose(&self, app: &App) -> anyhow::Result<(Places, Option<String>)> {
        if self.all_workspaces {
            return Ok((Places::AllWorkspaces, None));
        }
        if !self.workspace.is_empty() {
            return Ok((Places::Workspaces(self.workspace.clone()), None));
        }
        let current = app.settings()?.workspace;
        Ok(match current.value {
            Some(name) => {
                let note = format!(
                    "workspace {name} (from {}); all of them: --all-workspaces",
                    current.origin
                );
                (Places::Workspaces(vec![name]), Some(note))
            }
            None => {
                let note =
                    "no workspace is chosen, so all are shown; choose one with `servhub workspace use NAME`";
                (Places::AllWorkspaces, Some(note.to_owned()))
            }
        })
    }
}
