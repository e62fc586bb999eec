//! `servhub subscription buy`

use super::create::What;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::subscription::Buy;

/// Buy a subscription for your own company, where its partner has allowed that
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Your company
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
    /// A product of the catalogue
    #[arg(long, value_name = "PRODUCT")]
    product: String,
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let wish = Buy {
            purchase: self.what.purchase(&self.customer, &self.product),
        };
        app.change(&wish, &self.changing, &self.show)
    }
}
