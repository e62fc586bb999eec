//! Where a report of this machine goes.

use crate::error::{AtPath, Result};
use crate::hub::Outlet;
use crate::output::Drain;
use crate::ui::Ui;
use std::path::{Path, PathBuf};

/// A file, which appears whole or not at all, or standard output.
#[derive(Debug)]
pub(super) struct Out<'a> {
    path: Option<&'a Path>,
    ui: &'a Ui,
}

impl<'a> Out<'a> {
    /// The file, or standard output when there is none.
    pub fn to(path: Option<&'a Path>, ui: &'a Ui) -> Self {
        Self { path, ui }
    }
}

impl Outlet for Out<'_> {
    fn open(&mut self, _name: Option<&str>) -> Result<Drain> {
        match self.path {
            Some(path) => Drain::file(path),
            None => Ok(Drain::stream(self.ui.stream())),
        }
    }

    fn file(&self) -> Option<&Path> {
        self.path
    }
}

/// The files of a folder.
#[derive(Debug)]
pub(super) struct Folder(pub PathBuf);

impl Outlet for Folder {
    fn open(&mut self, name: Option<&str>) -> Result<Drain> {
        let path = self.0.join(name.unwrap_or("report"));
        let folder = path.parent().unwrap_or(&self.0);
        std::fs::create_dir_all(folder).at(folder)?;
        Drain::file(&path)
    }
}
