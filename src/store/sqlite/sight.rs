//! What one person may see, put before the tables of a connection for as long as a transaction lasts. The
//! rules V-1 to V-6 and A-5 are decided there, inside every question, so that none can forget them.

use super::{Db, Read};
use crate::error::Result;
use crate::policy::{Actor, Coverage, Holding, PermissionId, Standing};
use crate::store::engine::{self, Connection, params};
use crate::store::postgres;

/// The views that stand before tables.
const SHADOW: &str = include_str!("shadow.sql");

/// One person's view through one permission.
#[derive(Debug, Clone)]
pub struct Sight {
    /// Who looks.
    pub actor: Actor,
    /// The person's account.
    pub account: String,
    /// What for.
    pub permission: PermissionId,
    /// Where the permission holds.
    pub seen: Coverage,
    /// What the person may know of at all.
    pub known: Coverage,
    /// Where every case is seen (V-4, V-5).
    pub whole: Coverage,
    /// Workspaces of which the person is a member.
    pub member_of: Vec<i64>,
    /// Partners whose requests the person sees, apart from those for Azure.
    pub files_for: Coverage,
}

impl Sight {
    /// What a person with this standing sees through a permission that holds there.
    pub fn new(actor: &Actor, standing: &Standing, permission: PermissionId, seen: &Coverage) -> Self {
        Self {
            actor: actor.clone(),
            account: standing.account.clone(),
            permission,
            seen: seen.clone(),
            known: standing.known(),
            whole: standing.coverage(PermissionId::SeeAllRequests),
            member_of: standing.memberships().collect(),
            files_for: standing.coverage(PermissionId::ReadRequests),
        }
    }

    /// Fills the tables that say what is known and seen.
    pub(super) fn install(&self, conn: &Connection) -> Result<()> {
        if conn.postgres().is_some() {
            return postgres::install(self, conn);
        }
        clear(conn)?;
        fill(conn, "known_customer", self.known.customers.iter())?;
        fill(conn, "known_workspace", self.known.workspaces.iter())?;
        fill(conn, "seen_customer", self.seen.customers.iter())?;
        fill(conn, "seen_workspace", self.seen.workspaces.iter())?;
        fill(conn, "all_cases_workspace", self.whole.workspaces.iter())?;
        fill(conn, "staffed_contract", self.whole.contracts.iter())?;
        fill(conn, "my_workspace", self.member_of.iter())?;
        fill(conn, "known_partner", self.known.partners.iter())?;
        fill(conn, "seen_partner", self.seen.partners.iter())?;
        fill(conn, "cases_partner", self.files_for.partners.iter())?;
        fill(conn, "all_cases_partner", self.whole.partners.iter())?;
        for (table, customers) in [
            ("known_workspace", &self.known.customers),
            ("seen_workspace", &self.seen.customers),
            ("all_cases_workspace", &self.whole.customers),
        ] {
            let sql = format!(
                "INSERT OR IGNORE INTO temp.{table} SELECT id FROM main.workspace WHERE customer_id = ?1"
            );
            let mut insert = conn.prepare_cached(&sql)?;
            for customer in customers {
                insert.execute([customer])?;
            }
        }
        conn.execute("INSERT INTO temp.viewer VALUES (?1)", [&self.account])?;
        // Everything of a workspace is seen only where the permission asked for holds as well.
        conn.execute_batch(
            "INSERT INTO temp.whole_workspace SELECT id FROM temp.all_cases_workspace
             WHERE id IN (SELECT id FROM temp.seen_workspace)",
        )?;
        let teams = "INSERT INTO temp.my_team SELECT t.team_id FROM main.team_member t JOIN main.member m ON m.id = t.member_id
                     WHERE m.account = ?1 AND m.workspace_id IN (SELECT id FROM temp.my_workspace)";
        conn.execute(teams, [&self.account])?;
        Ok(())
    }
}

/// How far a connection is made ready for a person. Making the views costs more than most questions, so they stay;
/// what is in their tables is of one question only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dress {
    /// For the operator: the tables are what they are.
    #[default]
    None,
    /// What a person may know of is there to be asked.
    Sight,
    /// Views of what is seen stand before the tables.
    Shadow,
}

