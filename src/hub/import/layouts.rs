//! The columns of each kind of row: one line for a column, from which the check, the templates and the manual are made.

use super::kind::{Field, Kind, Layout, Type};
use crate::domain::contract::{AccountKind, ContactRole, ContractKind, PackageKind, ScheduleKind};
use crate::domain::entitlement::{AllowanceKind, Category, Service, Unit};
use crate::domain::filing::Category as FilingCategory;
use crate::domain::partner::{Family, Qualification, Vetting};
use crate::domain::people::{GroupKind, MemberStatus};
use crate::domain::request::{CaseClass, CaseKind, CaseState, Severity};
use crate::domain::work::{AssessmentStatus, EngagementKind, EngagementStatus, LearningStatus};

const fn must(name: &'static str, holds: Type) -> Field {
    Field {
        name,
        required: true,
        holds,
    }
}

const fn may(name: &'static str, holds: Type) -> Field {
    Field {
        name,
        required: false,
        holds,
    }
}

macro_rules! word {
    ($what:literal, $type:ty) => {
        Type::Word($what, <$type>::WORDS)
    };
}

mod partner;

use Type::{Account, Count, Country, Day, Digits, Instant, Quantity, Text, YesNo, Zone};

/// What can happen to a request, by the words of [`crate::store::sqlite::Event`].
const EVENT_KINDS: &[&str] = &["state", "severity", "contact", "assignee", "note", "file"];

