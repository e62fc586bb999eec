//! `servhub group create`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::group::Create;

/// Make a group in a workspace: a local one, or one that stands for a directory's group
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the group, unique within the workspace
    name: String,
    /// The workspace; default: the current one
    #[arg(long, short, visible_alias = "space", value_name = "WORKSPACE")]
    workspace: Option<String>,
    /// Short id, unique in the hub; made from the workspace's when left out
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// It stands for this group of a directory: tenant and object id
    #[arg(long, value_name = "TENANT/OBJECT_ID", value_parser = directory)]
    directory: Option<(String, String)>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

fn directory(text: &str) -> Result<(String, String), String> {
    match text.split_once('/') {
        Some((tenant, object)) if !tenant.is_empty() && !object.is_empty() => {
            Ok((tenant.to_owned(), object.to_owned()))
        }
        _ => Err("write tenant and object id with a stroke between them".to_owned()),
    }
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let workspace = match self.workspace {
            Some(named) => Some(named),
            None => app.settings()?.workspace.value,
        };
        let Some(workspace) = workspace else {
            let error = codes::MISSING_OPTION.error("nothing says in which workspace");
            let hint = "name it with --workspace, or choose one with `servhub workspace use NAME`";
            return Err(error.hint(hint).into());
        };
        let create = Create {
            name: self.name,
            workspace,
            code: self.id,
            directory: self.directory,
        };
        app.change(&create, &self.changing, &self.show)
    }
}
