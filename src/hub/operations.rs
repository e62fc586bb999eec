//! The register of operations, made from their types: names and needs are written nowhere twice. The access
//! matrix, the fault injection and the documentation of roles walk along it.

use super::export::cpod::TextSink;
use super::{
    Change, Query, access, activation, activity, audit, contract, customer, delegation, demo, entitlement,
    export, group, health, import, intake, ledger, operator, partner, people, product, request, role,
    subscription, target, token, upkeep, workspace,
};
use crate::output::Rows;
use crate::policy::{Permission, PermissionId};

/// What is known of an operation without running it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// `noun.verb`, its one name.
    pub name: &'static str,
    /// What the acting person must be permitted.
    pub needs: PermissionId,
    /// Whether it is a change; else it is a question.
    pub changes: bool,
}

impl Operation {
    /// The entry of a question.
    pub const fn question<Q: Query>() -> Self {
        Self {
            name: Q::NAME,
            needs: <Q::Needs as Permission>::ID,
            changes: false,
        }
    }

    /// The entry of a change.
    pub const fn change<C: Change>() -> Self {
        Self {
            name: C::NAME,
            needs: <C::Needs as Permission>::ID,
            changes: true,
        }
    }
}

macro_rules! register {
    (questions { $($question:ty),+ $(,)? } changes { $($change:ty),+ $(,)? }) => {
        /// Every operation: first the questions, then the changes. A question that can be answered in several
        /// ways stands here with one of its sinks.
        pub const OPERATIONS: &[Operation] = &[
            $(Operation::question::<$question>(),)+
            $(Operation::change::<$change>(),)+
        ];
    };
}

register! {
    questions {
        contract::List,
        contract::Show,
        contract::Expiring,
        entitlement::List,
        entitlement::Show,
        entitlement::Explain,
        workspace::List,
        workspace::Show,
        people::List,
        people::Show,
        people::adopt::Adopt,
        group::List,
        group::Mine,
        group::Show,
        role::List,
        request::List,
        request::Show,
        request::Check,
        request::Choices,
        request::Contexts,
        request::Sla,
        target::List,
        target::ShowPlan,
        target::ListCalendars,
        target::ShowCalendar,
        access::Explain,
        ledger::List,
        activity::Report,
        activity::ReportDetails,
        activity::Education,
        activity::Assessments,
        export::cpod::Cpod<TextSink>,
        export::activity::Activity<Rows>,
        export::education::Education<Rows>,
        export::requests::Requests<Rows>,
        export::users::Users<Rows>,
        export::folder::Folder,
        audit::List,
        audit::Export<'static>,
        audit::Verify,
        upkeep::Doctor,
        upkeep::Backup,
        request::File,
        health::List,
        health::Show,
        customer::List,
        customer::Show,
        partner::List,
        partner::Show,
        partner::Profile,
        delegation::List,
        delegation::Show,
        subscription::List,
        subscription::Show,
        product::List,
        intake::List,
        intake::Share,
        token::List,
        operator::List,
    }
    changes {
        activation::Activate,
        workspace::Create,
        workspace::Update,
        workspace::Attach,
        workspace::Detach,
        workspace::Archive,
        people::Invite,
        people::Accept,
        people::Resend,
        people::Remove,
        people::Restore,
        people::Update,
        people::Mark,
        people::NameAdmin,
        group::Create,
        group::Add,
        group::Remove,
        group::Grant,
        group::Revoke,
        group::ChooseDefault,
        group::SetDefault,
        role::Grant,
        role::Revoke,
        role::Appoint,
        role::Dismiss,
        request::Share,
        request::Create,
        request::Note,
        request::SetSeverity,
        request::HandOver,
        request::Assign,
        request::Ask,
        request::Resolve,
        request::Close,
        request::Reopen,
        import::ApplyPeople<'static>,
        ledger::Record,
        ledger::Correct,
        import::Apply<'static>,
        demo::Fill<'static>,
        request::Attach,
        partner::SetProfile,
        request::SupportGroup,
        intake::Add,
        intake::Update,
        token::Create,
        token::Revoke,
        operator::Appoint,
        operator::Dismiss,
    }
}
