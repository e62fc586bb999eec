//! Rows of the report's other parts: contacts, learning, assessments and cases.

use super::super::Read;
use super::Scope;
use crate::domain::contract::{AccountKind, ContactRole};
use crate::domain::request::Case;
use crate::domain::work::{AssessmentStatus, LearningStatus};
use crate::domain::{Day, Instant};
use crate::error::Result;
use crate::store::engine::{self, Row};

/// A person named on a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactLine {
    /// Name of the customer.
    pub customer: String,
    /// Number of the contract.
    pub contract: String,
    /// Name of the workspace; none means the customer's default one.
    pub workspace: Option<String>,
    /// Account.
    pub account: String,
    /// Name.
    pub name: String,
    /// What the person is named for.
    pub role: ContactRole,
    /// Work or personal (W-4).
    pub account_kind: AccountKind,
    /// Language tag.
    pub language: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// First day.
    pub since: Day,
    /// Last day, once named.
    pub until: Option<Day>,
}

/// A learning activity (D-1, K-14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningLine {
    /// Name of the customer.
    pub customer: String,
    /// Name of the workspace.
    pub workspace: String,
    /// Name of the learner.
    pub learner_name: String,
    /// Account of the learner.
    pub learner_account: String,
    /// What is learned.
    pub title: String,
    /// Course, video, ...
    pub format: Option<String>,
    /// About what.
    pub product: Option<String>,
    /// How hard.
    pub level: Option<String>,
    /// In which language.
    pub language: Option<String>,
    /// How far.
    pub status: LearningStatus,
    /// First day.
    pub started_on: Option<Day>,
    /// Last day.
    pub completed_on: Option<Day>,
    /// Number of the contract it is charged to, if it is.
    pub contract: Option<String>,
    /// Id of the package it is charged to, if it is.
    pub package: Option<String>,
}

/// An assessment (D-2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentLine {
    /// Name of the customer.
    pub customer: String,
    /// Name of the workspace.
    pub workspace: String,
    /// Its name.
    pub name: String,
    /// What is assessed.
    pub technology: String,
    /// Day it was set up.
    pub set_up_on: Day,
    /// Day of the last run.
    pub last_run_on: Option<Day>,
    /// Whether it runs.
    pub status: AssessmentStatus,
    /// Findings of high priority.
    pub high_priority: i64,
    /// Findings of low priority.
    pub low_priority: i64,
    /// Checks passed.
    pub passed_checks: i64,
}

/// A case with the names of what it is linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// Name of the customer; none for a partner's own tenant.
    pub customer: Option<String>,
    /// Name of the workspace whose members may see it (W-2); none for a partner's.
    pub workspace: Option<String>,
    /// Name of the partner that filed it.
    pub partner: Option<String>,
    /// The plan whose response targets hold for a partner's.
    pub plan: Option<String>,
    /// Number of its contract, if known.
    pub contract: Option<String>,
    /// Id of its package, if known.
    pub package: Option<String>,
    /// Id of its service line, if known.
    pub entitlement: Option<String>,
    /// What it is about, of the reasons a partner files for.
    pub category: Option<String>,
    /// Language to be answered in.
    pub language: Option<String>,
    /// Who of the provider is in charge.
    pub assignee: Option<String>,
    /// When the first answer was given.
    pub responded_at: Option<Instant>,
    /// When it was solved.
    pub resolved_at: Option<Instant>,
    /// The case itself.
    pub case: Case,
}

impl LearningLine {
    /// As it was on a day: none when it had not begun, started when it was not yet completed. Of one that
    /// is only registered no day is known; it is shown.
    #[must_use]
    pub fn as_of(self, day: Day) -> Option<Self> {
        if self.started_on.is_some_and(|started| started > day) {
            return None;
        }
        if self.completed_on.is_some_and(|completed| completed > day) {
            return Some(Self {
                status: LearningStatus::Started,
                completed_on: None,
                ..self
            });
        }
        Some(self)
    }
}

