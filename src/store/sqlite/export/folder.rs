//! The store as the tables of an import folder.

use super::super::Read;
use crate::domain::Day;
use crate::error::Result;
use crate::store::engine::Row;

/// A file of the import folder; its columns stand in the order of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the files")]
pub enum Sheet {
    Customers,
    Contracts,
    Schedules,
    Packages,
    Entitlements,
    Workspaces,
    Attachments,
    Contacts,
    Calendars,
    Holidays,
    Targets,
    Administrators,
    Groups,
    People,
    Partners,
    SecurityGroups,
    PartnerPeople,
    PartnerPlans,
    Relationships,
    AgreementTemplates,
    Agreements,
    Delegations,
    DelegationRoles,
    Products,
    Subscriptions,
    SubscriptionRoles,
    Transfers,
    Reservations,
    ReservationReturns,
    CustomerPeople,
    Licenses,
    Cases,
    Shares,
    Events,
    Files,
    Intake,
    Engagements,
    Learning,
    Assessments,
    Deliveries,
    Health,
    Updates,
}

/// The cells of a row, as the store holds them.
#[derive(Debug)]
pub struct Cells<'a> {
    row: &'a Row<'a>,
}

impl Cells<'_> {
    /// A text; none where there is none.
    ///
    /// # Errors
    /// When the cell holds something else.
    pub fn text(&self, place: usize) -> Result<Option<&str>> {
        let text = self.row.get_ref(place)?.as_str_or_null();
        Ok(text.map_err(rusqlite::Error::from)?)
    }

    /// A whole number; none where there is none.
    ///
    /// # Errors
    /// When the cell holds something else.
    pub fn number(&self, place: usize) -> Result<Option<i64>> {
        Ok(self.row.get(place)?)
    }
}

/// Entries that the importer makes again by itself.
const DERIVED: &str = "('learning', 'contacts', 'assessments')";

