//! What a question may use.

use super::Context;
use crate::domain::request::CasePlace;
use crate::error::Result;
use crate::policy::needs::{ExplainAccess, MaintainStore, ReadRequests};
use crate::policy::{self, Actor, Grant, Permission, Standing};
use crate::store::{Db, Dress, Read, Sight};
use std::ops::Deref;

/// The store as the holder of a permission may read it: one moment, one grant. Only the hub makes one, after
/// the check; an operation that names no permission has nothing to read from and does not compile (R-1).
///
/// ```compile_fail,E0046
/// use servhub::{error::Result, hub::{Query, Reading}};
/// struct Peek;
/// impl Query for Peek {
///     const NAME: &'static str = "peek";
///     type Answer = ();
///     fn answer(&self, _: &Reading<'_, Self::Needs>) -> Result<()> { Ok(()) }
/// }
/// ```
///
/// ```compile_fail,E0624
/// use servhub::{hub::{Context, Reading}, policy::{Grant, Standing, needs::Import}, store::Read};
/// fn made_up(grant: Grant<Import>, store: Read<'_>, context: &Context) {
///     Reading::new((grant, Standing::default()), store, context, todo!());
/// }
/// ```
#[derive(Debug)]
pub struct Reading<'a, P: Permission> {
    grant: Grant<P>,
    standing: Standing,
    store: Read<'a>,
    context: &'a Context,
    view: View<'a>,
}

/// The store behind a reading, and the person's view of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub db: &'a Db,
    pub sight: Option<&'a Sight>,
}

impl<'a, P: Permission> Reading<'a, P> {
    pub(super) fn new(
        (grant, standing): (Grant<P>, Standing),
        store: Read<'a>,
        context: &'a Context,
        view: View<'a>,
    ) -> Self {
        Self {
            grant,
            standing,
            store,
            context,
            view,
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

    /// A further permission of the same person, for an operation of which a part needs its own.
    ///
    /// # Errors
    /// `E0200` when the person holds it nowhere.
    pub fn also<Q: Permission>(&self) -> Result<Grant<Q>> {
        policy::check(self.grant.actor(), &self.standing)
    }

    /// Reads a part of the same moment through another permission of the same person, as far as that one reaches; none where
    /// the person does not hold it.
    ///
    /// # Errors
    /// What `work` answers, or the store's own failure.
    pub(super) fn through<Q: Permission, T>(
        &self,
        work: impl FnOnce(&Reading<'_, Q>) -> Result<T>,
    ) -> Result<Option<T>> {
        let Ok(grant) = self.also::<Q>() else {
            return Ok(None);
        };
        let actor = grant.actor();
        let sight = actor
            .account()
            .map(|_| Sight::new(actor, &self.standing, Q::ID, grant.coverage()));
        let store = match &sight {
            Some(sight) => self.store.seen_by(sight)?,
            None => self.store,
        };
        let view = View {
            db: self.view.db,
            sight: sight.as_ref(),
        };
        let part = work(&Reading::new(
            (grant, self.standing.clone()),
            store,
            self.context,
            view,
        ));
        // What follows is seen as before.
        if let Some(own) = self.view.sight {
            self.store.judge_for(own)?;
        }
        part.map(Some)
    }

    /// Another reader with the same view, for exports that read with two connections at once.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn second_reader(&self) -> Result<SecondReader<'a>> {
        Ok(SecondReader {
            db: self.view.db.second_reader()?,
            sight: self.view.sight,
        })
    }
}

impl<'a, P: Permission> Deref for Reading<'a, P> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.store
    }
}

impl Reading<'_, MaintainStore> {
    /// The store itself, for those who look after it.
    pub(crate) fn db(&self) -> &Db {
        self.view.db
    }
}

impl<P: Permission> Reading<'_, P> {
    /// The eyes of other people, for those who may ask what someone sees and why.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn eyes(&self, _may: &Grant<ExplainAccess>) -> Result<Eyes> {
        let db = self.view.db.second_reader()?;
        db.dress(Dress::Sight)?;
        Ok(Eyes { db })
    }
}

/// A connection on which one person's view after the other is looked at, with the whole store behind it.
#[derive(Debug)]
pub(crate) struct Eyes {
    db: Db,
}

impl Eyes {
    /// Accounts that come into question for seeing a request of a workspace or of a partner.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn accounts_around(&self, place: CasePlace) -> Result<Vec<String>> {
        self.db.read(|store| store.accounts_around(place))
    }

    /// What a person holds, and the store, which knows what that person sees of requests.
    ///
    /// # Errors
    /// What `work` answers, or the store's own failure.
    pub fn of<T>(&self, account: &str, work: impl FnOnce(&Standing, Read<'_>) -> Result<T>) -> Result<T> {
        self.db.read(|store| {
            let standing = store.person(account)?;
            let person = Actor::Person {
                account: account.to_owned(),
                by: None,
            };
            let seen = standing.coverage(ReadRequests::ID);
            store.judge_for(&Sight::new(&person, &standing, ReadRequests::ID, &seen))?;
            work(&standing, store)
        })
    }
}

/// What a question's connection wears.
fn dress(sight: Option<&Sight>) -> Dress {
    sight.map_or(Dress::None, |_| Dress::Shadow)
}

/// A second connection that sees what the first one does.
#[derive(Debug)]
pub(crate) struct SecondReader<'a> {
    db: Db,
    sight: Option<&'a Sight>,
}

impl SecondReader<'_> {
    /// Runs `work` on one consistent snapshot.
    ///
    /// # Errors
    /// What `work` answers, or the store's own failure.
    pub fn read<T>(&self, work: impl FnOnce(Read<'_>) -> Result<T>) -> Result<T> {
        self.db.dress(dress(self.sight))?;
        self.db.read(|store| match self.sight {
            Some(sight) => work(store.seen_by(sight)?),
            None => work(store),
        })
    }
}
