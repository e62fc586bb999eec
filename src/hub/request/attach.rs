//! `request.attach` and `request.file`: what comes with a request, kept with its size and its SHA-256.

use super::desk::Desk;
use crate::error::{AtPath, Error, Result, codes};
use crate::hub::import::hex;
use crate::hub::{Change, Export, Outlet, Reading, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::Permission;
use crate::policy::needs::{ReadRequests, WorkRequests};
use crate::store::sqlite::{Attachment, Event};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// An attachment has at most so many bytes.
pub const LIMIT: u64 = 25 << 20;
/// A name has at most so many bytes, as on most file systems.
const NAME_LIMIT: usize = 255;

/// Attaches files to a request: all of them or none.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Attach {
    /// Number of the request.
    pub number: String,
    /// What to attach.
    pub files: Vec<Upload>,
}

/// Something to attach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Upload {
    /// What it is to be called there.
    pub name: String,
    /// What messages call the file.
    pub shown: String,
    /// Where its bytes lie, on the machine that reads them. It is read when its turn comes, so that one file at a time
    /// is in memory.
    #[serde(skip)]
    pub path: PathBuf,
}

/// The bytes of a file that messages call by another name.
fn content(path: &Path, shown: &Path) -> Result<Vec<u8>> {
    read(std::fs::File::open(path).at(shown)?, shown)
}

/// A file that goes with a request when that is filed: where it lies, and what was in it when that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Enclosure {
    /// What it is to be called there.
    pub name: String,
    /// Where it lies; the whole path, because the request may be sent from another folder.
    pub path: PathBuf,
    /// Where it lies now, when it was handed in from another machine.
    #[serde(skip)]
    pub here: Option<PathBuf>,
    /// Its bytes.
    pub size: u64,
    /// Their SHA-256.
    pub sha256: String,
}

impl Enclosure {
    /// A file as it is now.
    ///
    /// # Errors
    /// `E0100` for a name that no attachment can have, `E0540` for a file that is too large; the system's own.
    pub fn of(name: String, path: &Path) -> Result<Self> {
        check_name(&name)?;
        let content = content(path, path)?;
        Ok(Self {
            name,
            path: std::path::absolute(path).at(path)?,
            here: None,
            size: content.len() as u64,
            sha256: hex(&Sha256::digest(&content)),
        })
    }

    /// What is said of it in the history and in the audit trail.
    pub(super) fn told(&self) -> String {
        format!("{}: {} bytes, SHA-256 {}", self.name, self.size, self.sha256)
    }

    /// Puts it into a request that was filed in the same transaction: exactly the bytes that were meant.
    pub(super) fn put_in<P: Permission>(
        &self,
        at: &Writing<'_, P>,
        (case_id, number): (i64, &str),
    ) -> Result<()> {
        let content = content(self.here.as_ref().unwrap_or(&self.path), &self.path)?;
        let sha256 = Sha256::digest(&content).to_vec();
        if hex(&sha256) != self.sha256 {
            let what = format!(
                "{} is not what it was when the request was written",
                self.path.display()
            );
            return Err(codes::FILE_CHANGED.error(what));
        }
        if let Some(there) = at.reading().file(case_id, &self.name)? {
            return match there.sha256 == sha256 {
                true => Ok(()),
                false => Err(taken(number, &self.name)),
            };
        }
        let by = at.grant().actor();
        let file = Attachment {
            at: at.context().now,
            account: by.account().unwrap_or(by.name()).to_owned(),
            name: self.name.clone(),
            size: i64::try_from(content.len()).unwrap_or(i64::MAX),
            sha256,
        };
        at.put_file(case_id, &file, &content)?;
        at.note_event(
            case_id,
            &Event {
                at: file.at,
                account: file.account,
                kind: "file".to_owned(),
                before: None,
                after: None,
                text: Some(self.told()),
            },
        )
    }
}

/// An attachment as it is kept now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attached {
    /// Number of the request.
    pub request: String,
    /// The file.
    pub file: Attachment,
    /// False when the request had the same bytes under that name.
    pub new: bool,
}

impl Change for Attach {
    const NAME: &'static str = "request.attach";
    const ROUTE: Route = Route::post("/requests/{number}/files");
    const HAS_FILES: bool = true;
    type Needs = WorkRequests;
    type Answer = Vec<Attached>;

    fn files(&self) -> Vec<PathBuf> {
        self.files.iter().map(|file| file.path.clone()).collect()
    }

    fn hand_in(&mut self, files: Vec<PathBuf>) {
        for (file, here) in self.files.iter_mut().zip(files) {
            file.path = here;
        }
    }

    fn change(&self, at: &mut Writing<'_, WorkRequests>) -> Result<Vec<Attached>> {
        self.files
            .iter()
            .map(|upload| attach(at, &self.number, upload))
            .collect()
    }
}