impl Sheet {
    fn sql(self, today: Day) -> String {
        match self {
            Self::Customers => format!("SELECT u.code, u.name, u.country, u.domain, u.street, u.city, u.region, u.postal_code, u.contact_first,
                  u.contact_last, u.mail, u.phone, u.registration_number, u.language, u.qualification, u.vetting, u.vetting_reason,
                  u.archived_on, {}
                FROM customer u ORDER BY u.code",
                joined("family", "self_purchase WHERE customer_id = u.id")),
            Self::Contracts => "SELECT c.number, u.code, c.kind, c.plan, c.starts_on, c.ends_on, c.time_zone, c.csam,
                  c.account_coordinator, c.incident_manager
                FROM contract c JOIN customer u ON u.id = c.customer_id ORDER BY c.number".to_owned(),
            Self::Schedules => "SELECT s.code, c.number, s.kind, s.starts_on, s.ends_on
                FROM schedule s JOIN contract c ON c.id = s.contract_id ORDER BY s.code".to_owned(),
            Self::Packages => "SELECT p.code, s.code, p.name, p.kind, p.starts_on, p.ends_on, p.deactivated_on
                FROM package p JOIN schedule s ON s.id = p.schedule_id ORDER BY p.code".to_owned(),
            Self::Entitlements => "SELECT e.code, p.code, e.service, e.category, e.allowance, e.quantity, e.unit,
                  e.description, e.action_link
                FROM entitlement e JOIN package p ON p.id = e.package_id ORDER BY e.code".to_owned(),
            Self::Workspaces => "SELECT w.code, u.code, w.name, CASE WHEN w.is_default = 1 THEN 'yes' ELSE 'no' END, w.administrator,
                  CASE WHEN w.allow_personal = 1 THEN 'yes' ELSE 'no' END, w.archived_on
                FROM workspace w JOIN customer u ON u.id = w.customer_id ORDER BY w.code".to_owned(),
            Self::Attachments => "SELECT w.code AS a, c.number AS b, p.code AS d, k.attached_on
                FROM workspace_package k JOIN workspace w ON w.id = k.workspace_id JOIN package p ON p.id = k.package_id
                JOIN schedule s ON s.id = p.schedule_id JOIN contract c ON c.id = s.contract_id
                UNION ALL
                SELECT w.code, c.number, NULL, NULL
                FROM workspace_contract l JOIN workspace w ON w.id = l.workspace_id JOIN contract c ON c.id = l.contract_id
                WHERE NOT EXISTS (SELECT 1 FROM workspace_package k JOIN package p ON p.id = k.package_id
                  JOIN schedule s ON s.id = p.schedule_id
                  WHERE k.workspace_id = l.workspace_id AND s.contract_id = l.contract_id)
                ORDER BY a, b, d NULLS FIRST".to_owned(),
            Self::Contacts => "SELECT c.number, k.account, k.name, k.role, w.code, k.account_kind, k.language, k.phone,
                  k.since_on, k.until_on
                FROM contact k JOIN contract c ON c.id = k.contract_id LEFT JOIN workspace w ON w.id = k.workspace_id
                ORDER BY c.number, k.account, k.role, w.code NULLS FIRST".to_owned(),
            Self::Calendars => "SELECT name, zone, week FROM calendar ORDER BY name".to_owned(),
            Self::Holidays => "SELECT c.name, h.day, h.name
                FROM holiday h JOIN calendar c ON c.id = h.calendar_id ORDER BY c.name, h.day".to_owned(),
            Self::Targets => "SELECT t.plan, t.severity, t.kind, t.language, t.minutes, c.name, CASE WHEN t.pauses = 1 THEN 'yes' ELSE 'no' END
                FROM target t JOIN calendar c ON c.id = t.calendar_id
                ORDER BY t.plan, t.severity NULLS FIRST, t.kind NULLS FIRST, t.language NULLS FIRST".to_owned(),
            Self::Administrators => "SELECT u.code, a.account, a.name
                FROM administrator a JOIN customer u ON u.id = a.customer_id ORDER BY u.code, a.account".to_owned(),
            Self::Groups => format!("SELECT t.code, w.code, t.name, t.kind, t.tenant, t.object_id, {}
                FROM team t JOIN workspace w ON w.id = t.workspace_id ORDER BY t.code",
                joined("role", "team_role WHERE team_id = t.id")),
            Self::People => people(today),
            Self::Shares => "SELECT k.number AS a, s.account AS b, NULL AS c FROM case_share s
                JOIN support_case k ON k.id = s.case_id JOIN member m ON m.workspace_id = k.workspace_id AND m.account = s.account
                UNION ALL SELECT k.number, s.account, NULL FROM case_share s JOIN support_case k ON k.id = s.case_id
                JOIN partner_person q ON q.partner_id = k.partner_id AND q.account = s.account
                UNION ALL SELECT k.number, NULL, t.code FROM support_case k
                JOIN team t ON t.id = k.team_id AND t.workspace_id = k.workspace_id ORDER BY a, b NULLS FIRST, c NULLS FIRST".to_owned(),
            Self::Cases => "SELECT k.number, w.code, c.number, p.code, e.code, k.kind, k.class, k.severity, k.state,
                  k.product, k.title, k.contact, k.opened_at, k.closed_at, k.description, k.category, k.language, k.country,
                  CASE WHEN k.around_the_clock = 1 THEN 'yes' ELSE NULL END, k.filed_by, CASE WHEN k.named_contact IS NOT DISTINCT FROM k.contact THEN NULL ELSE k.named_contact END,
                  k.assignee, k.responded_at, k.resolved_at, k.resolution, q.code, u.code, k.family, k.subscription, k.plan,
                  k.not_covered_by, k.because
                FROM support_case k LEFT JOIN workspace w ON w.id = k.workspace_id
                LEFT JOIN partner q ON q.id = k.partner_id LEFT JOIN customer u ON u.id = k.customer_id
                LEFT JOIN contract c ON c.id = k.contract_id LEFT JOIN package p ON p.id = k.package_id
                LEFT JOIN entitlement e ON e.id = k.entitlement_id ORDER BY k.number".to_owned(),
            Self::Events => "SELECT k.number, e.at, e.account, e.kind, e.before, e.after, e.text
                FROM case_event e JOIN support_case k ON k.id = e.case_id ORDER BY k.number, e.at, e.id".to_owned(),
            Self::Files => "SELECT k.number, f.name, f.at, f.account, lower(hex(f.sha256))
                FROM case_file f JOIN support_case k ON k.id = f.case_id ORDER BY k.number, f.at, f.name".to_owned(),
            Self::Partners | Self::SecurityGroups | Self::PartnerPeople | Self::PartnerPlans | Self::Relationships
            | Self::AgreementTemplates | Self::Agreements | Self::Delegations | Self::DelegationRoles | Self::Products | Self::Subscriptions | Self::SubscriptionRoles
            | Self::Transfers | Self::Reservations | Self::ReservationReturns
            | Self::CustomerPeople | Self::Licenses | Self::Intake => super::partner::sql(self),
            Self::Health => "SELECT code, service, title, classification, status, region, impact, started_at, ended_at
                FROM health_issue ORDER BY code".to_owned(),
            Self::Updates => "SELECT i.code, u.at, u.text
                FROM health_update u JOIN health_issue i ON i.id = u.issue_id ORDER BY i.code, u.at, u.id".to_owned(),
            Self::Engagements => "SELECT g.code, w.code, e.code, g.kind, g.title, g.status, g.planned_on, g.delivered_on,
                  g.planned_quantity, g.contact
                FROM engagement g JOIN workspace w ON w.id = g.workspace_id
                JOIN entitlement e ON e.id = g.entitlement_id ORDER BY g.code".to_owned(),
            Self::Learning => "SELECT l.code, w.code, l.learner_account, l.learner_name, l.title, l.format, l.product,
                  l.level, l.language, l.status, l.started_on, l.completed_on, e.code
                FROM learning l JOIN workspace w ON w.id = l.workspace_id
                LEFT JOIN entitlement e ON e.id = l.entitlement_id ORDER BY l.code".to_owned(),
            Self::Assessments => "SELECT a.code, w.code, a.name, a.technology, a.set_up_on, a.last_run_on, a.status,
                  a.high_priority, a.low_priority, a.passed_checks, e.code
                FROM assessment a JOIN workspace w ON w.id = a.workspace_id
                LEFT JOIN entitlement e ON e.id = a.entitlement_id ORDER BY a.code".to_owned(),
            Self::Deliveries => deliveries(),
        }
    }
}

