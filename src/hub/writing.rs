//! What a change may use.

use super::import::Watch;
use super::{Context, Mode};
use crate::audit::Entry;
use crate::error::{Result, codes};
use crate::policy::{self, Grant, Permission, Standing};
use crate::store::{Read, Write};
use serde::Serialize;
use std::ops::Deref;

/// A write transaction in the hands of someone permitted, with the duty to record (X-1). Only the hub makes
/// one, and only the hub commits it.
///
/// ```compile_fail,E0624
/// use servhub::{hub::{Mode, Writing}, policy::needs::Import};
/// fn without_a_record(at: Writing<'_, Import>) {
///     at.finish(Mode::Apply);
/// }
/// ```
///
/// ```compile_fail,E0624
/// use servhub::store::Db;
/// fn past_the_hub(db: &mut Db) {
///     db.write().unwrap().commit().unwrap();
/// }
/// ```
pub struct Writing<'a, P: Permission> {
    grant: Grant<P>,
    standing: Standing,
    store: Write<'a>,
    context: &'a Context,
    watch: &'a dyn Watch,
    action: &'static str,
    recorded: usize,
    undone: bool,
}

impl<P: Permission> std::fmt::Debug for Writing<'_, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writing")
            .field("action", &self.action)
            .finish_non_exhaustive()
    }
}

impl<'a, P: Permission> Writing<'a, P> {
    pub(super) fn new(
        (grant, standing): (Grant<P>, Standing),
        store: Write<'a>,
        (context, watch): (&'a Context, &'a dyn Watch),
        action: &'static str,
    ) -> Self {
        Self {
            grant,
            standing,
            store,
            context,
            watch,
            action,
            recorded: 0,
            undone: false,
        }
    }

    /// Who asks, when and why.
    pub fn context(&self) -> &Context {
        self.context
    }

    /// Who watches a change that takes long.
    pub(super) fn watch(&self) -> &'a dyn Watch {
        self.watch
    }

    /// The permission this rests on.
    pub fn grant(&self) -> &Grant<P> {
        &self.grant
    }

    /// A further permission of the same person, for a change of which a part needs its own.
    ///
    /// # Errors
    /// `E0200` when the person holds it nowhere.
    pub fn also<Q: Permission>(&self) -> Result<Grant<Q>> {
        policy::check(self.grant.actor(), &self.standing)
    }

    /// The same transaction, for reading: names as the acting person knows them, and for rules the whole store.
    pub fn reading(&self) -> Read<'_> {
        self.store.read()
    }

    /// Records one change: what was touched (`kind:id`), and its state before and after.
    ///
    /// # Errors
    /// Any failure ends the whole change (X-1: no record, no change).
    pub fn record<T: Serialize>(
        &mut self,
        subject: &str,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<()> {
        let json = |state: Option<&T>| {
            let text = state.map(serde_json::to_string).transpose();
            text.map_err(|error| {
                codes::STORE_FAILED
                    .error("a record could not be written")
                    .because(error)
            })
        };
        let entry = Entry {
            at: self.context.now,
            actor: self.grant.actor().name().to_owned(),
            on_behalf: self.grant.actor().principal().map(str::to_owned),
            action: self.action.to_owned(),
            subject: subject.to_owned(),
            before: json(before)?,
            after: json(after)?,
            reason: self.context.reason.clone(),
            ticket: self.context.ticket.clone(),
            origin: self.context.origin.clone(),
        };
        self.store.append_audit(&entry)?;
        self.recorded += 1;
        Ok(())
    }

    /// Gives the change up without an error, for operations whose answer tells why: nothing will be kept.
    pub fn undo(&mut self) {
        self.undone = true;
    }

    /// Commits or rolls back; says whether there was anything to keep.
    pub(super) fn finish(self, mode: Mode) -> Result<bool> {
        let changed = self.store.has_changes() && !self.undone;
        if changed && self.recorded == 0 {
            return Err(codes::UNRECORDED_CHANGE.error(format!(
                "{} changed the store without an audit record",
                self.action
            )));
        }
        if changed && mode == Mode::Apply {
            self.store.commit()?;
        }
        Ok(changed)
    }
}

impl<'a, P: Permission> Deref for Writing<'a, P> {
    type Target = Write<'a>;
    fn deref(&self) -> &Write<'a> {
        &self.store
    }
}
