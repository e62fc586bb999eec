//! Result files and progress.

use crate::error::{AtPath, Error, Result, codes};
use crate::hub::import::{RowResult, Verdict, Watch};
use crate::output::Tabular;
use crate::ui::Ui;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Mutex;
use tempfile::NamedTempFile;

/// Writes results and plan rows, and draws progress at a terminal.
pub(in crate::cli) struct Recorder {
    results: Option<(PathBuf, Mutex<csv::Writer<NamedTempFile>>)>,
    plan: Option<Mutex<NamedTempFile>>,
    bar: Option<ProgressBar>,
}

impl Recorder {
    /// `results` is written whole or not at all; `plan` keeps the rows that change something.
    pub fn new(ui: &Ui, results: Option<PathBuf>, plan: bool) -> Result<Self> {
        let results = results.map(|path| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let file = match folder {
                Some(folder) => NamedTempFile::new_in(folder).at(folder),
                None => NamedTempFile::new_in(".").at(&path),
            };
            let mut writer = csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(file?);
            let header = RowResult::COLUMNS.iter().map(|column| column.name);
            writer.write_record(header).map_err(unwritten)?;
            Ok::<_, Error>((path, Mutex::new(writer)))
        });
        let bar = ui.live.then(|| {
            let template = "{bar:30} {bytes}/{total_bytes} {msg} {eta}";
            let style =
                ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(0).with_style(style)
        });
        Ok(Self {
            results: results.transpose()?,
            plan: plan.then(NamedTempFile::new).transpose()?.map(Mutex::new),
            bar,
        })
    }

    /// Puts the result file in its place; answers the plan's rows.
    pub fn finish(self) -> Result<Option<NamedTempFile>> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if let Some((path, writer)) = self.results {
            let writer = writer.into_inner().map_err(|_| poisoned())?;
            let file = writer
                .into_inner()
                .map_err(|error| Error::from(error.into_error()))?;
            file.persist(&path).map_err(|error| error.error).at(&path)?;
        }
        self.plan
            .map(|file| file.into_inner().map_err(|_| poisoned()))
            .transpose()
    }
}

fn unwritten(error: csv::Error) -> Error {
    codes::IO_FAILED
        .error("the result file could not be written")
        .because(error)
}

fn poisoned() -> Error {
    codes::IO_FAILED.error("the result file was left half written")
}

impl Watch for Recorder {
    fn wants_rows(&self) -> bool {
        self.results.is_some() || self.plan.is_some()
    }

    fn row(&self, row: &RowResult) -> Result<()> {
        if let Some((_, writer)) = &self.results {
            let cells = row.cells().into_iter().map(|cell| cell.to_string());
            writer
                .lock()
                .map_err(|_| poisoned())?
                .write_record(cells)
                .map_err(unwritten)?;
        }
        if let Some(file) = self.plan.as_ref().filter(|_| row.outcome != Verdict::Unchanged) {
            let line = serde_json::to_string(row).map_err(|error| {
                codes::IO_FAILED
                    .error("a plan row could not be written")
                    .because(error)
            })?;
            writeln!(file.lock().map_err(|_| poisoned())?, "{line}")?;
        }
        Ok(())
    }

    fn progress(&self, name: &str, read: u64, length: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(length);
            bar.set_position(read);
            bar.set_message(name.to_owned());
        }
    }
}