impl Db {
    /// Makes the connection ready, between transactions.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn dress(&self, wanted: Dress) -> Result<()> {
        let worn = self.dress.get();
        if let Some(session) = self.conn.postgres() {
            if postgres::search_path(worn) != postgres::search_path(wanted) {
                session.set_path(postgres::search_path(wanted))?;
            }
            self.dress.set(wanted);
            return Ok(());
        }
        if worn == Dress::None && wanted != Dress::None {
            self.conn.execute_batch(include_str!("sight.sql"))?;
        }
        if worn == Dress::Shadow && wanted != Dress::Shadow {
            self.undress()?;
        }
        if worn != Dress::Shadow && wanted == Dress::Shadow {
            // An earlier attempt may have stopped half-way.
            self.undress()?;
            self.conn.execute_batch(SHADOW)?;
        }
        // The tables of a sight harm nobody.
        let kept = worn.min(Dress::Sight);
        self.dress.set(wanted.max(kept));
        Ok(())
    }

    /// Takes the views away that stand before tables.
    fn undress(&self) -> Result<()> {
        let names = SHADOW
            .lines()
            .filter_map(|line| line.strip_prefix("CREATE TEMP VIEW "));
        for name in names.filter_map(|line| line.split(' ').next()) {
            self.conn
                .execute_batch(&format!("DROP VIEW IF EXISTS temp.{name}"))?;
        }
        Ok(())
    }
}

fn clear(conn: &Connection) -> Result<()> {
    let sql = "SELECT name FROM temp.sqlite_schema WHERE type = 'table'";
    let mut statement = conn.prepare_cached(sql)?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    for name in names.collect::<engine::Result<Vec<_>>>()? {
        conn.prepare_cached(&format!("DELETE FROM temp.{name}"))?
            .execute([])?;
    }
    Ok(())
}

fn fill<'k>(conn: &Connection, table: &str, keys: impl Iterator<Item = &'k i64>) -> Result<()> {
    let mut insert = conn.prepare_cached(&format!("INSERT INTO temp.{table} VALUES (?1)"))?;
    for key in keys {
        insert.execute([key])?;
    }
    Ok(())
}

impl Read<'_> {
    /// Whether one person's view lies before the store.
    pub(super) fn is_restricted(&self) -> bool {
        self.sight.is_some()
    }

    /// Whether the acting person may see a ledger entry, for changes that name one.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn sees_entry(&self, id: i64) -> Result<bool> {
        if self.sight.is_none() {
            return Ok(true);
        }
        let sql = "SELECT 1 FROM temp.seen_entry WHERE id = ?1 AND entitlement_id IN (SELECT id FROM temp.seen_entitlement)";
        Ok(self.conn.prepare_cached(sql)?.exists([id])?)
    }

    /// What an account holds.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn person(&self, account: &str) -> Result<Standing> {
        let sql = "SELECT role, customer_id, workspace_id, contract_id, partner_id FROM main.holding WHERE account = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![account], |row| {
            Ok(Holding {
                role: row.get(0)?,
                customer_id: row.get(1)?,
                workspace_id: row.get(2)?,
                contract_id: row.get(3)?,
                partner_id: row.get(4)?,
            })
        })?;
        Ok(Standing {
            account: account.to_owned(),
            holdings: rows.collect::<engine::Result<_>>()?,
        })
    }

    /// Every account that the hub knows, for "did you mean".
    ///
    /// # Errors
    /// The store's own failure.
    pub fn accounts(&self) -> Result<Vec<String>> {
        let sql = "SELECT account FROM main.member UNION SELECT account FROM main.administrator
                   UNION SELECT account FROM main.partner_person
                   UNION SELECT csam FROM main.contract WHERE csam IS NOT NULL
                   UNION SELECT account_coordinator FROM main.contract WHERE account_coordinator IS NOT NULL
                   UNION SELECT incident_manager FROM main.contract WHERE incident_manager IS NOT NULL";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}
