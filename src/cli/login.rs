//! `servhub login`

use super::settings::{Place, Settings};
use super::{App, Command, Outcome};
use crate::domain::Instant;
use crate::domain::token::{Secret, TokenKind};
use crate::error::codes;
use crate::hub::sign_in::{Offer, Opened, SetUp};
use crate::oidc::Web;
use crate::remote::secret::{Kept, Renewal, Secrets};
use crate::remote::sign_in::{Browser, Desk, Device, Granted, HttpDoor, HubDoor, give_back, open};
use std::io::IsTerminal;

/// Sign in to a shared hub
#[derive(Debug, clap::Args)]
pub struct Login {
    /// The address of the hub; else that of the store in force
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Show a code to go on with in a browser anywhere
    #[arg(long, conflicts_with_all = ["browser", "setup_code", "token"])]
    device: bool,
    /// Go on in the browser of this machine
    #[arg(long, conflicts_with_all = ["setup_code", "token"])]
    browser: bool,
    /// Print the address for the browser instead of opening it
    #[arg(long, conflicts_with_all = ["device", "setup_code", "token"])]
    no_browser: bool,
    /// Become the first operator with the code that the hub printed; - reads it from standard input
    #[arg(long, value_name = "CODE", requires = "account", conflicts_with = "token")]
    setup_code: Option<String>,
    /// Who becomes the first operator
    #[arg(long, requires = "setup_code")]
    account: Option<String>,
    /// Sign in with a token; - reads it from standard input
    #[arg(long, value_name = "-")]
    token: Option<String>,
    /// Keep the secret in a file that only you can read, instead of the keyring
    #[arg(long)]
    insecure_storage: bool,
}

/// The hub that one signs in to.
///
/// # Errors
/// `E0101` when the store in force is a file.
pub(super) fn address(settings: &Settings, url: Option<String>) -> anyhow::Result<String> {
    let address = match url {
        Some(url) => url,
        None => match settings.place()? {
            Place::Hub(url) => url,
            Place::File(path) => {
                return Err(codes::MISSING_OPTION
                    .error(format!(
                        "the store is the file {}, which takes no sign-in",
                        path.display()
                    ))
                    .hint("name the hub: `servhub login --url https://hub.example.com`")
                    .into());
            }
        },
    };
    Ok(address.trim_end_matches('/').to_owned())
}

/// The secrets of this side, beside the settings.
pub(super) fn secrets(settings: &Settings) -> Secrets {
    let folder = settings.path.with_file_name("credentials");
    let told = std::env::var(crate::remote::secret::VARIABLE).ok();
    Secrets::new(folder, told)
}

impl Command for Login {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let settings = app.settings_to_sign_in(self.url.is_some())?;
        let hub = address(&settings, self.url.clone())?;
        let door = HttpDoor::new(Web::new()?, &hub)?;
        let secrets = secrets(&settings);
        if !self.insecure_storage {
            // Nobody signs in for nothing.
            secrets.try_keyring(&hub)?;
        }
        let kept = self.signed_in(app, &door)?;
        let place = secrets
            .keep(&hub, &kept, self.insecure_storage)
            .inspect_err(|_| give_up(&door, &kept))?;
        let outcome = Outcome::silent().note(format!(
            "signed in to {hub} as {} until {}; the secret is in {place}",
            kept.account, kept.expires_at
        ));
        Ok(match std::env::var_os(crate::remote::secret::VARIABLE) {
            Some(_) => outcome.note("SERVHUB_TOKEN is set and goes before what was kept"),
            None => outcome,
        })
    }
}

impl Login {
    fn signed_in(&self, app: &App, door: &dyn HubDoor) -> anyhow::Result<Kept> {
        if let (Some(code), Some(account)) = (&self.setup_code, &self.account) {
            let set_up = SetUp {
                code: typed(code)?,
                account: account.clone(),
            };
            return Ok(Kept::of(&door.set_up(&set_up)?, None));
        }
        if let Some(token) = &self.token {
            return known(door, &told(token)?);
        }
        let offer = door.offer()?;
        let granted = self.granted(app, &Desk::of(&offer, Web::new()?)?)?;
        let opened = open(door, &granted)?;
        Ok(Kept::of(&opened, renewal(offer, granted)))
    }

    fn granted(&self, app: &App, desk: &Desk) -> anyhow::Result<Granted> {
        let here = self.browser || self.no_browser || (has_screen() && !self.device);
        if !here && (self.device || desk.has_device_flow()) {
            return with_code(app, desk);
        }
        let browser = Browser::begin(desk)?;
        let opened = !self.no_browser && has_screen() && webbrowser::open(browser.address()).is_ok();
        app.ui.say(&if opened {
            "go on in the browser; if it does not open, run `servhub login --no-browser`".to_owned()
        } else {
            format!(
                "open this address in a browser of this machine: {}",
                browser.address()
            )
        });
        Ok(browser.wait()?)
    }
}

fn with_code(app: &App, desk: &Desk) -> anyhow::Result<Granted> {
    let device = Device::begin(desk)?;
    let prompt = device.prompt();
    app.ui
        .say(&format!("open {} and type {}", prompt.address, prompt.code));
    if let Some(whole) = prompt.whole {
        app.ui.say(&format!("or open {whole}"));
    }
    Ok(device.wait()?)
}

/// A session that nobody can use is ended, and so is what renews it. The failure to keep it is what is told, not one of
/// ending it.
fn give_up(door: &dyn HubDoor, kept: &Kept) {
    if let Ok(secret) = kept.secret()
        && secret.kind() == TokenKind::Session
    {
        let _ = door.close(&secret);
    }
    if let Some(renewal) = &kept.renewal {
        let _ = give_back(renewal);
    }
}

/// Renewal is for those whom the provider gave the means.
fn renewal(offer: Offer, granted: Granted) -> Option<Renewal> {
    granted
        .refresh_token
        .is_some()
        .then_some(Renewal { offer, granted })
}

/// Whether someone sits at this machine's own screen.
fn has_screen() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let screen = !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY");
    screen && !set("SSH_CONNECTION") && std::io::stderr().is_terminal()
}

/// A secret that is typed or piped in: given as an argument, others could see it in the list of processes.
fn told(token: &str) -> anyhow::Result<Secret> {
    if token != "-" {
        return Err(codes::BAD_VALUE
            .error("a token is not an argument: others could see it")
            .hint("pipe it in: `servhub login --token - <file`; or set SERVHUB_TOKEN")
            .into());
    }
    let text = typed(token)?;
    let secret = Secret::read(&text);
    Ok(secret.ok_or_else(|| codes::BAD_VALUE.error("what came by standard input is no token"))?)
}

fn typed(text: &str) -> anyhow::Result<String> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// What is kept of a token that the hub knows.
fn known(door: &dyn HubDoor, secret: &Secret) -> anyhow::Result<Kept> {
    let who = door.who(secret)?;
    let opened = Opened {
        token: secret.tell().to_owned(),
        account: who.account,
        expires_at: who.expires_at,
    };
    Ok(Kept::of(&opened, None))
}

/// Whether a moment has passed, for those who tell of it.
pub(super) fn is_over(end: Instant, now: Instant) -> bool {
    end <= now
}
