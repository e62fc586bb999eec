//! `servhub subscription set-renewal`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::subscription::SetRenewal;

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Switch {
    /// Another term begins when this one is over
    On,
    /// It ends with its term
    Off,
}

/// Say whether another term begins when this one is over
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the subscription
    subscription: String,
    /// Whether it renews itself
    #[arg(value_enum)]
    renewal: Switch,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let wish = SetRenewal {
            subscription: self.subscription,
            auto_renew: self.renewal == Switch::On,
        };
        app.change(&wish, &self.changing, &self.show)
    }
}
