//! Looking after the store: is it sound, and a copy of it.

use super::audit::Verify;
use super::{Export, Outlet, Query, Reading, Route};
use crate::domain::Zone;
use crate::domain::words::words;
use crate::error::{AtPath, Result, codes};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::MaintainStore;
use crate::store::sqlite::Overdrawn;
use crate::store::volume;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::Read as _;
use std::path::PathBuf;

/// A copy travels in pieces of so many bytes.
const PIECE: u64 = 1 << 16;

words! {
    /// How a check ended.
    State, "state of a check" {
        /// All is well.
        Sound = "ok",
        /// It works, and something should be done.
        Warning = "warning",
        /// Something is wrong.
        Failed = "failed",
    }
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// What was looked at.
    pub name: Cow<'static, str>,
    /// How it ended.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What to do; empty when all is well.
    pub advice: Cow<'static, str>,
}

impl Check {
    /// A check that found nothing wrong.
    pub fn sound(name: &'static str, found: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            state: State::Sound,
            found: found.into(),
            advice: "".into(),
        }
    }

    /// A check that found something that should be changed.
    pub fn warning(name: &'static str, found: impl Into<String>, advice: &'static str) -> Self {
        Self {
            state: State::Warning,
            advice: advice.into(),
            ..Self::sound(name, found)
        }
    }

    /// A check that found a fault.
    pub fn failed(name: &'static str, found: impl Into<String>, advice: &'static str) -> Self {
        Self {
            state: State::Failed,
            advice: advice.into(),
            ..Self::sound(name, found)
        }
    }

    fn of(name: &'static str, faults: &[String], well: &str, advice: &'static str) -> Self {
        if faults.is_empty() {
            Self::sound(name, well)
        } else {
            Self::failed(name, faults.join("; "), advice)
        }
    }
}

impl Tabular for Check {
    const SCHEMA: &'static str = "doctor/1";
    const COLUMNS: &'static [Column] = &[col("check"), col("state"), col("found"), col("what_to_do")];

    fn cells(&self) -> Vec<Cell> {
        let advice = (!self.advice.is_empty()).then(|| self.advice.clone().into_owned());
        vec![
            (&self.name).into(),
            self.state.word().into(),
            (&self.found).into(),
            advice.into(),
        ]
    }
}

/// Restoring is the answer to most faults.
pub const RESTORE: &str = "keep a copy of the file as it is, then restore the newest backup";

/// So many products with too few seats are told.
const TELL: i64 = 5;

/// A write-ahead log above this size means that some reader has kept it from being taken over: 256 MiB.
const LONG_LOG: u64 = 256 << 20;

/// Checks everything that can be checked.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Doctor;

impl Query for Doctor {
    const NAME: &'static str = "doctor";
    const ROUTE: Route = Route::get("/doctor");
    type Needs = MaintainStore;
    type Answer = Vec<Check>;

    fn answer(&self, at: &Reading<'_, MaintainStore>) -> Result<Vec<Check>> {
        let mut checks = if at.db().is_file() {
            of_file(at)?
        } else {
            of_server(at)?
        };
        checks.extend([totals(at)?, seats(at)?, audit(at)]);
        Ok(checks)
    }
}

fn of_file(at: At<'_, '_>) -> Result<Vec<Check>> {
    Ok(vec![
        file(at),
        volume_check(at),
        layout(at)?,
        log(at)?,
        Check::of("pages", &at.damage()?, "pages and indexes agree", RESTORE),
        references(&at.dangling()?),
    ])
}

/// What of a database can be seen from here; its pages are the server's.
fn of_server(at: At<'_, '_>) -> Result<Vec<Check>> {
    let sure = ["fsync", "full_page_writes", "synchronous_commit"].map(|name| {
        let value = at.server_setting(name)?;
        Ok((value == "off").then(|| format!("{name} is off")))
    });
    let faults: Vec<String> = sure
        .into_iter()
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    let version = at.server_version()?;
    Ok(vec![
        Check::sound(
            "server",
            format!("PostgreSQL {version}, {}", at.db().path().display()),
        ),
        Check::sound("layout", format!("version {}", at.server_layout()?)),
        match faults.as_slice() {
            [] => Check::sound("durability", "full, a commit is on the disk before it is told"),
            some => Check::warning(
                "durability",
                some.join(", "),
                "turn it on in the server's settings",
            ),
        },
        references(&at.unproven_references()?),
    ])
}

fn references(faults: &[String]) -> Check {
    Check::of("references", faults, "everything referred to is there", RESTORE)
}

type At<'a, 'b> = &'a Reading<'b, MaintainStore>;

fn file(at: At<'_, '_>) -> Check {
    let path = at.db().path();
    match std::fs::metadata(path) {
        Ok(data) => Check::sound("file", format!("{}, {} bytes", path.display(), data.len())),
        Err(error) => Check::failed("file", format!("{}: {error}", path.display()), RESTORE),
    }
}

