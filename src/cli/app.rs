//! What a command finds when it runs: settings, terminal, and the way to the hub.

use super::Outcome;
use super::args::{AsOf, Changing, Global, Show};
use super::login::secrets;
use super::settings::{Place, Settings};
use crate::domain::{Day, Instant};
use crate::hub::{Change, Context, Hub};
use crate::oidc::Web;
use crate::output::{Listing, Tabular};
use crate::policy::Actor;
use crate::remote::http::{Bearer, Http};
use crate::remote::secret::VARIABLE;
use crate::remote::sign_in::{HttpDoor, present};
use crate::server::REHEARSAL;
use crate::store::Db;
use crate::ui::{self, Ui};

/// The running program.
#[derive(Debug)]
pub struct App {
    /// The options of every command.
    pub global: Global,
    /// The terminal.
    pub ui: Ui,
}

impl App {
    /// Nothing is opened or read yet.
    pub fn new(global: Global, ui: Ui) -> Self {
        Self { global, ui }
    }

    /// The settings in force (K-1).
    ///
    /// # Errors
    /// When the settings file cannot be read.
    pub fn settings(&self) -> anyhow::Result<Settings> {
        Settings::load(&self.global)
    }

    /// The settings for signing in. Where the hub is named, a profile that is chosen need not exist.
    ///
    /// # Errors
    /// When the settings file cannot be read.
    pub fn settings_to_sign_in(&self, named: bool) -> anyhow::Result<Settings> {
        if named {
            self.settings_file()
        } else {
            self.settings()
        }
    }

    /// The settings for a change of them: the profile that is chosen by flag or environment need not exist yet.
    ///
    /// # Errors
    /// When the settings file cannot be read.
    pub fn settings_file(&self) -> anyhow::Result<Settings> {
        Settings::unresolved()
    }

    /// The hub as of today.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub fn hub(&self) -> anyhow::Result<Hub> {
        self.open(None, None)
    }

    /// The hub as of a day.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub fn hub_as_of(&self, as_of: &AsOf) -> anyhow::Result<Hub> {
        self.open(as_of.as_of, None)
    }

    /// The hub for a change.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub fn hub_for(&self, changing: &Changing) -> anyhow::Result<Hub> {
        self.open(None, Some(changing))
    }

    /// Makes a change, and shows the one thing that came of it.
    ///
    /// # Errors
    /// As the change.
    pub fn change<C: Change<Answer: Tabular>>(
        &self,
        wish: &C,
        changing: &Changing,
        show: &Show,
    ) -> anyhow::Result<Outcome> {
        let done = self.hub_for(changing)?.carry_out(wish, changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), show.style(&self.ui));
        Ok(outcome.changed(changing, done.changed))
    }

    /// Makes a change, and shows everything that came of it.
    ///
    /// # Errors
    /// As the change.
    pub fn change_many<C: Change<Answer = Vec<R>>, R: Tabular>(
        &self,
        wish: &C,
        changing: &Changing,
        show: &Show,
    ) -> anyhow::Result<Outcome> {
        let done = self.hub_for(changing)?.carry_out(wish, changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&done.answer), show.style(&self.ui));
        Ok(outcome.changed(changing, done.changed))
    }

    fn open(&self, as_of: Option<Day>, changing: Option<&Changing>) -> anyhow::Result<Hub> {
        let context = Context {
            actor: Actor::Operator(account()),
            now: ui::now()?,
            as_of,
            reason: changing.and_then(|c| c.reason.clone()),
            ticket: changing.and_then(|c| c.ticket.clone()),
            origin: format!("servhub {} on {}", env!("CARGO_PKG_VERSION"), machine()),
        };
        let settings = self.settings()?;
        match settings.place()? {
            Place::File(path) => {
                let hub = Hub::local(Db::open(&path)?, context);
                match &settings.acting.value {
                    Some(account) => Ok(hub.on_behalf_of(account)?),
                    None => Ok(hub),
                }
            }
            Place::Hub(url) => {
                let hub = Hub::remote(Box::new(transport(&settings, &url, context.now)?), context);
                match &settings.acting.value {
                    Some(account) => Ok(hub.on_behalf_of(account)?),
                    None => Ok(hub),
                }
            }
        }
    }
}

/// The way to the hub at an address, with the token of whoever is signed in there.
fn transport(settings: &Settings, url: &str, now: Instant) -> anyhow::Result<Http> {
    let told = std::env::var(VARIABLE).unwrap_or_default();
    if told.starts_with(REHEARSAL) {
        return Ok(Http::new(url, Some(Bearer::of(&told)?))?.rehearsing());
    }
    let hub = url.trim_end_matches('/');
    let door = HttpDoor::new(Web::new()?, hub)?;
    let secret = present(&secrets(settings), &door, hub, now)?;
    Ok(Http::new(url, Some(Bearer::of(secret.tell())?))?)
}

/// The account of the operating system that owns the local store.
fn account() -> String {
    let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    named("SERVHUB_ACTOR")
        .or_else(|| named("USER"))
        .or_else(|| named("USERNAME"))
        .unwrap_or_else(|| "operator".to_owned())
}

fn machine() -> String {
    let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let file = || {
        std::fs::read_to_string("/etc/hostname")
            .ok()
            .map(|name| name.trim().to_owned())
    };
    named("HOSTNAME")
        .or_else(|| named("COMPUTERNAME"))
        .or_else(file)
        .unwrap_or_else(|| "this machine".to_owned())
}
