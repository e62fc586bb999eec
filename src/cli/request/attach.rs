//! `servhub request attach`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::error::{Result, codes};
use crate::hub::request::{About, Attach, Upload};
use crate::output::Listing;
use std::path::{Path, PathBuf};

/// Attach files to a request: all of them or none, each of up to 25 MiB
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// What to attach
    #[arg(required = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Call the one file like this; by its own name when left out
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if self.name.is_some() && self.files.len() > 1 {
            let error = codes::BAD_VALUE.error("--name names one file, and several are given");
            return Err(error.hint("attach them one by one, or leave --name out").into());
        }
        let upload = |path: &PathBuf| {
            let name = self.name.clone().map_or_else(|| own_name(path), Ok)?;
            Ok(Upload {
                name,
                path: path.clone(),
            })
        };
        let change = Attach {
            number: self.request.clone(),
            files: self.files.iter().map(upload).collect::<Result<_>>()?,
        };
        let mut hub = app.hub_for(&self.changing)?;
        super::context::tell(app, &hub, vec![About::Request(change.number.clone())]);
        let done = hub.carry_out(&change, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&done.answer), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}

fn own_name(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.map(str::to_owned).ok_or_else(|| {
        codes::BAD_VALUE
            .error(format!(
                "{} has no name that an attachment can have",
                path.display()
            ))
            .hint("give it one with --name")
    })
}
