//! `servhub delegation extend`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::words::words;
use crate::hub::delegation::Extend;

words! {
    /// Whether it extends itself.
    Auto, "switch" {
        /// Whenever it would end.
        On = "on",
        /// No more.
        Off = "off",
    }
}

/// Add 180 days to delegated access, or have it add them by itself whenever it would end
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the delegation
    delegation: String,
    /// Whether it extends itself from now on, instead of adding days once
    #[arg(long, value_enum, value_name = "SWITCH")]
    auto: Option<Auto>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let extend = Extend {
            delegation: self.delegation,
            auto: self.auto.map(|auto| auto == Auto::On),
        };
        app.change(&extend, &self.changing, &self.show)
    }
}