impl Read<'_> {
    /// Hands every contact covered to `each`, by customer, contract, role and account. With a choice of
    /// workspaces, those named for one of them, where none means the customer's default one.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_contact(&self, scope: &Scope, mut each: impl FnMut(ContactLine) -> Result<()>) -> Result<()> {
        let sql = format!(
            "SELECT k.*, u.name AS customer, c.number, w.name AS workspace
             FROM contact k JOIN contract c ON c.id = k.contract_id JOIN customer u ON u.id = c.customer_id
             LEFT JOIN workspace w ON w.id = ifnull(k.workspace_id,
               (SELECT d.id FROM workspace d WHERE d.customer_id = c.customer_id AND d.is_default = 1))
             WHERE {} ORDER BY u.name, c.number, k.role, k.account, k.id",
            scope.conditions("c.customer_id", "c.id", "w.id")
        );
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(contact(row)?)?;
        }
        Ok(())
    }

    /// Hands every learning activity covered to `each`, by customer, workspace, learner, day and title
    /// (K-14). A choice of contracts takes those charged to one of them.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_learning(
        &self,
        scope: &Scope,
        mut each: impl FnMut(LearningLine) -> Result<()>,
    ) -> Result<()> {
        // What a started activity is charged to stands in the ledger, under the activity's id.
        let sql = format!(
            "SELECT l.*, u.name AS customer, w.name AS workspace, c.number, p.code AS package
             FROM learning l JOIN workspace w ON w.id = l.workspace_id JOIN customer u ON u.id = w.customer_id
             LEFT JOIN entitlement e ON e.id = ifnull(l.entitlement_id, (SELECT g.entitlement_id FROM ledger g
               JOIN source o ON o.id = g.source_id WHERE o.name = 'learning' AND g.source_key = l.code))
             LEFT JOIN package p ON p.id = e.package_id LEFT JOIN schedule s ON s.id = p.schedule_id
             LEFT JOIN contract c ON c.id = s.contract_id
             WHERE {} ORDER BY u.name, w.name, l.learner_account, l.started_on NULLS FIRST, l.title, l.code",
            scope.conditions("w.customer_id", "c.id", "w.id")
        );
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(learning(row)?)?;
        }
        Ok(())
    }

    /// Hands every assessment covered to `each`, by customer, workspace, name and day. A choice of
    /// contracts takes those of workspaces linked to one of them.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_assessment(
        &self,
        scope: &Scope,
        mut each: impl FnMut(AssessmentLine) -> Result<()>,
    ) -> Result<()> {
        let linked = Scope {
            contracts: Vec::new(),
            ..scope.clone()
        };
        let by_contract = match scope.contracts.as_slice() {
            [] => "true".to_owned(),
            ids => format!(
                "EXISTS (SELECT 1 FROM workspace_contract k WHERE k.workspace_id = w.id AND k.contract_id IN ({}))",
                super::list(ids)
            ),
        };
        let sql = format!(
            "SELECT a.*, u.name AS customer, w.name AS workspace FROM assessment a
             JOIN workspace w ON w.id = a.workspace_id JOIN customer u ON u.id = w.customer_id
             WHERE {} AND {by_contract} ORDER BY u.name, w.name, a.name, a.set_up_on, a.code",
            linked.conditions("w.customer_id", "", "w.id")
        );
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(assessment(row)?)?;
        }
        Ok(())
    }

    /// Hands every case covered to `each`, by number. A choice of contracts takes those filed on one of them.
    /// Whoever sees a case sees what it hangs from.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_case(&self, scope: &Scope, each: impl FnMut(CaseLine) -> Result<()>) -> Result<()> {
        self.each_case_where("k.partner_id IS NULL", scope, each)
    }

    /// The same with what partners filed.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_request(&self, scope: &Scope, each: impl FnMut(CaseLine) -> Result<()>) -> Result<()> {
        self.each_case_where("true", scope, each)
    }

    fn each_case_where(
        &self,
        condition: &str,
        scope: &Scope,
        mut each: impl FnMut(CaseLine) -> Result<()>,
    ) -> Result<()> {
        // Whoever sees a request sees whose it is.
        let sql = format!(
            "SELECT k.*, u.name AS customer, w.name AS workspace, q.name AS partner, c.number AS contract, p.code AS package,
               e.code AS entitlement
             FROM support_case k LEFT JOIN main.workspace w ON w.id = k.workspace_id
             LEFT JOIN main.customer u ON u.id = ifnull(w.customer_id, k.customer_id) LEFT JOIN main.partner q ON q.id = k.partner_id
             LEFT JOIN main.contract c ON c.id = k.contract_id LEFT JOIN main.package p ON p.id = k.package_id
             LEFT JOIN main.entitlement e ON e.id = k.entitlement_id
             WHERE {condition} AND {} ORDER BY k.number",
            scope.conditions("u.id", "k.contract_id", "w.id")
        );
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(case_line(row)?)?;
        }
        Ok(())
    }
}

