//! What a question may use.

use super::Context;
use crate::policy::{Grant, Permission};
use crate::store::{Db, Read};
use std::ops::Deref;

/// The store as the holder of a permission may read it: one moment, one grant.
#[derive(Debug)]
pub struct Reading<'a, P: Permission> {
    grant: Grant<P>,
    store: Read<'a>,
    context: &'a Context,
    db: &'a Db,
}

impl<'a, P: Permission> Reading<'a, P> {
    pub(super) fn new(grant: Grant<P>, store: Read<'a>, context: &'a Context, db: &'a Db) -> Self {
        Self {
            grant,
            store,
            context,
            db,
        }
    }

    /// Who asks, when and why.
    pub fn context(&self) -> &Context {
        self.context
    }

    /// The permission this rests on.
    pub fn grant(&self) -> &Grant<P> {
        &self.grant
    }

    /// The store itself, for exports that read it with several connections.
    pub(crate) fn db(&self) -> &Db {
        self.db
    }
}

impl<'a, P: Permission> Deref for Reading<'a, P> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.store
    }
}
