//! Arguments that many commands share: one name for one idea.

use crate::domain::Day;
use crate::hub::{Mode, Paged};
use crate::output::{Dialect, Format, Style};
use crate::ui::{ColorWish, Ui};
use clap::Args;

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The store: a file, a database (postgres://) or a shared hub (https://)
    #[arg(long, global = true, value_name = "PATH|URL", help_heading = "Global options")]
    pub store: Option<String>,
    /// The profile to use
    #[arg(long, global = true, value_name = "NAME", help_heading = "Global options")]
    pub profile: Option<String>,
    /// Act as this person, with that person's rights; the audit trail keeps both
    #[arg(
        long = "as",
        global = true,
        value_name = "ACCOUNT",
        help_heading = "Global options"
    )]
    pub acting: Option<String>,
    /// Whether to use colour
    #[arg(long, global = true, value_enum, default_value_t = ColorWish::Auto, value_name = "WHEN", help_heading = "Global options")]
    pub color: ColorWish,
    /// Leave out notices, hints and counts
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

/// How an answer is shown.
#[derive(Debug, Clone, Args)]
pub struct Show {
    /// Output format
    #[arg(long, short, value_enum, default_value_t = Format::Table, value_name = "FORMAT", help_heading = "Output")]
    pub output: Format,
    /// Columns to show, in this order; an unknown name lists the known ones
    #[arg(long, value_delimiter = ',', value_name = "A,B", help_heading = "Output")]
    pub columns: Vec<String>,
    /// Run a jq program over the JSON answer
    #[arg(long, value_name = "EXPR", help_heading = "Output")]
    pub jq: Option<String>,
    /// How CSV is written
    #[arg(long, value_enum, default_value_t = Dialect::Rfc4180, value_name = "DIALECT", help_heading = "Output")]
    pub csv_dialect: Dialect,
}

impl Show {
    /// The style that these options and the terminal make together.
    pub fn style(&self, ui: &Ui) -> Style {
        Style {
            format: self.output,
            columns: self.columns.clone(),
            jq: self.jq.clone(),
            dialect: self.csv_dialect,
            fancy: ui.fancy,
            width: ui.width,
        }
    }
}

/// The day to report as of.
#[derive(Debug, Clone, Args)]
pub struct AsOf {
    /// Report as of this day instead of today
    #[arg(long, value_name = "DAY", value_parser = day, help_heading = "Output")]
    pub as_of: Option<Day>,
}

/// Reads a day for clap.
pub fn day(text: &str) -> Result<Day, String> {
    text.parse()
        .map_err(|error: crate::domain::DayError| error.to_string())
}

/// Reads a span of days such as `90d` for clap; a bare number means days as well.
pub fn days(text: &str) -> Result<i32, String> {
    let number = text.strip_suffix('d').unwrap_or(text);
    let days: i32 = number
        .parse()
        .map_err(|_| format!("\"{text}\" is no span of days: write it as 90d"))?;
    if (0..=36_500).contains(&days) {
        Ok(days)
    } else {
        Err("the span is between 0d and 36500d".to_owned())
    }
}

/// Reads a span of hours or minutes such as `1h` or `30m` for clap; answers seconds.
pub fn span(text: &str) -> Result<i64, String> {
    let wrong = || format!("\"{text}\" is no span of time: write it as 1h or 30m");
    let (number, unit) = match (text.strip_suffix('h'), text.strip_suffix('m')) {
        (Some(number), _) => (number, 3600),
        (_, Some(number)) => (number, 60),
        _ => return Err(wrong()),
    };
    let number: u32 = number.parse().map_err(|_| wrong())?;
    Ok(i64::from(number) * unit)
}

/// Options of every command that changes something (K-8, X-1).
#[derive(Debug, Clone, Args)]
pub struct Changing {
    /// Show what would be done, and change nothing
    #[arg(long, help_heading = "Change")]
    pub dry_run: bool,
    /// Exit with 6 when a dry run finds changes
    #[arg(long, requires = "dry_run", help_heading = "Change")]
    pub detailed_exitcode: bool,
    /// Do not ask
    #[arg(long, short, help_heading = "Change")]
    pub yes: bool,
    /// Why, for the audit trail
    #[arg(long, value_name = "TEXT", help_heading = "Change")]
    pub reason: Option<String>,
    /// Where it was asked for, for the audit trail
    #[arg(long, value_name = "ID", help_heading = "Change")]
    pub ticket: Option<String>,
}

impl Changing {
    /// A change that is only tried.
    pub fn trying(detailed_exitcode: bool) -> Self {
        Self {
            dry_run: true,
            detailed_exitcode,
            yes: false,
            reason: None,
            ticket: None,
        }
    }

    /// Whether the change is kept.
    pub fn mode(&self) -> Mode {
        if self.dry_run { Mode::DryRun } else { Mode::Apply }
    }
}

/// How much of a long list is shown (K-7).
#[derive(Debug, Clone, Args)]
pub struct Paging {
    /// Show at most so many rows
    #[arg(long, default_value_t = 200, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000), help_heading = "Output")]
    pub limit: u32,
    /// Continue where the previous page ended
    #[arg(long, value_name = "TOKEN", help_heading = "Output")]
    pub page_token: Option<String>,
    /// Show all of them
    #[arg(long, conflicts_with_all = ["limit", "page_token"], help_heading = "Output")]
    pub all: bool,
}

impl Paging {
    /// How many rows to show; none means all.
    pub fn rows(&self) -> Option<usize> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        (!self.all).then_some(limit)
    }
}

impl From<Paging> for Paged {
    fn from(paging: Paging) -> Self {
        Self {
            limit: paging.rows(),
            after: paging.page_token,
        }
    }
}

/// How much of a report of several parts is shown (K-7); it has no pages, its filters make it shorter.
#[derive(Debug, Clone, Args)]
pub struct Length {
    /// Show at most so many rows of each part
    #[arg(long, default_value_t = 200, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000), help_heading = "Output")]
    pub limit: u32,
    /// Show all of them
    #[arg(long, conflicts_with = "limit", help_heading = "Output")]
    pub all: bool,
}

impl Length {
    /// How many rows to show; none means all.
    pub fn rows(&self) -> Option<usize> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        (!self.all).then_some(limit)
    }
}

/// Reads a quantity for clap.
pub fn quantity(text: &str) -> Result<crate::domain::Quantity, String> {
    text.parse()
        .map_err(|error: crate::domain::QuantityError| error.to_string())
}

/// Reads yes or no for clap.
pub fn yes_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write yes or no".to_owned()),
    }
}

/// On or off: one of the two.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct OnOff {
    /// From now on
    #[arg(long)]
    pub on: bool,
    /// No more
    #[arg(long)]
    pub off: bool,
}
