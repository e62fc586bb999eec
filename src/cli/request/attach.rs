//! `servhub request attach`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::error::{Result, codes};
use crate::hub::request::{About, Attach, Upload, attach};
use crate::output::Listing;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Attach files to a request: all of them or none, each of up to 25 MiB
///
/// The output of another program is attached with - for the file and a name: `journalctl -u mail | servhub request
/// attach NUMBER - --name mail.log`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// What to attach; - for standard input, with --name
    #[arg(required = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Call the one file like this; by its own name when left out
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if self.name.is_some() && self.files.len() > 1 {
            let error = codes::BAD_VALUE.error("--name names one file, and several are given");
            return Err(error.hint("attach them one by one, or leave --name out").into());
        }
        let name = |path: &PathBuf| self.name.clone().map_or_else(|| own_name(path), Ok);
        let names: Vec<String> = self.files.iter().map(name).collect::<Result<_>>()?;
        let mut spool = Spool::default();
        let mut upload = |(name, path): (String, &PathBuf)| {
            let (shown, path) = match is_stream(path) {
                true => ("standard input".to_owned(), spool.keep(&piped()?)?),
                false => (path.display().to_string(), path.clone()),
            };
            Ok(Upload { name, shown, path })
        };
        let change = Attach {
            number: self.request.clone(),
            files: names
                .into_iter()
                .zip(&self.files)
                .map(&mut upload)
                .collect::<Result<_>>()?,
        };
        let mut hub = app.hub_for(&self.changing)?;
        super::context::tell(app, &hub, vec![About::Request(change.number.clone())]);
        let done = hub.carry_out(&change, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&done.answer), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}

/// Keeps what came by standard input until the end.
#[derive(Debug, Default)]
struct Spool(Option<NamedTempFile>);

impl Spool {
    fn keep(&mut self, bytes: &[u8]) -> Result<PathBuf> {
        let mut file = NamedTempFile::new()?;
        file.write_all(bytes)?;
        let path = file.path().to_owned();
        self.0 = Some(file);
        Ok(path)
    }
}

fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// All of standard input, before anything is changed: half of it is never attached.
fn piped() -> Result<Vec<u8>> {
    let bytes = attach::read(std::io::stdin().lock(), Path::new("standard input"))?;
    if bytes.is_empty() {
        // What a pipe from a program that failed looks like.
        let error = codes::BAD_VALUE.error("nothing came by standard input, and nothing was attached");
        return Err(
            error.hint("see why the program before it wrote nothing; an empty file is attached by its path")
        );
    }
    Ok(bytes)
}

pub(super) fn own_name(path: &Path) -> Result<String> {
    if is_stream(path) {
        let error = codes::MISSING_OPTION.error("what comes by standard input has no name of its own");
        return Err(error.hint("give it one: `servhub request attach NUMBER - --name mail.log`"));
    }
    let name = path.file_name().and_then(|name| name.to_str());
    name.map(str::to_owned).ok_or_else(|| {
        codes::BAD_VALUE
            .error(format!(
                "{} has no name that an attachment can have",
                path.display()
            ))
            .hint("give it one with --name")
    })
}
