//! `audit.export`: the trail as a file.

use super::{Line, Wanted};
use crate::domain::words::words;
use crate::error::Result;
use crate::hub::{Export, Outlet, Reading, Route};
use crate::output::{Dialect, Drain, Format, Listing, Style, render};
use crate::policy::needs::ReadAudit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

words! {
    /// How the trail is written out.
    Form, "export format" {
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// RFC 4180.
        Csv = "csv",
    }
}

/// Writes every wanted record, oldest first; nothing is gathered, however many there are.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct File {
    /// Which ones.
    #[serde(flatten)]
    pub wanted: Wanted,
    /// How.
    #[serde(default = "jsonl")]
    pub output: Form,
}

const fn jsonl() -> Form {
    Form::Jsonl
}

impl Export for File {
    const NAME: &'static str = "audit.export";
    const ROUTE: Route = Route::get("/exports/audit");
    type Needs = ReadAudit;
    /// How many.
    type Answer = u64;

    fn write(&self, at: &Reading<'_, ReadAudit>, to: &mut dyn Outlet) -> Result<u64> {
        let mut sheet = Sheet {
            drain: to.open(None)?,
            form: self.output,
            records: 0,
        };
        let told = at.each_audit_of(&self.wanted.filter(), |recorded| sheet.write(&[recorded.into()]));
        // The header of a CSV comes with the first record, or at the end when there was none.
        let told = told.and_then(|()| {
            if sheet.records == 0 {
                sheet.write(&[])
            } else {
                Ok(())
            }
        });
        match told {
            Ok(()) => sheet.drain.finish().map(|_| sheet.records),
            Err(failure) => Err(sheet.drain.abandon(failure)),
        }
    }
}

struct Sheet {
    drain: Drain,
    form: Form,
    records: u64,
}

impl Sheet {
    fn write(&mut self, lines: &[Line]) -> Result<()> {
        let format = match self.form {
            Form::Jsonl => Format::Jsonl,
            Form::Csv => Format::Csv,
        };
        let style = Style {
            format,
            columns: Vec::new(),
            jq: None,
            dialect: Dialect::Rfc4180,
            fancy: false,
            width: None,
        };
        let bytes = render(Listing::of(lines), &style)?;
        // The header is the first line of every rendering and holds no line end itself.
        let start = match self.records > 0 && self.form == Form::Csv {
            true => bytes
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(0, |end| end + 1),
            false => 0,
        };
        self.records += lines.len() as u64;
        self.drain.block().extend_from_slice(&bytes[start..]);
        self.drain.pass_on()
    }
}
