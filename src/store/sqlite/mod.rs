//! The store: what it is asked and told, the same for a file of SQLite (write-ahead log, full durability) and a database
//! of PostgreSQL.

mod administrator;
mod attachment;
mod audit;
mod case;
mod contract;
mod customer_person;
mod due;
mod entitlement;
pub mod export;
mod facts;
mod filing;
mod find;
mod health;
mod holding;
mod import;
mod intake;
mod ledger;
mod ledger_list;
mod licence;
mod load;
mod member;
mod member_list;
mod open;
mod partner;
mod people;
mod request;
mod row;
mod scope;
mod share;
mod sight;
mod sign_in;
mod target;
mod team;
mod tiles;
mod upkeep;
mod usage;
mod vouch;
mod work;
mod workspace;
mod workspace_write;

pub use attachment::Attachment;
pub use audit::{AuditFilter, Recorded};
pub use case::{CaseContract, CaseLine, UsedBy};
pub use customer_person::{TenantPerson, TenantPersonLine};
pub use due::{Ending, Span};
pub use facts::{ContractFacts, EntitlementFacts, PackageFacts, ScheduleFacts, WorkspaceFacts};
pub use filing::{Behalf, Event, Filing, NewCase};
pub use find::Named;
pub use health::{Issue, Update};
pub use holding::{Held, HeldFilter};
pub use import::{Cell, Difference, Standing, Table, Value};
pub use intake::CaseFacts;
pub use ledger::{Entry, NewEntry, Total};
pub use ledger_list::{Entries, EntryLine};
pub use licence::{HeldLicence, LicenceLine, Overdrawn};
pub use load::CompactEntry;
pub use member::Administrators;
pub use member_list::MemberFilter;
pub(crate) use open::blank;
pub(super) use open::other_layout;
pub use open::{APPLICATION_ID, SCHEMA_VERSION};
pub use partner::{
    AgreementLine, BusinessProfile, Calculated, CatalogueProduct, CustomerLine, CustomerRecord, Delegation,
    DelegationFacts, DelegationLine, DelegationRole, Found, IntakeFilter, IntakeLine, Moving, Offered,
    Outcomes, Owner, Page, PartnerFacts, PartnerLine, Party, PersonLine, PlanLine, ProductLine, Relation,
    RelationFilter, ReservationFilter, ReservationLine, Reserved, ReturnLine, Sale, Sold, Sought,
    SubscriptionFacts, SubscriptionFilter, SubscriptionLine, SubscriptionRole, SupportContact, Supporter,
    TemplateFilter, TemplateLine, TransferFilter, TransferLine,
};
pub(crate) use partner::{AgreementRow, Hindrance, RelationRow};
pub use people::{ContactRow, NewMember};
pub use request::Requests;
pub use scope::{Days, Reach, Scope};
pub(crate) use sight::Dress;
pub use sight::Sight;
pub use sign_in::Operator;
pub use target::CalendarRow;
pub use team::NewGroup;
pub use tiles::{Heap, HeapKey};
pub use upkeep::TotalDifference;
pub use usage::{Order, UsageLine};
pub use work::{Assessment, Contact, Engagement, Learning, Of};
pub use workspace_write::NewWorkspace;

use crate::error::Result;
use crate::store::engine::{Begin, Connection, Transaction};

use std::path::{Path, PathBuf};

/// An open store.
#[derive(Debug)]
pub struct Db {
    conn: Connection,
    path: PathBuf,
    dress: std::cell::Cell<Dress>,
}

/// What may be asked of the store, inside one transaction: all answers are of one moment.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    pub(crate) conn: &'a Connection,
    /// Whose view it is; none sees everything.
    sight: Option<&'a Sight>,
}

/// A write transaction. Dropping it rolls everything back; only the hub can commit.
#[derive(Debug)]
pub struct Write<'a> {
    tx: Transaction<'a>,
    changes_before: u64,
    sight: Option<Sight>,
}

impl Db {
    pub(super) fn of(conn: Connection, path: PathBuf) -> Self {
        Self {
            conn,
            path,
            dress: std::cell::Cell::default(),
        }
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.conn
    }

    /// Where the file is; of a database, its address without what is secret.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is a file.
    pub fn is_file(&self) -> bool {
        self.conn.postgres().is_none()
    }

