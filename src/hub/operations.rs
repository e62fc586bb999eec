//! The register of operations, made from their types: names, needs and routes are written nowhere twice. The access
//! matrix, the fault injection, the documentation of roles, the server and its description walk along it.

use super::import::Watch;
use super::wire::{Carried, Reply};
use super::{
    Change, Export, Hub, Mode, Outlet, Query, Route, Wire, access, activation, activity, agreement, audit,
    contract, customer, delegation, demo, due, entitlement, export, group, health, import, intake, ledger,
    licence, operator, partner, people, product, relationship, request, reservation, role, subscription,
    target, tenant, token, upkeep, workspace,
};
use crate::error::{Error, Result, codes};
use crate::policy::{Permission, PermissionId};
use schemars::{Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

/// What is known of an operation without running it, and how it is run from a message.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// `noun.verb`, its one name.
    pub name: &'static str,
    /// What the acting person must be permitted.
    pub needs: PermissionId,
    /// Where it stands in the interface.
    pub route: Route,
    /// How it is run.
    pub run: Run,
    /// How its arguments and its answer look.
    pub look: fn(&mut SchemaGenerator) -> Look,
}

/// How an operation is run from a message.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// A question.
    Ask(fn(&Hub, Value) -> Result<Reply>),
    /// A change.
    CarryOut {
        /// Runs it with the files that were handed in.
        run: Runner,
        /// Whether files can belong to it.
        has_files: bool,
    },
    /// A report that is handed on while it is made.
    Export(fn(&Hub, Value, &mut dyn Outlet) -> Result<Reply>),
}

/// Carries a change out from its arguments, with the files that were handed in.
pub type Runner = fn(&mut Hub, Value, Mode, Vec<Carried>, &dyn Watch) -> Result<Reply>;

/// How an operation looks on the wire.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its arguments, an object.
    pub arguments: Schema,
    /// Its answer.
    pub answer: Schema,
}

impl Operation {
    /// Whether it is a change; else it reads.
    pub const fn changes(&self) -> bool {
        matches!(self.run, Run::CarryOut { .. })
    }

    /// How its arguments are written into an address.
    pub fn signature(&self) -> crate::api::Signature {
        let mut generator = SchemaGenerator::default();
        let mut arguments = (self.look)(&mut generator).arguments;
        arguments.insert("$defs".to_owned(), generator.take_definitions(false).into());
        crate::api::Signature::of(arguments.as_value())
    }

    /// The entry of a question.
    pub const fn question<Q: Query + Wire>() -> Self
    where
        Q::Answer: Wire,
    {
        Self {
            name: Q::NAME,
            needs: <Q::Needs as Permission>::ID,
            route: Q::ROUTE,
            run: Run::Ask(ask::<Q>),
            look: look::<Q, Q::Answer>,
        }
    }

    /// The entry of a change.
    pub const fn change<C: Change>() -> Self {
        Self {
            name: C::NAME,
            needs: <C::Needs as Permission>::ID,
            route: C::ROUTE,
            run: Run::CarryOut {
                run: carry_out::<C>,
                has_files: C::HAS_FILES,
            },
            look: look::<C, C::Answer>,
        }
    }

    /// The entry of a report.
    pub const fn report<E: Export>() -> Self {
        Self {
            name: E::NAME,
            needs: <E::Needs as Permission>::ID,
            route: E::ROUTE,
            run: Run::Export(write::<E>),
            look: look::<E, E::Answer>,
        }
    }
}

fn ask<Q: Query + Wire>(hub: &Hub, arguments: Value) -> Result<Reply>
where
    Q::Answer: Wire,
{
    reply(false, &hub.ask(&read::<Q>(arguments)?)?)
}

fn carry_out<C: Change>(
    hub: &mut Hub,
    arguments: Value,
    mode: Mode,
    carried: Vec<Carried>,
    watch: &dyn Watch,
) -> Result<Reply> {
    let mut change = read::<C>(arguments)?;
    let (mut files, mut enclosed) = (Vec::new(), Vec::new());
    for Carried { path, name } in carried {
        match name {
            None => files.push(path),
            Some(name) => enclosed.push((name, path)),
        }
    }
    if change.files().len() != files.len() {
        let message = format!(
            "{} files belong to it, and {} came",
            change.files().len(),
            files.len()
        );
        return Err(codes::BAD_VALUE.error(message));
    }
    change.hand_in(files);
    change.hand_in_enclosed(enclosed);
    let done = hub.carry_out_watched(&change, mode, watch)?;
    reply(done.changed, &done.answer)
}

