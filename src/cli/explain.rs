//! `servhub explain`

use super::args::Show;
use super::{App, Command, Outcome};
use crate::domain::near::nearest;
use crate::error::codes::{self, Code};
use crate::output::{Cell, Column, Listing, Tabular, col};
use crate::ui::exit_code;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

/// Explain an error code, or list all of them
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code, such as E0110
    #[arg(add = ArgValueCandidates::new(candidates))]
    code: Option<String>,
    #[command(flatten)]
    show: Show,
}

/// A registered code.
#[derive(Debug)]
pub struct Line(&'static Code);

impl Tabular for Line {
    const SCHEMA: &'static str = "explain/1";
    const COLUMNS: &'static [Column] = &[
        col("code"),
        col("exit_code"),
        col("title"),
        col("explanation").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let code = self.0;
        vec![
            code.id.into(),
            i64::from(exit_code(code.kind)).into(),
            code.title.into(),
            code.help.into(),
        ]
    }
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let listing = match &self.code {
            None => Listing::of(&codes::ALL.iter().map(|code| Line(code)).collect::<Vec<_>>()),
            Some(text) => Listing::one(&Line(find(text)?)),
        };
        Ok(Outcome::listing(listing, self.show.style(&app.ui)))
    }
}

/// Accepts `E0110`, `e0110`, `0110` and `110`.
fn find(text: &str) -> anyhow::Result<&'static Code> {
    let digits = text.trim().trim_start_matches(['e', 'E']);
    let wanted = format!("E{digits:0>4}");
    let known = codes::ALL.iter().find(|code| code.id == wanted);
    known.copied().ok_or_else(|| {
        let error = codes::UNKNOWN_CODE.error(format!("there is no error code \"{text}\""));
        let near = nearest(&wanted, codes::ALL.iter().map(|code| code.id));
        match near.as_slice() {
            [] => error.hint("`servhub explain` lists all of them").into(),
            near => error.hint(format!("did you mean {}?", near.join(", "))).into(),
        }
    })
}

fn candidates() -> Vec<CompletionCandidate> {
    let candidate = |code: &&Code| CompletionCandidate::new(code.id).help(Some(code.title.into()));
    codes::ALL.iter().map(candidate).collect()
}
