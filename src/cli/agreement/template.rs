//! `servhub agreement template`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::{Audience, CustomerType};
use crate::hub::agreement::Templates;
use crate::output::Listing;

/// List the versions of the agreement: of each region, language, type of customer and audience the newest that counts
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this region, such as europe
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Only those in this language, such as sk
    #[arg(long, value_name = "LL")]
    language: Option<String>,
    /// Only those for this type of customer
    #[arg(long, value_enum, value_name = "TYPE")]
    customer_type: Option<CustomerType>,
    /// Only those for this audience
    #[arg(long, value_enum)]
    audience: Option<Audience>,
    /// Older ones, and those that do not count any more, as well
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let lines = app.hub()?.ask(&Templates {
            region: self.region,
            language: self.language,
            customer_type: self.customer_type,
            audience: self.audience,
            all: self.all,
        })?;
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}