/// The values of a column of several rows in one cell.
pub(super) fn joined(column: &str, from: &str) -> String {
    format!("(SELECT string_agg(v, ';') FROM (SELECT {column} AS v FROM {from} ORDER BY 1) AS listed)")
}

/// A support contact whose days on the contract have run out is written as none: an import would name them anew.
fn people(today: Day) -> String {
    format!(
        "SELECT w.code, m.account, m.name, m.account_kind, {roles}, CASE WHEN m.support_contact = 1 AND EXISTS (
             SELECT 1 FROM contact n JOIN contract c ON c.id = n.contract_id
             WHERE n.account = m.account AND n.role = 'support-contact' AND (n.until_on IS NULL OR n.until_on > {day})
               AND c.customer_id = w.customer_id AND (n.workspace_id = w.id OR (n.workspace_id IS NULL AND w.is_default = 1)))
             THEN 'yes' ELSE 'no' END, CASE WHEN m.service_admin = 1 THEN 'yes' ELSE 'no' END, m.status, m.language, {groups}, d.code, m.label,
           m.invited_at, m.expires_at, m.registered_at, m.sent, m.removed_at
         FROM member m JOIN workspace w ON w.id = m.workspace_id LEFT JOIN team d ON d.id = m.default_group_id
         ORDER BY w.code, m.account",
        roles = joined("role", "member_role WHERE member_id = m.id"),
        groups = joined("t.code", "team_member x JOIN team t ON t.id = x.team_id WHERE x.member_id = m.id"),
        day = today.number()
    )
}

/// A correction names a key of its own source, so one that has another takes the source of what it reverses,
/// and its own as part of the key. It takes the entitlement and workspace from there, too.
fn deliveries() -> String {
    format!(
        "SELECT CASE WHEN b.id IS NULL OR b.source_id = l.source_id THEN l.source_key ELSE o.name || '/' || l.source_key END,
           coalesce(q.name, o.name), e.code, w.code, NULL, l.delivered_on, l.quantity, l.reference, l.note,
           CASE WHEN l.late = 1 THEN 'yes' ELSE NULL END, b.source_key, l.reason
         FROM ledger l JOIN source o ON o.id = l.source_id JOIN entitlement e ON e.id = l.entitlement_id
         JOIN workspace w ON w.id = l.workspace_id
         LEFT JOIN ledger b ON b.id = l.corrects LEFT JOIN source q ON q.id = b.source_id
         WHERE o.name NOT IN {DERIVED} AND ifnull(q.name, '') NOT IN {DERIVED}
         ORDER BY l.corrects IS NOT NULL, l.id"
    )
}

impl Read<'_> {
    /// Hands every row of a file to `each`, in an order that does not depend on how the store was filled;
    /// deliveries in the order in which they were recorded, and behind them the corrections, as an import
    /// applies them.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_row_of(
        &self,
        sheet: Sheet,
        today: Day,
        mut each: impl FnMut(&Cells<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.conn.prepare(&sheet.sql(today))?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(&Cells { row })?;
        }
        Ok(())
    }

    /// How many corrections, recorded by hand, reverse entries that the importer makes by itself: a folder
    /// cannot say that.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn corrections_of_derived(&self) -> Result<i64> {
        let sql = format!(
            "SELECT count(*) FROM ledger l JOIN source o ON o.id = l.source_id JOIN ledger b ON b.id = l.corrects
             JOIN source q ON q.id = b.source_id WHERE o.name NOT IN {DERIVED} AND q.name IN {DERIVED}"
        );
        Ok(self.conn.prepare(&sql)?.query_row([], |row| row.get(0))?)
    }
}
