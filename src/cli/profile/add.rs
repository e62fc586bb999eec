//! `servhub profile add`

use super::Setting;
use crate::cli::settings::{Profile, without_password};
use crate::cli::{App, Command, Outcome};
use crate::error::codes;

/// Add a profile, or change one: a store, a current workspace and a person to act as (--as) under a name
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the profile
    name: String,
    /// The address of a shared hub; the same as --store
    #[arg(long, value_name = "URL", conflicts_with = "store")]
    url: Option<String>,
    /// The current workspace of this profile, by id
    #[arg(long, value_name = "WORKSPACE")]
    workspace: Option<String>,
    #[command(flatten)]
    setting: Setting,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(codes::BAD_VALUE.error("a profile needs a name").into());
        }
        let store = self.url.or_else(|| app.global.store.clone());
        let before = app.settings_file()?;
        let mut after = before.clone();
        let known = after.file.profiles.get(name);
        if known.is_none() && store.is_none() {
            return Err(codes::MISSING_OPTION
                .error("a new profile needs a store")
                .hint(format!(
                    "`servhub profile add {name} --store FILE`, or `--url https://…` for a shared hub"
                ))
                .into());
        }
        let known = known.cloned().unwrap_or_default();
        let profile = Profile {
            store: store.map(absolute).transpose()?.or(known.store),
            workspace: self.workspace.or(known.workspace),
            acting: app.global.acting.clone().or(known.acting),
        };
        let replaced = before.file.profiles.get(name).is_some_and(|old| *old != profile);
        if replaced && !self.setting.dry_run {
            let question = format!("Change the profile \"{name}\", which exists already?");
            app.ui.confirm(&question, self.setting.yes)?;
        }
        after.file.profiles.insert(name.to_owned(), profile);
        let what = format!("profile {name} kept in {}", after.path.display());
        self.setting.keep(&before, &after, &what)
    }
}

/// A profile is used from any folder, so a relative path is kept as the place it means now.
fn absolute(store: String) -> anyhow::Result<String> {
    without_password(&store)?;
    if store.contains("://") || store.starts_with("sqlite:") {
        return Ok(store);
    }
    Ok(std::path::absolute(&store)?.display().to_string())
}
