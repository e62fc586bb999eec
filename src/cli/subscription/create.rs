//! `servhub subscription create`

use super::many;
use crate::cli::args::{Changing, Show};
use crate::cli::csv_file::{self, Fault, Row, Shape};
use crate::cli::{App, Command, Outcome};
use crate::domain::sold::term::{Billing, Term};
use crate::error::Result;
use crate::hub::subscription::{Create, CreateMany};
use crate::output::Listing;
use std::path::{Path, PathBuf};

/// What is bought.
#[derive(Debug, Clone, clap::Args)]
pub struct What {
    /// How many seats
    #[arg(long, visible_alias = "seats", value_name = "N", default_value_t = 1)]
    quantity: i64,
    /// How long a term lasts; only Azure is also sold by use, without one
    #[arg(long, value_enum, ignore_case = true)]
    term: Option<Term>,
    /// How often it is billed; monthly when not said
    #[arg(long, value_enum)]
    billing: Option<Billing>,
    /// End it with its term, instead of renewing it
    #[arg(long)]
    no_auto_renew: bool,
    /// What the customer calls it; the product's name when not said
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its id: with one, doing it again changes nothing
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The partner that sells it, where several could
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
}

impl What {
    /// The same for the hub.
    pub fn purchase(&self, customer: &str, product: &str) -> Create {
        Create {
            code: self.id.clone(),
            customer: customer.to_owned(),
            partner: self.partner.clone(),
            product: product.to_owned(),
            name: self.name.clone(),
            seats: self.quantity,
            term: self.term,
            billing: self.billing,
            ends_with_term: self.no_auto_renew,
            origin: None,
        }
    }
}

/// Sell a subscription to a customer, or many with --from
///
/// The customer has an active relationship with the partner and an agreement on record, and is not archived. Seats may be
/// lowered, and the term be cancelled, for seven days.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer
    #[arg(long, value_name = "CUSTOMER", required_unless_present = "from")]
    customer: Option<String>,
    /// A product of the catalogue
    #[arg(long, value_name = "PRODUCT", required_unless_present = "from")]
    product: Option<String>,
    #[command(flatten)]
    what: What,
    /// Sell what a CSV file says (- for standard input): columns subscription, customer, product, quantity, and as needed
    /// partner, name, term, billing, auto_renew
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath,
        conflicts_with_all = ["customer", "product", "term", "billing", "no_auto_renew", "name", "id", "partner"])]
    from: Option<PathBuf>,
    /// With --from: keep the good rows when others are refused
    #[arg(long, requires = "from")]
    keep_going: bool,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Columns of a file of subscriptions.
const SHAPE: Shape = Shape {
    of: "subscriptions",
    must: &["subscription", "customer", "product", "quantity"],
    may: &["partner", "name", "term", "billing", "auto_renew"],
    quiet: &[],
};

fn row(row: &Row<'_>) -> Result<Create, Fault> {
    Ok(Create {
        code: Some(row.need("subscription")?),
        customer: row.need("customer")?,
        partner: row.text("partner"),
        product: row.need("product")?,
        name: row.text("name"),
        seats: row.count("quantity")?,
        term: row.value("term")?,
        billing: row.value("billing")?,
        ends_with_term: row.choice("auto_renew")? == Some(false),
        origin: Some(row.place()),
    })
}

/// What a file wants to be sold.
pub fn wish(path: &Path, keep_going: bool) -> Result<CreateMany> {
    Ok(CreateMany {
        rows: csv_file::read(path, SHAPE, row)?,
        keep_going,
        expected: None,
    })
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let style = self.show.style(&app.ui);
        if let Some(path) = &self.from {
            let wish = wish(path, self.keep_going)?;
            many::ask(app, &self.changing, ("Sell", "subscriptions"), wish.rows.len())?;
            let done = app
                .hub_for(&self.changing)?
                .carry_out(&wish, self.changing.mode())?;
            return Ok(many::outcome(done, self.keep_going, &self.changing, style));
        }
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let wish = self.what.purchase(&text(&self.customer), &text(&self.product));
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&wish, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), style);
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