    /// Whether its connection has ended, so that the store must be opened again.
    pub fn is_lost(&self) -> bool {
        self.conn.is_lost()
    }

    /// Lets no question run, and no change wait for another one, longer than that. A file has limits of its own.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn limit(&self, patience: std::time::Duration) -> Result<()> {
        if self.is_file() {
            return Ok(());
        }
        let ms = patience.as_millis().clamp(1, 2_000_000_000);
        Ok(self
            .conn
            .execute_batch(&format!("SET statement_timeout = {ms}; SET lock_timeout = {ms}"))?)
    }

    /// The connection's `synchronous` level (2 is FULL) and whether foreign keys are enforced.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn durability(&self) -> Result<(i64, bool)> {
        let conn = self.conn.sqlite()?;
        let synchronous = conn.pragma_query_value(None, "synchronous", |row| row.get(0))?;
        Ok((
            synchronous,
            conn.pragma_query_value(None, "foreign_keys", |row| row.get(0))?,
        ))
    }

    /// Runs `work` on one consistent snapshot.
    ///
    /// # Errors
    /// What `work` answers, or the store's own failure.
    pub fn read<T>(&self, work: impl FnOnce(Read<'_>) -> Result<T>) -> Result<T> {
        let tx = self.conn.begin(Begin::Read)?;
        work(Read {
            conn: &tx,
            sight: None,
        })
    }

    /// Begins a write transaction; waits for other writers.
    ///
    /// # Errors
    /// `E0002` when another process keeps the store for more than a minute.
    pub fn write(&mut self) -> Result<Write<'_>> {
        if let Ok(conn) = self.conn.sqlite() {
            // A load that proved its references itself may have come before. Rows that come in no order touch
            // pages all over the indexes; with 32 MiB a page is read once.
            conn.execute_batch(
                "PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 1000; PRAGMA cache_size = -32768;",
            )?;
        }
        let tx = self.conn.begin(Begin::Write)?;
        let changes_before = tx.total_changes();
        Ok(Write {
            tx,
            changes_before,
            sight: None,
        })
    }
}

impl<'a> Read<'a> {
    /// The same moment as one person sees it; the connection wears [`Dress::Shadow`].
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn seen_by(self, sight: &'a Sight) -> Result<Self> {
        sight.install(self.conn)?;
        Ok(Self {
            conn: self.conn,
            sight: Some(sight),
        })
    }
}

impl Read<'_> {
    /// Says what one person sees without taking the rest away, for those who ask why; the connection wears
    /// [`Dress::Sight`].
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn judge_for(&self, sight: &Sight) -> Result<()> {
        sight.install(self.conn)
    }
}

impl Write<'_> {
    /// The same transaction, for reading.
    pub fn read(&self) -> Read<'_> {
        Read {
            conn: &self.tx,
            sight: self.sight.as_ref(),
        }
    }

    /// From here on names are looked up as one person knows them. Rules go on asking the whole store. The connection
    /// wears [`Dress::Sight`].
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn look_up_for(&mut self, sight: Sight) -> Result<()> {
        sight.install(&self.tx)?;
        self.changes_before = self.tx.total_changes();
        self.sight = Some(sight);
        Ok(())
    }

    /// Marks a point that the transaction can go back to, for one row of many or a bulk load.
    pub(crate) fn mark(&self) -> Result<()> {
        Ok(self
            .tx
            .prepare_cached("SAVEPOINT mark")?
            .execute([])
            .map(|_| ())?)
    }

    /// Forgets the mark and keeps what was done since.
    pub(crate) fn keep_mark(&self) -> Result<()> {
        Ok(self.tx.prepare_cached("RELEASE mark")?.execute([]).map(|_| ())?)
    }

    /// Undoes what was done since the mark.
    pub(crate) fn undo_mark(&self) -> Result<()> {
        Ok(self.tx.go_back("ROLLBACK TO mark; RELEASE mark")?)
    }

    /// Whether any row was written since the transaction began.
    pub fn has_changes(&self) -> bool {
        self.tx.total_changes() > self.changes_before
    }

    /// Makes it durable.
    ///
    /// # Errors
    /// The store's own failure; then nothing was changed.
    pub(crate) fn commit(self) -> Result<()> {
        Ok(self.tx.commit()?)
    }

    pub(crate) fn conn(&self) -> &Connection {
        &self.tx
    }
}
