//! `servhub audit export`

use super::Filter;
use crate::cli::{App, Command, Outcome};
use crate::domain::words::words;
use crate::error::{AtPath, Result};
use crate::hub::audit::{self, Line};
use crate::output::{Dialect, Format, Listing, Style, render};
use std::cell::RefCell;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

words! {
    /// How the trail is written out.
    Form, "export format" {
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// RFC 4180.
        Csv = "csv",
    }
}

/// Write the records out, oldest first, as JSON Lines or CSV
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    filter: Filter,
    /// Output format
    #[arg(long, short, value_enum, default_value_t = Form::Jsonl, value_name = "FORMAT", help_heading = "Output")]
    output: Form,
    /// Write to this file, whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub()?;
        let write = |to: &mut dyn Write| -> Result<u64> {
            let sink = Sink::new(to, self.output);
            let each = |line: Line| sink.take(&line);
            let count = hub.ask(&audit::Export {
                wanted: self.filter.into(),
                each: &each,
            })?;
            sink.end()?;
            Ok(count)
        };
        let count = match &self.out {
            Some(path) => to_file(path, write)?,
            None => {
                let mut out = BufWriter::new(app.ui.stream());
                let count = write(&mut out)?;
                out.flush()?;
                count
            }
        };
        Ok(Outcome::silent().note(format!("{count} audit records written")))
    }
}

/// Writes a file whole or not at all.
fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<u64>) -> Result<u64> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut out = BufWriter::new(tempfile::NamedTempFile::new_in(folder).at(folder)?);
    let count = write(&mut out)?;
    let file = out
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .at(path)?;
    file.as_file().sync_all().at(path)?;
    file.persist(path).map_err(|error| error.error).at(path)?;
    Ok(count)
}

/// Writes records as they come. The header of a CSV comes with the first one, or at the end when there was none.
struct Sink<'a> {
    to: RefCell<&'a mut dyn Write>,
    headed: RefCell<bool>,
    form: Form,
}

impl<'a> Sink<'a> {
    fn new(to: &'a mut dyn Write, form: Form) -> Self {
        Self {
            to: RefCell::new(to),
            headed: RefCell::new(false),
            form,
        }
    }

    fn take(&self, line: &Line) -> Result<()> {
        self.write(std::slice::from_ref(line))
    }

    fn end(&self) -> Result<()> {
        if *self.headed.borrow() {
            Ok(())
        } else {
            self.write(&[])
        }
    }

    fn write(&self, lines: &[Line]) -> Result<()> {
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
        let again = self.headed.replace(true) && self.form == Form::Csv;
        // The header is the first line of every rendering and holds no line end itself.
        let start = if again {
            bytes
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(0, |end| end + 1)
        } else {
            0
        };
        Ok(self.to.borrow_mut().write_all(&bytes[start..])?)
    }
}
