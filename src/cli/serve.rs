//! `servhub serve`: the store as a shared hub.

use super::settings::Place;
use super::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::sign_in::{Occasion, make_setup_code};
use crate::server::sign_in::{SignIn, Trusted};
use crate::server::{self, Config, Crew, Doorman, Limits, Listening, Opener, Rate, Rehearsal, Tokens};
use crate::store::Db;
use crate::ui;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to listen; port 0 takes any that is free
    #[arg(long, default_value = "127.0.0.1:8470", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Certificates as PEM, the hub's own first
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The key of the first certificate as PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A proxy stands before it that speaks TLS and says in X-Forwarded-For who asks
    #[arg(long)]
    behind_proxy: bool,
    /// Threads for questions
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    readers: u16,
    /// Threads for reports
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    exporters: u16,
    /// How many jobs may wait for a thread before the hub says that it is busy
    #[arg(long, default_value_t = 256, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    waiting: u16,
    /// How many requests a second one token may make; 0 for any number
    #[arg(long, default_value_t = 200, value_name = "N")]
    rate: u32,
    /// How many connections there may be
    #[arg(long, default_value_t = 1024, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    connections: u32,
    /// How large an import may be, in MiB
    #[arg(long, default_value_t = 4096, value_name = "MIB")]
    import_limit: u32,
    /// How many seconds a question may take
    #[arg(long, default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..))]
    patience: u16,
    /// How many seconds the head of a request may take, and anything may stand still on the wire
    #[arg(long, default_value_t = 15, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..))]
    pause: u16,
    /// How many seconds what runs may take to end when the hub stops
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    grace: u16,
    /// The identity provider (OpenID Connect) that vouches for people, as it names itself
    #[arg(long, value_name = "URL")]
    oidc_issuer: Option<String>,
    /// The name under which the provider knows servhub
    #[arg(
        long,
        default_value = "servhub",
        value_name = "NAME",
        requires = "oidc_issuer"
    )]
    oidc_client_id: String,
    /// Which of the provider's claims is the account; an address counts only when the provider has verified it
    #[arg(long, default_value = Trusted::ACCOUNT_CLAIM, value_name = "CLAIM", requires = "oidc_issuer")]
    oidc_account_claim: String,
    /// The folder for files while they come in
    #[arg(long, value_name = "FOLDER")]
    spool: Option<PathBuf>,
    /// Takes everybody at their word; for tests on one machine
    #[arg(long, hide = true, conflicts_with = "behind_proxy")]
    rehearsal: bool,
}

impl Args {
    /// Tokens are secrets: they cross no network in the clear, and nobody is taken at their word from elsewhere.
    fn check(&self) -> anyhow::Result<()> {
        if self.listen.ip().is_loopback() {
            return Ok(());
        }
        let error = if self.rehearsal {
            codes::BAD_VALUE.error("a rehearsal listens to this machine only")
        } else if self.tls_cert.is_none() && !self.behind_proxy {
            codes::BAD_VALUE
                .error(format!("at {} tokens would cross the network in the clear", self.listen))
                .hint("give it certificates with --tls-cert and --tls-key, or put a proxy before it and say --behind-proxy")
        } else {
            return Ok(());
        };
        Err(error.into())
    }

    fn limits(&self) -> Limits {
        let (rate, pause) = (self.rate, Duration::from_secs(self.pause.into()));
        let times = |n: u32| rate.saturating_mul(n);
        Limits {
            import: u64::from(self.import_limit) << 20,
            request: Duration::from_secs(self.patience.into()),
            pause,
            head: pause,
            connections: self.connections.try_into().unwrap_or(usize::MAX),
            by_address: Rate {
                a_second: times(5),
                at_once: times(10),
            },
            by_token: Rate {
                a_second: rate,
                at_once: times(2),
            },
            ..Limits::default()
        }
    }

    fn sign_in(&self) -> crate::error::Result<SignIn> {
        SignIn::new(self.oidc_issuer.as_ref().map(|issuer| Trusted {
            issuer: issuer.clone(),
            client_id: self.oidc_client_id.clone(),
            account_claim: self.oidc_account_claim.clone(),
        }))
    }

    fn crew(&self) -> Crew {
        Crew {
            readers: self.readers.into(),
            exporters: self.exporters.into(),
            // A file has one writer at a time anyway.
            writers: 1,
            waiting: self.waiting.into(),
        }
    }
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.check()?;
        let path = match app.settings()?.place()? {
            Place::File(path) => path,
            Place::Hub(url) => {
                return Err(codes::NOT_AT_HAND
                    .error(format!("the store is {url}, which is a hub already"))
                    .into());
            }
        };
        let opener: Opener = Arc::new(move || Db::open(&path));
        let doorman: Arc<dyn Doorman> = if self.rehearsal {
            Arc::new(Rehearsal)
        } else {
            Arc::new(Tokens)
        };
        let listening = Listening {
            address: self.listen,
            grace: Duration::from_secs(self.grace.into()),
            tls: self.tls_cert.clone().zip(self.tls_key.clone()),
        };
        let config = Config {
            opener,
            doorman,
            sign_in: Arc::new(self.sign_in()?),
            crew: self.crew(),
            limits: self.limits(),
            behind_proxy: self.behind_proxy,
            rehearsal: self.rehearsal,
            spool: self.spool.clone(),
        };
        if !config.rehearsal {
            tell_setup_code(app, &config.opener)?;
        }
        server::serve(config, &listening)?;
        Ok(Outcome::silent())
    }
}

/// A hub without an operator tells whoever starts it how to become the first. On standard output, because logs are kept.
fn tell_setup_code(app: &App, opener: &Opener) -> anyhow::Result<()> {
    let on = Occasion {
        now: ui::now()?,
        origin: "servhub serve",
    };
    if let Some(code) = make_setup_code(&mut opener()?, on)? {
        let code = code.tell();
        let line =
            format!("set-up code: {code} (makes one account the first operator, once, within a day)\n");
        app.ui.answer(line.as_bytes())?;
    }
    Ok(())
}