fn attach(at: &mut Writing<'_, WorkRequests>, number: &str, upload: &Upload) -> Result<Attached> {
    let desk = Desk::take(at, number)?;
    check_name(&upload.name)?;
    let content = content(&upload.path, Path::new(&upload.shown))?;
    let by = at.grant().actor();
    let file = Attachment {
        at: at.context().now,
        account: by.account().unwrap_or(by.name()).to_owned(),
        name: upload.name.clone(),
        size: i64::try_from(content.len()).unwrap_or(i64::MAX),
        sha256: Sha256::digest(&content).to_vec(),
    };
    let request = desk.line.case.number.clone();
    if let Some(there) = at.reading().file(desk.id, &file.name)? {
        if there.sha256 != file.sha256 {
            return Err(taken(&request, &file.name));
        }
        return Ok(Attached {
            request,
            file: there,
            new: false,
        });
    }
    at.put_file(desk.id, &file, &content)?;
    let told = format!(
        "{}: {} bytes, SHA-256 {}",
        file.name,
        file.size,
        hex(&file.sha256)
    );
    desk.keep(at, |_, _| {}, ("file", Some(told)))?;
    Ok(Attached {
        request,
        file,
        new: true,
    })
}

fn taken(number: &str, name: &str) -> Error {
    codes::FILE_TAKEN
        .error(format!("request {number} has another file called \"{name}\""))
        .hint("attach it under another one with --name")
}

/// Reads the bytes of a file, up to the limit.
///
/// # Errors
/// `E0540` for one that is larger; the system's own.
pub(crate) fn read(from: impl std::io::Read, path: &Path) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    // One byte more tells a file that is too large from one that is just not.
    from.take(LIMIT + 1).read_to_end(&mut content).at(path)?;
    if content.len() as u64 > LIMIT {
        let what = format!("{} has more than {} MiB", path.display(), LIMIT >> 20);
        return Err(codes::FILE_TOO_LARGE
            .error(what)
            .hint("pack it, or attach the part that matters"));
    }
    Ok(content)
}

/// A name that every system can write a file under.
///
/// # Errors
/// `E0100` when it is none.
pub(crate) fn check_name(name: &str) -> Result<()> {
    let is_bad = |c: char| c.is_control() || matches!(c, '/' | '\\');
    if !name.is_empty() && name.len() <= NAME_LIMIT && !name.contains(is_bad) && !matches!(name, "." | "..") {
        return Ok(());
    }
    let shown = name.escape_debug();
    Err(codes::BAD_VALUE
        .error(format!("\"{shown}\" is no name for an attachment"))
        .hint(format!(
            "write up to {NAME_LIMIT} bytes without slashes and control characters"
        )))
}

/// The bytes of an attachment.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct File {
    /// Number of the request.
    pub number: String,
    /// What it is called.
    pub name: String,
}

impl Export for File {
    const NAME: &'static str = "request.file";
    const ROUTE: Route = Route::get("/requests/{number}/files/{name}");
    type Needs = ReadRequests;
    type Answer = u64;

    fn write(&self, at: &Reading<'_, ReadRequests>, to: &mut dyn Outlet) -> Result<u64> {
        let bytes = self.bytes(at)?;
        let mut drain = to.open(None)?;
        drain.block().extend_from_slice(&bytes);
        Ok(drain.finish()?.bytes)
    }
}

impl File {
    fn bytes(&self, at: &Reading<'_, ReadRequests>) -> Result<Vec<u8>> {
        let id = at.find_case(&self.number)?;
        if let Some(bytes) = at.file_bytes(id, &self.name)? {
            return Ok(bytes);
        }
        let files = at.files(id)?;
        let names = files.iter().map(|file| file.name.as_str());
        let near = crate::domain::near::nearest(&self.name, names);
        let error = codes::NOT_FOUND.error(format!(
            "request {} has no file called \"{}\"",
            self.number, self.name
        ));
        Err(match near.as_slice() {
            [] => error.hint(format!(
                "`servhub request show {} --files` lists them",
                self.number
            )),
            near => error.hint(format!("did you mean {}?", near.join(", "))),
        })
    }
}

impl Tabular for Attachment {
    const SCHEMA: &'static str = "request.files/1";
    const COLUMNS: &'static [Column] = &[col("name"), col("size"), col("sha256"), col("account"), col("at")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.name).into(),
            self.size.into(),
            hex(&self.sha256).into(),
            (&self.account).into(),
            self.at.into(),
        ]
    }
}

impl Tabular for Attached {
    const SCHEMA: &'static str = "request.attach/1";
    const COLUMNS: &'static [Column] = &[
        col("request"),
        col("name"),
        col("size"),
        col("sha256"),
        col("new").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.request).into(),
            (&self.file.name).into(),
            self.file.size.into(),
            hex(&self.file.sha256).into(),
            self.new.into(),
        ]
    }
}