fn write<E: Export>(hub: &Hub, arguments: Value, to: &mut dyn Outlet) -> Result<Reply> {
    reply(false, &hub.export(&read::<E>(arguments)?, to)?)
}

fn look<A: Wire, B: Wire>(generator: &mut SchemaGenerator) -> Look {
    Look {
        arguments: A::json_schema(generator),
        answer: generator.subschema_for::<B>(),
    }
}

/// The arguments of an operation, or what is wrong with them.
fn read<T: Wire>(arguments: Value) -> Result<T> {
    serde_json::from_value(arguments).map_err(|error| codes::BAD_VALUE.error(error.to_string()))
}

fn reply(changed: bool, answer: &impl Serialize) -> Result<Reply> {
    let answer = serde_json::to_vec(answer).map_err(unspeakable)?;
    Ok(Reply { changed, answer })
}

fn unspeakable(error: serde_json::Error) -> Error {
    codes::STORE_FAILED
        .error("the answer could not be written")
        .because(error)
}

macro_rules! register {
    (questions { $($question:ty),+ $(,)? } reports { $($report:ty),+ $(,)? } changes { $($change:ty),+ $(,)? }) => {
        /// Every operation: first the questions, then the reports, then the changes.
        pub const OPERATIONS: &[Operation] = &[
            $(Operation::question::<$question>(),)+
            $(Operation::report::<$report>(),)+
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
        audit::List,
        audit::Verify,
        upkeep::Doctor,
        health::List,
        health::Show,
        customer::List,
        customer::Show,
        customer::ShowSelfPurchase,
        customer::ShowSupporter,
        relationship::List,
        agreement::Templates,
        agreement::Status,
        partner::List,
        partner::Show,
        partner::Profile,
        partner::Find,
        delegation::List,
        delegation::Show,
        delegation::Check,
        due::List,
        customer::Overview,
        subscription::List,
        subscription::Show,
        subscription::transfer::List,
        reservation::List,
        reservation::Show,
        product::List,
        tenant::List,
        licence::List,
        intake::List,
        intake::Share,
        token::List,
        operator::List,
    }
    reports {
        people::adopt::Adopt,
        export::cpod::CpodFile,
        export::activity::ActivityFile,
        export::education::EducationFile,
        export::requests::RequestsFile,
        export::users::UsersFile,
        export::folder::Folder,
        audit::File,
        upkeep::Backup,
        request::File,
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
        import::ApplyPeople,
        import::ApplyCustomerPeople,
        import::ApplyLicences,
        ledger::Record,
        ledger::Correct,
        import::Apply,
        demo::Fill,
        request::Attach,
        partner::SetProfile,
        delegation::Request,
        delegation::Approve,
        delegation::Assign,
        delegation::Terminate,
        delegation::Extend,
        customer::Add,
        customer::Update,
        customer::Archive,
        customer::Allow,
        customer::Deny,
        customer::SetSupporter,
        relationship::Request,
        relationship::Accept,
        relationship::Remove,
        agreement::Invite,
        agreement::Confirm,
        request::SupportGroup,
        tenant::Create,
        tenant::Update,
        tenant::Delete,
        tenant::Restore,
        licence::Assign,
        licence::Revoke,
        intake::Add,
        intake::Update,
        subscription::Create,
        subscription::CreateMany,
        subscription::Buy,
        subscription::SetQuantity,
        subscription::SetQuantities,
        subscription::SetRenewal,
        subscription::Suspend,
        subscription::Resume,
        subscription::Cancel,
        subscription::transfer::Request,
        subscription::transfer::Accept,
        subscription::transfer::Reject,
        subscription::transfer::Cancel,
        reservation::Calculate,
        reservation::Confirm,
        token::Create,
        token::Revoke,
        operator::Appoint,
        operator::Dismiss,
    }
}
