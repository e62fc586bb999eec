//! The columns of the rows that reports share.

use crate::domain::other_case::OtherReason;
use crate::output::{Column, Value, col};
use crate::store::export::{AssessmentLine, CaseLine, ContactLine, LearningLine};

/// Columns of contacts.
pub(crate) const CONTACT: &[Column] = &[
    col("customer"),
    col("contract"),
    col("workspace"),
    col("name"),
    col("account"),
    col("role"),
    col("account_kind"),
    col("language"),
    col("phone"),
    col("since"),
    col("until"),
];

/// The values of a contact.
pub(crate) fn contact(row: &ContactLine) -> [Value<'_>; CONTACT.len()] {
    [
        (&row.customer).into(),
        (&row.contract).into(),
        (&row.workspace).into(),
        (&row.name).into(),
        (&row.account).into(),
        row.role.word().into(),
        row.account_kind.word().into(),
        (&row.language).into(),
        (&row.phone).into(),
        row.since.into(),
        row.until.into(),
    ]
}

/// Columns of learning activities, in the order of K-14.
pub(crate) const LEARNING: &[Column] = &[
    col("customer"),
    col("workspace"),
    col("learner_name"),
    col("learner_account"),
    col("title"),
    col("format"),
    col("product"),
    col("level"),
    col("language"),
    col("status"),
    col("started_on"),
    col("completed_on"),
    col("contract"),
    col("package"),
];

/// The values of a learning activity.
pub(crate) fn learning(row: &LearningLine) -> [Value<'_>; LEARNING.len()] {
    [
        (&row.customer).into(),
        (&row.workspace).into(),
        (&row.learner_name).into(),
        (&row.learner_account).into(),
        (&row.title).into(),
        (&row.format).into(),
        (&row.product).into(),
        (&row.level).into(),
        (&row.language).into(),
        row.status.word().into(),
        row.started_on.into(),
        row.completed_on.into(),
        (&row.contract).into(),
        (&row.package).into(),
    ]
}

/// Columns of assessments.
pub(crate) const ASSESSMENT: &[Column] = &[
    col("customer"),
    col("workspace"),
    col("name"),
    col("technology"),
    col("set_up_on"),
    col("last_run_on"),
    col("status"),
    col("high_priority"),
    col("low_priority"),
    col("passed_checks"),
];

/// The values of an assessment.
pub(crate) fn assessment(row: &AssessmentLine) -> [Value<'_>; ASSESSMENT.len()] {
    [
        (&row.customer).into(),
        (&row.workspace).into(),
        (&row.name).into(),
        (&row.technology).into(),
        row.set_up_on.into(),
        row.last_run_on.into(),
        row.status.word().into(),
        Value::Number(row.high_priority),
        Value::Number(row.low_priority),
        Value::Number(row.passed_checks),
    ]
}

/// Columns of other cases: the rule that fired stands right behind the number.
pub(crate) const OTHER_CASE: &[Column] = &[
    col("customer"),
    col("workspace"),
    col("number"),
    col("other_case_reason"),
    col("kind"),
    col("severity"),
    col("state"),
    col("product"),
    col("title"),
    col("contact"),
    col("opened_at"),
    col("closed_at"),
    col("contract"),
    col("package"),
    col("entitlement"),
];

/// The values of an other case.
pub(crate) fn other_case(row: &CaseLine, reason: OtherReason) -> [Value<'_>; OTHER_CASE.len()] {
    let case = &row.case;
    [
        (&row.customer).into(),
        (&row.workspace).into(),
        (&case.number).into(),
        reason.word().into(),
        case.kind.word().into(),
        case.severity.word().into(),
        case.state.word().into(),
        (&case.product).into(),
        (&case.title).into(),
        (&case.contact).into(),
        case.opened_at.into(),
        case.closed_at.into(),
        (&row.contract).into(),
        (&row.package).into(),
        (&row.entitlement).into(),
    ]
}
