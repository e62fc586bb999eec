//! The end of a hub that is somewhere else: operations as messages.

use super::import::Watch;
use super::wire::{Call, Carried, Reply, Transport};
use super::{Change, Context, Done, Export, Mode, Outlet, Query, Route, Wire};
use crate::error::{Error, Result, codes};
use serde::Serialize;

/// A hub somewhere else, and on whose behalf it is asked.
#[derive(Debug)]
pub(super) struct Away {
    transport: Box<dyn Transport>,
    pub on_behalf: Option<String>,
}

impl Away {
    pub fn new(transport: Box<dyn Transport>) -> Self {
        Self {
            transport,
            on_behalf: None,
        }
    }

    /// The person as whom the hub is asked.
    pub fn person(&self) -> Result<Option<String>> {
        match &self.on_behalf {
            Some(account) => Ok(Some(account.clone())),
            None => self.transport.holder(),
        }
    }

    pub fn ask<Q: Query + Wire>(&self, context: &Context, query: &Q) -> Result<Q::Answer>
    where
        Q::Answer: Wire,
    {
        let call = self.call(context, (Q::NAME, Q::ROUTE), Mode::Apply, query)?;
        read(&self.transport.call(&call)?)
    }

    pub fn export<E: Export>(&self, context: &Context, export: &E, to: &mut dyn Outlet) -> Result<E::Answer> {
        let call = self.call(context, (E::NAME, E::ROUTE), Mode::Apply, export)?;
        read(&self.transport.fetch(&call, to)?)
    }

    pub fn carry_out<C: Change>(
        &self,
        context: &Context,
        change: &C,
        (mode, watch): (Mode, &dyn Watch),
    ) -> Result<Done<C::Answer>> {
        let call = self.call(context, (C::NAME, C::ROUTE), mode, change)?;
        let reply = if C::HAS_FILES {
            self.transport.deliver(&call, &carried(change)?, watch)?
        } else {
            self.transport.call(&call)?
        };
        Ok(Done {
            answer: read(&reply)?,
            changed: reply.changed,
        })
    }

    fn call<'a>(
        &'a self,
        context: &'a Context,
        (operation, route): (&'static str, Route),
        mode: Mode,
        arguments: &impl Serialize,
    ) -> Result<Call<'a>> {
        Ok(Call {
            operation,
            route,
            context,
            on_behalf: self.on_behalf.as_deref(),
            mode,
            arguments: serde_json::to_value(arguments).map_err(unspeakable)?,
        })
    }
}

/// What travels with a change: the files that it names, then those that lie beside them.
fn carried<C: Change>(change: &C) -> Result<Vec<Carried>> {
    let enclosed = change.enclosed()?.into_iter().map(|(name, path)| Carried {
        path,
        name: Some(name),
    });
    let files = change.files().into_iter().map(Carried::named_by_change);
    Ok(files.chain(enclosed).collect())
}

fn read<T: Wire>(reply: &Reply) -> Result<T> {
    serde_json::from_slice(&reply.answer).map_err(unspeakable)
}

/// Both ends are made from the same types, so only another release speaks like this.
fn unspeakable(error: serde_json::Error) -> Error {
    codes::OTHER_RELEASE
        .error("the hub and this program do not understand each other")
        .hint("use the release that the hub runs: `servhub --version`")
        .because(error)
}
