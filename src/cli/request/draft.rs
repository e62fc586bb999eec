//! The options that make up a request, and the questions for what is missing (F-2, F-3).

use crate::domain::filing::{Category, Channel, Draft, Field, Place};
use crate::domain::request::{CaseKind, Severity};
use crate::error::codes;
use crate::ui::Ui;

/// What a request says.
#[derive(Debug, Clone, clap::Args)]
pub struct DraftArgs {
    /// A line that names the problem
    #[arg(long, value_name = "TEXT", help_heading = "Request")]
    title: Option<String>,
    /// What happens, since when, and what was tried
    #[arg(long, value_name = "TEXT", help_heading = "Request")]
    description: Option<String>,
    /// The product concerned
    #[arg(long, value_name = "PRODUCT", help_heading = "Request")]
    product: Option<String>,
    /// Break-fix or advice
    #[arg(long, value_enum, help_heading = "Request")]
    kind: Option<CaseKind>,
    /// How much is at stake: A critical, B moderate, C minimal
    #[arg(long, value_enum, help_heading = "Request")]
    severity: Option<Severity>,
    /// Account of the primary contact; the acting person when left out
    #[arg(long, value_name = "ACCOUNT", help_heading = "Request")]
    contact: Option<String>,
    /// Language to be answered in
    #[arg(long, value_name = "TAG", help_heading = "Request")]
    language: Option<String>,
    /// Country, two capital letters
    #[arg(long, value_name = "CC", help_heading = "Request")]
    country: Option<String>,
    /// Work on it around the clock
    #[arg(long, help_heading = "Request")]
    around_the_clock: bool,
    /// Share it with this member of the workspace (repeatable)
    #[arg(long, value_name = "ACCOUNT", help_heading = "Request")]
    share_with: Vec<String>,
    /// Share it with this group; your default group when left out
    #[arg(long, value_name = "GROUP", help_heading = "Request")]
    group: Option<String>,
    /// Use this entitlement; the one that expires first when left out
    #[arg(long, value_name = "ENTITLEMENT", help_heading = "Request")]
    entitlement: Option<String>,
    /// Why it must be escalated, when filing on behalf of a customer
    #[arg(long, value_enum, help_heading = "On behalf of a customer")]
    category: Option<Category>,
    /// The subscription concerned, by id or name
    #[arg(long, value_name = "SUBSCRIPTION", help_heading = "On behalf of a customer")]
    subscription: Option<String>,
    /// A plan of your own partner, for its own tenant
    #[arg(long, value_name = "PLAN", help_heading = "On behalf of a customer")]
    plan: Option<String>,
    /// A known service issue that does not explain it (repeatable)
    #[arg(
        long,
        value_name = "ISSUE",
        requires = "because",
        help_heading = "On behalf of a customer"
    )]
    not_covered_by: Vec<String>,
    /// Why the known issue does not explain it
    #[arg(
        long,
        value_name = "TEXT",
        requires = "not_covered_by",
        help_heading = "On behalf of a customer"
    )]
    because: Option<String>,
    /// How it came in; requests are not filed by phone
    #[arg(long, value_enum, hide = true)]
    channel: Option<Channel>,
}

impl DraftArgs {
    /// The request as far as options say it. Whoever acts is the contact, unless another one is named.
    pub fn draft(&self, acting: Option<&str>) -> Draft {
        Draft {
            title: self.title.clone(),
            description: self.description.clone(),
            product: self.product.clone(),
            kind: self.kind,
            severity: self.severity,
            contact: self.contact.clone().or(acting.map(str::to_owned)),
            language: self.language.clone(),
            country: self.country.clone(),
            around_the_clock: self.around_the_clock,
            share_with: self.share_with.clone(),
            group: self.group.clone(),
            entitlement: self.entitlement.clone(),
            category: self.category,
            subscription: self.subscription.clone(),
            plan: self.plan.clone(),
            not_covered_by: self.not_covered_by.clone(),
            because: self.because.clone(),
            channel: self.channel,
        }
    }
}

/// Asks for what is missing; where nobody can be asked, the missing options are named (F-3).
pub fn complete(draft: &mut Draft, on_behalf: bool, ui: &Ui) -> anyhow::Result<()> {
    let missing = draft.missing();
    if missing.is_empty() {
        return Ok(());
    }
    if !ui.can_ask {
        let mut options: Vec<String> = missing.iter().map(|field| format!("--{field}")).collect();
        options.extend((on_behalf && draft.category.is_none()).then(|| "--category".to_owned()));
        let message = format!(
            "the request lacks {}; nothing was filed (F-3)",
            options.join(", ")
        );
        return Err(codes::FILING_WHAT
            .error(message)
            .hint(format!("add {}", options.join(" ")))
            .into());
    }
    for field in missing {
        ask(draft, field, ui)?;
    }
    Ok(())
}

fn ask(draft: &mut Draft, field: Field, ui: &Ui) -> anyhow::Result<()> {
    match field {
        Field::Title => draft.title = Some(ui.ask("Title, one line", None)?),
        Field::Description => {
            draft.description = Some(ui.ask("What happens, since when, what was tried", None)?)
        }
        Field::Product => draft.product = Some(ui.ask("Product", None)?),
        Field::Contact => draft.contact = Some(ui.ask("Primary contact (account)", None)?),
        Field::Kind => draft.kind = ui.choose("Kind", CaseKind::WORDS, 0)?.parse().ok(),
        Field::Severity => {
            let words = ["C minimal", "B moderate", "A critical: production is down"];
            let chosen = ui.choose("Severity", &words, 0)?;
            draft.severity = chosen.get(..1).and_then(|letter| letter.parse().ok());
        }
    }
    Ok(())
}

/// The request in a few lines, to be confirmed.
pub fn summary(place: &Place, draft: &Draft) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    format!(
        "{place}, contact {}\n{} {}, {}: {}\n{}{}",
        text(&draft.contact),
        draft.kind.map_or("", CaseKind::word),
        draft.severity.map_or("", Severity::word),
        text(&draft.product),
        text(&draft.title),
        text(&draft.description),
        behalf(draft),
    )
}

/// What is said only on behalf of a customer.
fn behalf(draft: &Draft) -> String {
    let known = [
        (
            "category",
            draft.category.map(|category| category.word().to_owned()),
        ),
        ("subscription", draft.subscription.clone()),
        ("plan", draft.plan.clone()),
        (
            "not covered by",
            Some(draft.not_covered_by.join(", ")).filter(|codes| !codes.is_empty()),
        ),
        ("because", draft.because.clone()),
    ];
    let line = |(name, text): (&str, Option<String>)| text.map(|text| format!("\n{name}: {text}"));
    known.into_iter().filter_map(line).collect()
}
