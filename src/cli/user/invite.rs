//! `servhub user invite`

use crate::cli::args::{Changing, Show, days};
use crate::cli::people::{Where, ask, outcome};
use crate::cli::{App, Command, Outcome, people_file};
use crate::domain::contract::AccountKind;
use crate::domain::people::Role;
use crate::error::{AtPath, codes};
use crate::hub::people::{Invite, Invitee, Touched};
use crate::output::{Dialect, Format, Listing, Style, render};
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// For how long an invitation can be accepted.
#[derive(Debug, Clone, clap::Args)]
pub struct Valid {
    /// For how many days the invitation can be accepted
    #[arg(long, default_value = "30d", value_name = "DAYS", value_parser = days)]
    valid: i32,
}

impl Valid {
    /// The number of days.
    pub fn days(&self) -> i64 {
        self.valid.into()
    }
}

/// Invite people into workspaces; each workspace needs its own invitation
///
/// The answer tells the code of each invitation, once. Someone who is in already is left as they are, with the
/// roles and the mark that are new.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The account, a mail address or user principal name (repeatable)
    #[arg(value_name = "ACCOUNT", required_unless_present = "from")]
    accounts: Vec<String>,
    /// Take the people from a CSV file with the columns account, name, roles, ...; - for standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath,
        conflicts_with_all = ["accounts", "name", "language", "account_kind", "role", "support_contact", "label"])]
    from: Option<PathBuf>,
    #[command(flatten)]
    place: Where,
    /// The person's name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Language of the invitation, such as cs
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Work or personal; default: work
    #[arg(long, value_enum, value_name = "KIND")]
    account_kind: Option<AccountKind>,
    /// A role to begin with (repeatable)
    #[arg(long, value_enum, value_name = "ROLE")]
    role: Vec<Role>,
    /// Mark as support contact, who may file requests
    #[arg(long)]
    support_contact: bool,
    /// Who manages the person: a file applied with the same label may remove them
    #[arg(long, value_name = "LABEL")]
    label: Option<String>,
    #[command(flatten)]
    valid: Valid,
    /// Write the codes to this file, which only you can read, and not to the answer
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    codes: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let people = self.people()?;
        if people.len() > 1 || self.place.is_many() {
            ask(app, &self.changing, &format!("Invite {} people?", people.len()))?;
        }
        let codes = self.codes.as_deref().filter(|_| !self.changing.dry_run);
        let codes = codes.map(|path| Ok::<_, crate::error::Error>((path, secret_file(path)?)));
        let codes = codes.transpose()?;
        let invite = Invite {
            people,
            places: self.place.places(app)?,
            valid_days: self.valid.days(),
        };
        let mut done = app
            .hub_for(&self.changing)?
            .carry_out(&invite, self.changing.mode())?;
        if let Some((path, file)) = codes {
            tell_file(path, file, &done.answer)?;
            done.answer.iter_mut().for_each(|one| one.code = None);
        }
        Ok(outcome(app, &self.show, &self.changing, done))
    }
}

impl Args {
    fn people(&self) -> anyhow::Result<Vec<Invitee>> {
        if let Some(path) = &self.from {
            return Ok(people_file::invitees(path)?);
        }
        if self.accounts.len() > 1 && self.name.is_some() {
            let error = codes::WRONG_USAGE.error("one name does not fit several accounts");
            return Err(error.hint("put them into a file and use --from").into());
        }
        let invitee = |account: &String| Invitee {
            account: account.clone(),
            workspace: None,
            name: self.name.clone(),
            language: self.language.clone(),
            account_kind: self.account_kind,
            roles: self.role.iter().copied().collect(),
            support_contact: self.support_contact,
            label: self.label.clone(),
            origin: None,
        };
        Ok(self.accounts.iter().map(invitee).collect())
    }
}

/// A file that nobody else can read, made before anything is changed: afterwards its codes could be told nowhere.
fn secret_file(path: &Path) -> crate::error::Result<NamedTempFile> {
    if path.exists() {
        let error = codes::IO_FAILED.error(format!("{} is there already", path.display()));
        return Err(error.hint("name a new file for the codes"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    tempfile::Builder::new()
        .prefix(".servhub-")
        .suffix(".part")
        .tempfile_in(folder)
        .at(folder)
}

fn tell_file(path: &Path, mut file: NamedTempFile, touched: &[Touched]) -> crate::error::Result<()> {
    let told: Vec<Touched> = touched.iter().filter(|one| one.code.is_some()).cloned().collect();
    let style = Style {
        format: Format::Csv,
        columns: ["workspace", "account", "name", "expires_at", "code"]
            .map(str::to_owned)
            .into(),
        jq: None,
        dialect: Dialect::Rfc4180,
        fancy: false,
        width: None,
    };
    file.write_all(&render(Listing::of(&told), &style)?).at(path)?;
    file.persist_noclobber(path)
        .map_err(|error| error.error)
        .at(path)?;
    Ok(())
}
