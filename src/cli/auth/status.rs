//! `servhub auth status`

use crate::cli::args::Show;
use crate::cli::login::{address, is_over, secrets};
use crate::cli::{App, Command, Outcome};
use crate::domain::Instant;
use crate::domain::token::Secret;
use crate::hub::sign_in::Who;
use crate::oidc::Web;
use crate::output::{Cell, Column, Listing, Tabular, col};
use crate::remote::secret::{Found, Place, nobody};
use crate::remote::sign_in::{HttpDoor, HubDoor};
use crate::ui;

/// Say who you are at the hub, until when, and where the secret lives
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address of the hub; else that of the store in force
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Ask the hub whether it knows the token
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    show: Show,
}

/// A sign-in, without its secret.
#[derive(Debug)]
pub struct Line {
    hub: String,
    account: Option<String>,
    operator: Option<bool>,
    secret: Secret,
    scopes: Option<Vec<String>>,
    expires_at: Option<Instant>,
    renews: bool,
    kept_in: Place,
    checked: bool,
}

impl Tabular for Line {
    const SCHEMA: &'static str = "auth.status/1";
    const COLUMNS: &'static [Column] = &[
        col("hub"),
        col("account"),
        col("operator"),
        col("token"),
        col("kind"),
        col("scopes"),
        col("expires_at"),
        col("renews"),
        col("kept_in"),
        col("checked"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.hub).into(),
            (&self.account).into(),
            self.operator.map_or(Cell::Empty, Cell::Bool),
            self.secret.id().to_owned().into(),
            self.secret.kind().word().into(),
            self.scopes.clone().map_or(Cell::Empty, Cell::Words),
            self.expires_at.map_or(Cell::Empty, Cell::Instant),
            Cell::Bool(self.renews),
            self.kept_in.to_string().into(),
            Cell::Bool(self.checked),
        ]
    }
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let settings = app.settings_to_sign_in(self.url.is_some())?;
        let hub = address(&settings, self.url.clone())?;
        let mut line = match secrets(&settings).find(&hub)? {
            None => return Err(nobody(&format!("no token for {hub} is kept")).into()),
            Some(Found::Told(secret)) => Line::of(hub.clone(), secret, Place::Environment),
            Some(Found::Kept(kept, place)) => Line {
                account: Some(kept.account.clone()),
                expires_at: Some(kept.expires_at),
                renews: kept.renewal.is_some(),
                ..Line::of(hub.clone(), kept.secret()?, place)
            },
        };
        if self.check {
            let who = HttpDoor::new(Web::new()?, &hub)?.who(&line.secret)?;
            line.know(who);
        }
        let over = line
            .expires_at
            .is_some_and(|end| ui::now().is_ok_and(|now| is_over(end, now)));
        let renews = line.renews;
        let outcome = Outcome::listing(Listing::one(&line), self.show.style(&app.ui));
        Ok(match (over, renews) {
            (true, true) => outcome.note("the session is over; the next command opens another one"),
            (true, false) => outcome.note("the session is over; `servhub login` signs in"),
            _ => outcome,
        })
    }
}

impl Line {
    fn of(hub: String, secret: Secret, kept_in: Place) -> Self {
        Self {
            hub,
            account: None,
            operator: None,
            secret,
            scopes: None,
            expires_at: None,
            renews: false,
            kept_in,
            checked: false,
        }
    }

    fn know(&mut self, who: Who) {
        self.account = Some(who.account);
        self.operator = Some(who.operator);
        self.scopes = Some(who.scopes.words());
        self.expires_at = Some(who.expires_at);
        self.checked = true;
    }
}