/// Every kind's columns, in the order of the kinds.
pub(super) static LAYOUTS: [Layout; 42] = [
    Layout {
        kind: Kind::Customers,
        fields: &[
            must("customer", Text),
            must("name", Text),
            may("country", Country),
            may("domain", Text),
            may("street", Text),
            may("city", Text),
            may("region", Text),
            may("postal_code", Text),
            may("contact_first", Text),
            may("contact_last", Text),
            may("mail", Account),
            may("phone", Text),
            may("registration_number", Text),
            may("language", Text),
            may("qualification", word!("qualification", Qualification)),
            may("vetting", word!("vetting status", Vetting)),
            may("vetting_reason", Text),
            may("archived_on", Day),
            may("self_purchase", Text),
        ],
        examples: [
            "C0001,Tatra Steel a. s.,SK,tatrasteel.example,Hlavná 1,Košice,,040 01,Eva,Malá,eva@tatrasteel.example,+421 55 555 0100,31000001,sk,none,none,,,microsoft-365",
            "C0002,Łódź Textiles sp. z o.o.,PL,,,,,,,,,,,pl,,,,,",
        ],
    },
    Layout {
        kind: Kind::Contracts,
        fields: &[
            must("contract", Text),
            must("customer", Text),
            must("kind", word!("kind of contract", ContractKind)),
            may("plan", Text),
            must("start", Day),
            must("end", Day),
            may("time_zone", Zone),
            may("csam", Text),
            may("account_coordinator", Text),
            may("incident_manager", Text),
        ],
        examples: [
            "012345678,C0001,unified,Performance,2026-01-01,2026-12-31,Europe/Bratislava,csam@provider.example,,",
            "P-4711,C0002,premier,,2026-04-01,2027-03-31,,,,im@provider.example",
        ],
    },
    Layout {
        kind: Kind::Schedules,
        fields: &[
            must("schedule", Text),
            must("contract", Text),
            must("kind", word!("kind of schedule", ScheduleKind)),
            must("start", Day),
            must("end", Day),
        ],
        examples: [
            "S-1,012345678,base,2026-01-01,2026-12-31",
            "S-2,P-4711,base,2026-04-01,2027-03-31",
        ],
    },
    Layout {
        kind: Kind::Packages,
        fields: &[
            must("package", Text),
            must("schedule", Text),
            must("name", Text),
            must("kind", word!("kind of package", PackageKind)),
            must("start", Day),
            must("end", Day),
            may("deactivated_on", Day),
        ],
        examples: [
            "PK-1,S-1,Unified Performance,enterprise-wide,2026-01-01,2026-12-31,",
            "PK-2,S-2,Designated engineering,add-on,2026-04-01,2027-03-31,2026-12-01",
        ],
    },
    Layout {
        kind: Kind::Entitlements,
        fields: &[
            must("entitlement", Text),
            must("package", Text),
            must("service", word!("service", Service)),
            must("category", word!("category", Category)),
            must("allowance", word!("allowance", AllowanceKind)),
            may("quantity", Quantity),
            may("unit", word!("unit", Unit)),
            must("description", Text),
            may("action_link", Text),
        ],
        examples: [
            "E-1,PK-1,proactive,consumable,limited,120,hours,Built-in proactive hours,https://provider.example/order",
            "E-2,PK-2,dse,consumable,as-needed,,hours,Designated support engineering,",
        ],
    },
    Layout {
        kind: Kind::Workspaces,
        fields: &[
            must("workspace", Text),
            must("customer", Text),
            must("name", Text),
            may("default", YesNo),
            may("administrator", Account),
            may("allow_personal", YesNo),
            may("archived_on", Day),
        ],
        examples: [
            "W-1,C0001,Headquarters,yes,admin@tatrasteel.example,no,",
            "W-2,C0002,Plant,,,yes,",
        ],
    },
    Layout {
        kind: Kind::Attachments,
        fields: &[
            must("workspace", Text),
            must("contract", Text),
            may("package", Text),
            may("attached_on", Day),
        ],
        examples: ["W-1,012345678,PK-1,2026-01-02", "W-2,P-4711,PK-2,"],
    },
    Layout {
        kind: Kind::Contacts,
        fields: &[
            must("contract", Text),
            must("account", Account),
            must("name", Text),
            must("role", word!("contact role", ContactRole)),
            may("workspace", Text),
            may("account_kind", word!("kind of account", AccountKind)),
            may("language", Text),
            may("phone", Text),
            must("since", Day),
            may("until", Day),
        ],
        examples: [
            "012345678,zofia@tatrasteel.example,Žofia Nováková,support-contact,W-1,work,sk,+421 2 555 0100,2026-01-01,",
            "P-4711,jan@lodz.example,Jan Wiśniewski,service-admin,W-2,work,pl,,2026-04-01,2026-09-30",
        ],
    },
    Layout {
        kind: Kind::Calendars,
        fields: &[must("calendar", Text), may("zone", Zone), must("week", Text)],
        examples: [
            "bratislava,Europe/Bratislava,mon-fri 08:00-16:30",
            "shop,,mon-fri 08:00-18:00; sat 09:00-12:00",
        ],
    },
    Layout {
        kind: Kind::Holidays,
        fields: &[must("calendar", Text), must("day", Day), must("name", Text)],
        examples: ["bratislava,2026-12-25,Christmas Day", "shop,2027-01-01,New Year"],
    },
    Layout {
        kind: Kind::Targets,
        fields: &[
            must("plan", Text),
            may("severity", word!("severity", Severity)),
            may("kind", word!("kind of case", CaseKind)),
            may("language", Text),
            must("minutes", Count),
            must("calendar", Text),
            may("pauses", YesNo),
        ],
        examples: [
            "premier,A,problem-resolution,sk,60,bratislava,yes",
            "premier,,,,480,shop,no",
        ],
    },
    Layout {
        kind: Kind::Administrators,
        fields: &[
            must("customer", Text),
            must("account", Account),
            may("name", Text),
        ],
        examples: [
            "C0001,helena@tatrasteel.example,Helena Biela",
            "C0002,ewa@lodz.example,",
        ],
    },
    Layout {
        kind: Kind::Groups,
        fields: &[
            must("group", Text),
            must("workspace", Text),
            must("name", Text),
            may("kind", word!("kind of group", GroupKind)),
            may("tenant", Text),
            may("object_id", Text),
            may("roles", Text),
        ],
        examples: [
            "G-1,W-1,Network,local,,,view-all-requests;learning",
            "G-2,W-2,Plant IT,directory,lodz.example,8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60,",
        ],
    },
    Layout {
        kind: Kind::People,
        fields: &[
            must("workspace", Text),
            must("account", Account),
            may("name", Text),
            may("account_kind", word!("kind of account", AccountKind)),
            may("roles", Text),
            may("support_contact", YesNo),
            may("service_admin", YesNo),
            may("status", word!("member status", MemberStatus)),
            may("language", Text),
            may("groups", Text),
            may("default_group", Text),
            may("label", Text),
            may("invited_at", Instant),
            may("expires_at", Instant),
            may("registered_at", Instant),
            may("sent", Count),
            may("removed_at", Instant),
        ],
        examples: [
            "W-1,milan@tatrasteel.example,Milan Hora,work,customer-activity;learning,no,no,registered,sk,G-1,G-1,,2026-01-05T08:00:00Z,,2026-01-06T09:30:00Z,1,",
            "W-2,ola@lodz.example,Ola Lis,personal,,no,no,invited,pl,,,plant,,,,,",
        ],
    },
    partner::PARTNERS,
    partner::SECURITY_GROUPS,
    partner::PARTNER_PEOPLE,
    partner::PARTNER_PLANS,
    partner::RELATIONSHIPS,
    partner::AGREEMENT_TEMPLATES,
    partner::AGREEMENTS,
    partner::DELEGATIONS,
    partner::DELEGATION_ROLES,
    partner::PRODUCTS,
    partner::SUBSCRIPTIONS,
    partner::SUBSCRIPTION_ROLES,
    partner::TRANSFERS,
    partner::RESERVATIONS,
    partner::RESERVATION_RETURNS,
    partner::CUSTOMER_PEOPLE,
    partner::LICENSES,
    Layout {
        kind: Kind::Cases,
        fields: &[
            must("case", Digits),
            may("workspace", Text),
            may("contract", Text),
            may("package", Text),
            may("entitlement", Text),
            must("kind", word!("kind of case", CaseKind)),
            may("class", word!("case class", CaseClass)),
            must("severity", word!("severity", Severity)),
            must("state", word!("state", CaseState)),
            may("product", Text),
            must("title", Text),
            may("contact", Text),
            must("opened_at", Instant),
            may("closed_at", Instant),
            may("description", Text),
            may("category", word!("category", FilingCategory)),
            may("language", Text),
            may("country", Country),
            may("around_the_clock", YesNo),
            may("filed_by", Text),
            may("named_contact", Text),
            may("assignee", Text),
            may("responded_at", Instant),
            may("resolved_at", Instant),
            may("resolution", Text),
            may("partner", Text),
            may("customer", Text),
            may("family", word!("product family", Family)),
            may("subscription", Text),
            may("plan", Text),
            may("not_covered_by", Text),
            may("because", Text),
        ],
        examples: [
            "2603010001,W-1,012345678,PK-1,E-1,problem-resolution,,B,closed,Directory,Sign-in fails,zofia@tatrasteel.example,2026-03-01T09:30:00Z,2026-03-02T15:00:00Z,Nobody can sign in since eight,,sk,SK,no,zofia@tatrasteel.example,,engineer@provider.example,2026-03-01T10:05:00Z,2026-03-02T14:00:00Z,Renewed the certificate,,,,,,,",
            "2603010002,W-2,,,,advisory,SU,C,open,,How to plan a move?,,2026-05-01T07:00:00Z,,,,,,,,,,,,,,,,,,,",
        ],
    },
    Layout {
        kind: Kind::Shares,
        fields: &[must("case", Digits), may("account", Account), may("group", Text)],
        examples: ["2603010001,milan@tatrasteel.example,", "2603010001,,G-1"],
    },
    Layout {
        kind: Kind::Events,
        fields: &[
            must("case", Digits),
            must("at", Instant),
            must("account", Text),
            must("kind", Type::Word("kind of event", EVENT_KINDS)),
            may("before", Text),
            may("after", Text),
            may("text", Text),
        ],
        examples: [
            "2603010001,2026-03-01T10:05:00Z,engineer@provider.example,state,open,in-progress,",
            "2603010001,2026-03-01T10:06:00Z,engineer@provider.example,note,,,Which certificate is in use?",
        ],
    },
    Layout {
        kind: Kind::Files,
        fields: &[
            must("case", Digits),
            must("name", Text),
            must("at", Instant),
            must("account", Text),
            must("sha256", Text),
        ],
        examples: [
            "2603010001,trace.txt,2026-03-01T09:40:00Z,zofia@tatrasteel.example,9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "2603010002,plan.pdf,2026-05-01T07:10:00Z,jan@lodz.example,60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
        ],
    },
    partner::INTAKE,
    Layout {
        kind: Kind::Engagements,
        fields: &[
            must("engagement", Text),
            must("workspace", Text),
            must("entitlement", Text),
            must("kind", word!("kind of engagement", EngagementKind)),
            must("title", Text),
            must("status", word!("engagement status", EngagementStatus)),
            may("planned_on", Day),
            may("delivered_on", Day),
            may("planned_quantity", Quantity),
            may("contact", Text),
        ],
        examples: [
            "EN-1,W-1,E-1,workshop,Recovery rehearsal,delivered,2026-03-10,2026-03-12,16,zofia@tatrasteel.example",
            "EN-2,W-2,E-2,dse,Weekly engineering,in-progress,2026-05-01,,,",
        ],
    },
    Layout {
        kind: Kind::Learning,
        fields: &[
            must("learning", Text),
            must("workspace", Text),
            must("learner_account", Account),
            must("learner_name", Text),
            must("title", Text),
            may("format", Text),
            may("product", Text),
            may("level", Text),
            may("language", Text),
            must("status", word!("learning status", LearningStatus)),
            may("started_on", Day),
            may("completed_on", Day),
            may("entitlement", Text),
        ],
        examples: [
            "L-1,W-1,zofia@tatrasteel.example,Žofia Nováková,Identity basics,video,Directory,100,sk,completed,2026-02-01,2026-02-03,",
            "L-2,W-2,jan@lodz.example,Jan Wiśniewski,Backup in practice,lab,,200,pl,registered,,,",
        ],
    },
    Layout {
        kind: Kind::Assessments,
        fields: &[
            must("assessment", Text),
            must("workspace", Text),
            must("name", Text),
            must("technology", Text),
            must("set_up_on", Day),
            may("last_run_on", Day),
            must("status", word!("assessment status", AssessmentStatus)),
            may("high_priority", Count),
            may("low_priority", Count),
            may("passed_checks", Count),
            may("entitlement", Text),
        ],
        examples: [
            "A-1,W-1,Directory health,Directory,2026-02-10,2026-03-01,active,3,12,140,",
            "A-2,W-2,Mail health,Mail,2026-05-10,,inactive,,,,",
        ],
    },
    Layout {
        kind: Kind::Deliveries,
        fields: &[
            must("source_key", Text),
            may("source", Text),
            may("entitlement", Text),
            may("workspace", Text),
            may("service", word!("service", Service)),
            must("delivered_on", Day),
            must("quantity", Quantity),
            may("reference", Text),
            may("note", Text),
            may("late", YesNo),
            may("corrects", Text),
            may("reason", Text),
        ],
        examples: [
            "D-1,timesheets,E-1,W-1,,2026-03-12,7.5,EN-1,First day,,,",
            "D-2,timesheets,E-2,,,2026-05-04,4,,,no,,",
        ],
    },
    Layout {
        kind: Kind::Health,
        fields: &[
            must("issue", Text),
            must("service", Text),
            must("title", Text),
            must("classification", Text),
            must("status", Text),
            may("region", Text),
            may("impact", Text),
            must("started_at", Instant),
            may("ended_at", Instant),
        ],
        examples: [
            "EX1042,Exchange Online,Mail is delayed,incident,investigating,Europe,Messages arrive an hour late,2026-11-20T06:10:00Z,",
            "SP0077,SharePoint Online,Search misses new files,advisory,serviceRestored,,,2026-10-02T09:00:00Z,2026-10-03T17:30:00Z",
        ],
    },
    Layout {
        kind: Kind::Updates,
        fields: &[must("issue", Text), must("at", Instant), must("text", Text)],
        examples: [
            "EX1042,2026-11-20T06:30:00Z,We look into a queue that does not drain.",
            "SP0077,2026-10-03T17:30:00Z,The index was built anew.",
        ],
    },
];
