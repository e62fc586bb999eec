//! Proactive work, learning, contacts and assessments, as the detail views show them.

use super::Read;
use super::scope::Conditions;
use crate::domain::contract::{AccountKind, ContactRole};
use crate::domain::work::{AssessmentStatus, EngagementKind, EngagementStatus, LearningStatus};
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::store::engine::{self, Row};

macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$fdoc])* pub $field: $type),+ }

        impl $name {
            fn read(row: &Row<'_>) -> engine::Result<Self> {
                Ok(Self { $($field: row.get(stringify!($field))?),+ })
            }
        }
    };
}

record! {
    /// An engagement and what was delivered of it (L-3).
    Engagement {
        /// Its id.
        code: String,
        /// Name of the workspace.
        workspace: String,
        /// Code of the entitlement it is charged to.
        entitlement: String,
        /// Number of the contract.
        contract: String,
        /// What sort of work.
        kind: EngagementKind,
        /// What it is about.
        title: String,
        /// How far it is.
        status: EngagementStatus,
        /// Day it was agreed for.
        planned_on: Option<Day>,
        /// Day it was delivered.
        delivered_on: Option<Day>,
        /// How much was agreed.
        planned_quantity: Option<Quantity>,
        /// With whom.
        contact: Option<String>,
    }
}

record! {
    /// A learning activity (D-1).
    Learning {
        /// Its id.
        code: String,
        /// Name of the workspace.
        workspace: String,
        /// Account of the learner.
        learner_account: String,
        /// Name of the learner.
        learner_name: String,
        /// What is learned.
        title: String,
        /// Such as "video".
        format: Option<String>,
        /// What it is about.
        product: Option<String>,
        /// How hard it is.
        level: Option<String>,
        /// In which language.
        language: Option<String>,
        /// How far the learner is.
        status: LearningStatus,
        /// Day it was begun (L-4).
        started_on: Option<Day>,
        /// Day it was finished.
        completed_on: Option<Day>,
        /// Code of the entitlement it is charged to.
        entitlement: Option<String>,
        /// Number of the contract.
        contract: Option<String>,
    }
}

record! {
    /// A person named on a contract.
    Contact {
        /// Account.
        account: String,
        /// Name.
        name: String,
        /// What for.
        role: ContactRole,
        /// Name of the workspace; none means the customer's default one.
        workspace: Option<String>,
        /// Number of the contract.
        contract: String,
        /// What sort of account.
        account_kind: AccountKind,
        /// Language of letters.
        language: Option<String>,
        /// Telephone.
        phone: Option<String>,
        /// First day.
        since_on: Day,
        /// Last day.
        until_on: Option<Day>,
    }
}

record! {
    /// An assessment (D-2).
    Assessment {
        /// Its id.
        code: String,
        /// Name of the workspace.
        workspace: String,
        /// Its name.
        name: String,
        /// What is assessed.
        technology: String,
        /// Day it was set up.
        set_up_on: Day,
        /// Day it last ran.
        last_run_on: Option<Day>,
        /// Whether it runs.
        status: AssessmentStatus,
        /// Findings of high priority.
        high_priority: i64,
        /// Findings of low priority.
        low_priority: i64,
        /// Checks that were passed.
        passed_checks: i64,
        /// Code of the entitlement it is charged to.
        entitlement: Option<String>,
        /// Number of the contract.
        contract: Option<String>,
    }
}

/// What a row is charged to, with its package and contract.
const CHARGED: &str =
    "LEFT JOIN entitlement e ON e.id = x.entitlement_id LEFT JOIN package p ON p.id = e.package_id
  LEFT JOIN schedule s ON s.id = p.schedule_id LEFT JOIN contract c ON c.id = s.contract_id";

/// Whose rows, and of what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Of<'a> {
    /// Keys of the workspaces; none means all.
    pub workspaces: Option<&'a [i64]>,
    /// Key of the only contract.
    pub contract: Option<i64>,
    /// Key of the only package.
    pub package: Option<i64>,
}

impl Of<'_> {
    fn conditions(&self) -> Conditions {
        let mut on = Conditions::default();
        if let Some(keys) = self.workspaces {
            let keys = on.bind_keys(keys);
            on.require(format!("x.workspace_id IN {keys}"));
        }
        on.compare("c.id =", self.contract);
        on.compare("p.id =", self.package);
        on
    }
}

impl Read<'_> {
    /// Engagements, by day and id.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn engagements(&self, of: Of<'_>) -> Result<Vec<Engagement>> {
        let order = "ifnull(x.delivered_on, x.planned_on) NULLS FIRST, x.code";
        self.records("engagement", order, of.conditions(), Engagement::read)
    }

    /// Learning activities that were begun by a day or are not begun yet, by day and id.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn learning(&self, of: Of<'_>) -> Result<Vec<Learning>> {
        self.records(
            "learning",
            "x.started_on IS NULL, x.started_on, x.code",
            of.conditions(),
            Learning::read,
        )
    }

    /// Assessments, by day and id.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn assessments(&self, of: Of<'_>) -> Result<Vec<Assessment>> {
        self.records(
            "assessment",
            "x.set_up_on, x.code",
            of.conditions(),
            Assessment::read,
        )
    }

    /// People named on contracts, by contract and name. One without a workspace is in the customer's
    /// default one.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contacts(&self, workspaces: Option<&[i64]>, contract: Option<i64>) -> Result<Vec<Contact>> {
        let mut on = Conditions::default();
        if let Some(keys) = workspaces {
            let keys = on.bind_keys(keys);
            on.require(format!("w.id IN {keys}"));
        }
        on.compare("c.id =", contract);
        let sql = format!(
            "SELECT x.*, c.number AS contract, w.name AS workspace FROM contact x JOIN contract c ON c.id = x.contract_id
               LEFT JOIN workspace w ON w.id = x.workspace_id
                 OR (x.workspace_id IS NULL AND w.customer_id = c.customer_id AND w.is_default = 1)
             {} ORDER BY c.number, x.name, x.account, x.role",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), Contact::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn records<T>(
        &self,
        table: &str,
        order: &str,
        on: Conditions,
        read: impl FnMut(&Row<'_>) -> engine::Result<T>,
    ) -> Result<Vec<T>> {
        let sql = format!(
            "SELECT x.*, w.name AS workspace, e.code AS entitlement, c.number AS contract
             FROM {table} x JOIN workspace w ON w.id = x.workspace_id {CHARGED}{} ORDER BY {order}",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
