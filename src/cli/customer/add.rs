//! `servhub customer add`

use super::profile::Profile;
use crate::cli::args::{Changing, Show};
use crate::cli::csv_file::{self, Row, Shape};
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::CustomerProfile;
use crate::hub::customer::{Add, Added, NewCustomer};
use crate::output::Listing;
use std::path::{Path, PathBuf};

/// Columns of a file of customers.
const SHAPE: Shape = Shape {
    of: "customers",
    must: &["name"],
    may: &[
        "customer",
        "domain",
        "street",
        "city",
        "region",
        "postal_code",
        "country",
        "contact_first",
        "contact_last",
        "mail",
        "phone",
        "registration_number",
        "language",
    ],
    quiet: &[],
};

/// Add a customer, or those of a file; the partner that adds it serves it from then on
///
/// All rows of a file are added, or none: every fault is told with its line and column. --dry-run shows what would be
/// added. Adding again what is there changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the company
    #[arg(required_unless_present = "from", value_name = "NAME")]
    name: Option<String>,
    /// Its domain, such as contoso.example
    #[arg(long, value_name = "DOMAIN", required_unless_present = "from")]
    domain: Option<String>,
    /// Its id; made when not given
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// A CSV file of customers instead, - for standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath,
          conflicts_with_all = ["name", "domain", "id", "street", "city", "region", "postal_code", "country", "contact_first",
            "contact_last", "mail", "phone", "registration_number", "language"])]
    from: Option<PathBuf>,
    /// The partner that adds it, when you act for several
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    #[command(flatten)]
    profile: Profile,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let add = Add {
            customers: match &self.from {
                Some(path) => of_file(path)?,
                None => vec![self.one()],
            },
            partner: self.partner.clone(),
        };
        let many = add.customers.len();
        if many > 1 && !self.changing.dry_run {
            app.ui
                .confirm(&format!("Add {many} customers?"), self.changing.yes)?;
        }
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&add, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&done.answer), self.show.style(&app.ui));
        let outcome = told(&done.answer).into_iter().fold(outcome, Outcome::note);
        Ok(outcome.changed(&self.changing, done.changed))
    }
}

impl Args {
    fn one(&self) -> NewCustomer {
        let profile = self.profile.clone();
        NewCustomer {
            code: self.id.clone(),
            profile: CustomerProfile {
                name: self.name.clone().unwrap_or_default(),
                domain: self.domain.clone(),
                street: profile.street,
                city: profile.city,
                region: profile.region,
                postal_code: profile.postal_code,
                country: profile.country,
                contact_first: profile.contact_first,
                contact_last: profile.contact_last,
                mail: profile.mail,
                phone: profile.phone,
                registration_number: profile.registration_number,
                language: profile.language,
            },
            origin: None,
        }
    }
}

/// Who serves them now (G-2).
fn told(added: &[Added]) -> Option<String> {
    let of = |one: &&Added| one.is_new && one.partner.is_some();
    let first = added.iter().find(of)?;
    let partner = first.partner.as_deref().unwrap_or_default();
    match added.iter().filter(of).count() {
        1 => Some(format!(
            "{partner} serves {} from now on, and is its partner of record",
            first.customer
        )),
        many => Some(format!(
            "{partner} serves the {many} of them from now on, and is their partner of record"
        )),
    }
}

fn of_file(path: &Path) -> crate::error::Result<Vec<NewCustomer>> {
    csv_file::read(path, SHAPE, |row: &Row<'_>| {
        let text = |column: &str| row.text(column);
        Ok(NewCustomer {
            code: text("customer"),
            profile: CustomerProfile {
                name: text("name").unwrap_or_default(),
                domain: text("domain"),
                street: text("street"),
                city: text("city"),
                region: text("region"),
                postal_code: text("postal_code"),
                country: text("country"),
                contact_first: text("contact_first"),
                contact_last: text("contact_last"),
                mail: text("mail"),
                phone: text("phone"),
                registration_number: text("registration_number"),
                language: text("language"),
            },
            origin: Some(row.place()),
        })
    })
}