fn contact(row: &Row<'_>) -> engine::Result<ContactLine> {
    Ok(ContactLine {
        customer: row.get("customer")?,
        contract: row.get("number")?,
        workspace: row.get("workspace")?,
        account: row.get("account")?,
        name: row.get("name")?,
        role: row.get("role")?,
        account_kind: row.get("account_kind")?,
        language: row.get("language")?,
        phone: row.get("phone")?,
        since: row.get("since_on")?,
        until: row.get("until_on")?,
    })
}

fn learning(row: &Row<'_>) -> engine::Result<LearningLine> {
    Ok(LearningLine {
        customer: row.get("customer")?,
        workspace: row.get("workspace")?,
        learner_name: row.get("learner_name")?,
        learner_account: row.get("learner_account")?,
        title: row.get("title")?,
        format: row.get("format")?,
        product: row.get("product")?,
        level: row.get("level")?,
        language: row.get("language")?,
        status: row.get("status")?,
        started_on: row.get("started_on")?,
        completed_on: row.get("completed_on")?,
        contract: row.get("number")?,
        package: row.get("package")?,
    })
}

fn assessment(row: &Row<'_>) -> engine::Result<AssessmentLine> {
    Ok(AssessmentLine {
        customer: row.get("customer")?,
        workspace: row.get("workspace")?,
        name: row.get("name")?,
        technology: row.get("technology")?,
        set_up_on: row.get("set_up_on")?,
        last_run_on: row.get("last_run_on")?,
        status: row.get("status")?,
        high_priority: row.get("high_priority")?,
        low_priority: row.get("low_priority")?,
        passed_checks: row.get("passed_checks")?,
    })
}

fn case_line(row: &Row<'_>) -> engine::Result<CaseLine> {
    Ok(CaseLine {
        customer: row.get("customer")?,
        workspace: row.get("workspace")?,
        partner: row.get("partner")?,
        plan: row.get("plan")?,
        contract: row.get("contract")?,
        package: row.get("package")?,
        entitlement: row.get("entitlement")?,
        category: row.get("category")?,
        language: row.get("language")?,
        assignee: row.get("assignee")?,
        responded_at: row.get("responded_at")?,
        resolved_at: row.get("resolved_at")?,
        case: Case {
            id: row.get("id")?,
            number: row.get("number")?,
            place: super::super::case::place(row)?,
            contract_id: row.get("contract_id")?,
            package_id: row.get("package_id")?,
            entitlement_id: row.get("entitlement_id")?,
            kind: row.get("kind")?,
            class: row.get("class")?,
            severity: row.get("severity")?,
            state: row.get("state")?,
            product: row.get("product")?,
            title: row.get("title")?,
            contact: row.get("contact")?,
            opened_at: row.get("opened_at")?,
            closed_at: row.get("closed_at")?,
        },
    })
}