fn volume_check(at: At<'_, '_>) -> Check {
    match volume::kind_of(at.db().path()) {
        None => Check::sound("file system", "the system does not tell its type"),
        Some(kind) if volume::is_networked(&kind) => Check::warning(
            "file system",
            format!("{kind} is reached over a network, where file locks are not reliable"),
            "move the store to a disk of this machine",
        ),
        Some(kind) => Check::sound("file system", kind),
    }
}

fn layout(at: At<'_, '_>) -> Result<Check> {
    Ok(Check::sound(
        "layout",
        format!("version {}", at.engine_setting("user_version")?),
    ))
}

fn log(at: At<'_, '_>) -> Result<Check> {
    let (mode, sync) = (
        at.engine_setting("journal_mode")?,
        at.engine_setting("synchronous")?,
    );
    // 2 is FULL: a commit is on the disk before it is told.
    if mode != "wal" || sync != "2" {
        let found = format!("journal {mode}, synchronous {sync}");
        return Ok(Check::failed(
            "durability",
            found,
            "run any command once; if it stays, report it",
        ));
    }
    let mut log = at.db().path().as_os_str().to_owned();
    log.push("-wal");
    let size = std::fs::metadata(PathBuf::from(log)).map_or(0, |data| data.len());
    if size > LONG_LOG {
        let advice = "end the process that has been reading for long; the next writer then shortens the log";
        return Ok(Check::warning(
            "durability",
            format!("write-ahead log of {size} bytes"),
            advice,
        ));
    }
    Ok(Check::sound(
        "durability",
        format!("full, write-ahead log of {size} bytes"),
    ))
}

fn totals(at: At<'_, '_>) -> Result<Check> {
    let show = |figure: Option<i64>| {
        figure.map_or("nothing".to_owned(), |n| {
            crate::domain::Quantity::from_hundredths(n).to_string()
        })
    };
    let differences = at.total_differences()?;
    let faults: Vec<String> = differences
        .iter()
        .map(|d| {
            let (kept, summed) = (show(d.kept), show(d.summed));
            format!(
                "{} in {}: kept {kept}, entries {summed}",
                d.entitlement, d.workspace
            )
        })
        .collect();
    Ok(Check::of(
        "totals",
        &faults,
        "kept totals are the sums of their entries",
        RESTORE,
    ))
}

/// Time ends subscriptions and takes no licence away from anybody (G-7).
fn seats(at: At<'_, '_>) -> Result<Check> {
    let today = at.context().day_in(&Zone::utc());
    let overdrawn = at.overdrawn_seats(today, TELL)?;
    if overdrawn.is_empty() {
        return Ok(Check::sound(
            "seats",
            "nowhere are more licences assigned than seats are bought",
        ));
    }
    let tell = |one: &Overdrawn| {
        let Overdrawn {
            customer,
            product,
            seats,
            assigned,
        } = one;
        format!("{assigned} licences of {product} at {customer}, and {seats} seats")
    };
    let told: Vec<String> = overdrawn.iter().map(tell).collect();
    Ok(Check::warning(
        "seats",
        told.join("; "),
        "buy seats, or take licences back: `servhub license revoke`",
    ))
}

fn audit(at: At<'_, '_>) -> Check {
    match Verify::default().walk(at) {
        Ok(verified) => Check::sound(
            "audit",
            format!(
                "{} records in one chain, {} ledger entries as they say",
                verified.records, verified.entries
            ),
        ),
        Err(error) => Check::failed(
            "audit",
            error.message,
            "`servhub audit verify` says more; compare with a backup",
        ),
    }
}

/// Copies the store to a file (K-15: whole or not at all).
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Backup {
    /// Say how large the copy would be, and make none.
    #[serde(default)]
    pub dry_run: bool,
}

/// A copy of the store, made or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Copy {
    /// Its length.
    pub bytes: u64,
}

impl Export for Backup {
    const NAME: &'static str = "backup";
    const ROUTE: Route = Route::get("/exports/backup");
    type Needs = MaintainStore;
    type Answer = Copy;

    fn write(&self, at: &Reading<'_, MaintainStore>, to: &mut dyn Outlet) -> Result<Copy> {
        let copy = Copy {
            bytes: at.db().copy_length()?,
        };
        let Some(file) = to.file() else {
            if !self.dry_run {
                send(at, to)?;
            }
            return Ok(copy);
        };
        let same = |a: &std::path::Path| a.canonicalize().ok();
        if same(file).is_some() && same(file) == same(at.db().path()) {
            return Err(codes::BAD_VALUE
                .error("the backup would overwrite the store itself")
                .hint("name another file"));
        }
        if !self.dry_run {
            at.db().copy_to(file)?;
        }
        Ok(copy)
    }
}

/// A copy is made whole before the first byte of it leaves.
fn send(at: At<'_, '_>, to: &mut dyn Outlet) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("hub.db");
    at.db().copy_to(&path)?;
    let mut file = std::fs::File::open(&path).at(&path)?;
    let mut drain = to.open(None)?;
    while file.by_ref().take(PIECE).read_to_end(drain.block()).at(&path)? > 0 {
        drain.pass_on()?;
    }
    drain.finish()?;
    Ok(())
}
