//! The file of codes: for its owner's eyes only, whole or not at all.

use crate::error::{AtPath, Error, Result, codes};
use crate::hub::people::Invitation;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is there once the codes are in it.
#[derive(Debug)]
pub struct CodesFile {
    file: NamedTempFile,
    path: PathBuf,
}

impl CodesFile {
    /// Makes sure that the codes can be written, before anybody is invited.
    pub fn begin(path: &Path) -> Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        // A temporary file is its owner's alone (0600), and keeps that when it gets its name.
        let file = NamedTempFile::new_in(folder).at(folder)?;
        Ok(Self {
            file,
            path: path.to_owned(),
        })
    }

    /// Writes the codes and lets the file appear; answers where.
    pub fn write(self, invitations: &[Invitation]) -> Result<PathBuf> {
        let Self { file, path } = self;
        write(&file, invitations).map_err(|error| lost(&path, error))?;
        let kept = file.as_file().sync_all().map_err(Error::from);
        kept.and_then(|()| file.persist(&path).map_err(|error| Error::from(error.error)))
            .map_err(|error| lost(&path, error))?;
        Ok(path)
    }
}

fn write(file: &NamedTempFile, invitations: &[Invitation]) -> Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(file);
    let unwritten = |error: csv::Error| codes::IO_FAILED.error("no codes were written").because(error);
    writer
        .write_record(["workspace", "account", "name", "language", "code", "expires_at"])
        .map_err(unwritten)?;
    for one in invitations {
        let expires = one.expires_at.map(|at| at.to_string()).unwrap_or_default();
        let language = one.language.as_deref().unwrap_or_default();
        let cells = [
            &one.workspace,
            &one.account,
            &one.name,
            language,
            &one.code,
            &expires,
        ];
        writer.write_record(cells).map_err(unwritten)?;
    }
    Ok(writer.flush()?)
}

fn lost(path: &Path, error: Error) -> Error {
    codes::IO_FAILED
        .error(format!(
            "{}: the people were invited, but their codes could not be written",
            path.display()
        ))
        .hint("`servhub user resend` makes new codes")
        .because(error)
}
