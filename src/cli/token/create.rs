//! `servhub token create`

use crate::cli::args::{Changing, days};
use crate::cli::{App, Command, Outcome};
use crate::domain::token::{Scope, Scopes};
use crate::hub::token::Create;

/// Make a token for a program that acts as you; its text is printed this once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What it is for
    name: String,
    /// How much of your rights it carries; may be repeated
    #[arg(long = "scope", value_enum, default_values_t = [Scope::Read], value_delimiter = ',', value_name = "SCOPE")]
    scopes: Vec<Scope>,
    /// For how long it is good
    #[arg(long, value_parser = days, default_value = "90d", value_name = "DAYS")]
    expires: i32,
    #[command(flatten)]
    changing: Changing,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let create = Create {
            name: self.name,
            scopes: Scopes::of(self.scopes),
            days: self.expires,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&create, self.changing.mode())?;
        let token = &done.answer.token;
        let what = format!(
            "token {} of {}: {}, good until {}",
            token.token, token.account, token.scopes, token.expires_at
        );
        if self.changing.dry_run {
            // The one that was tried is gone.
            return Ok(Outcome::silent().note(what).changed(&self.changing, done.changed));
        }
        let text = format!("{}\n", done.answer.secret.tell());
        Ok(Outcome::raw(text.into_bytes())
            .note(what)
            .note("it is not shown again; keep it where only the program can read it"))
    }
}
