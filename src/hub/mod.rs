//! The operations: the only way in, local or remote. Each is written once, as a value that says what it
//! needs; its command, its permission and its audit record hang from that one definition.

pub mod access;
mod acting;
pub mod activation;
pub mod activity;
pub mod agreement;
pub mod audit;
mod away;
pub mod contract;
pub mod copy;
pub mod customer;
pub mod delegation;
pub mod demo;
pub mod due;
pub mod entitlement;
mod entries;
pub mod export;
pub mod foreseen;
pub mod group;
pub mod health;
pub mod import;
pub mod intake;
pub mod ledger;
pub mod licence;
mod operation;
pub mod operations;
pub mod operator;
mod paged;
pub mod partner;
pub mod people;
mod posting;
pub mod product;
mod reading;
pub mod relationship;
pub mod request;
pub mod reservation;
pub mod role;
pub mod sign_in;
mod steps;
pub mod subscription;
pub mod target;
pub mod tenant;
pub mod token;
pub mod upkeep;
pub mod wire;
pub mod workspace;
mod writing;

use reading::View;

pub use operation::{Change, Done, Export, Mode, Query};
pub use paged::Paged;
pub use reading::Reading;
pub use wire::{Outlet, Route, Transport, Wire};
pub use writing::Writing;

use crate::domain::token::Scopes;
use crate::domain::{Day, Instant, Zone};
use crate::error::{Error, Result, codes};
use crate::policy::needs::ActOnBehalf;
use crate::policy::{self, Actor, Grant, Permission, Standing};
use crate::store::{Db, Dress, Read, Sight};
use away::Away;
use import::{Unwatched, Watch};

/// Who asks, when, and why: everything an operation may know besides its own arguments.
#[derive(Debug, Clone)]
pub struct Context {
    /// The acting person.
    pub actor: Actor,
    /// Now, as the command line took it; nothing below asks a clock (T-2).
    pub now: Instant,
    /// The day to report as of, when it is not today (T-2).
    pub as_of: Option<Day>,
    /// Why the change is made.
    pub reason: Option<String>,
    /// Where the change was asked for.
    pub ticket: Option<String>,
    /// The program and the machine.
    pub origin: String,
}

impl Context {
    /// The day asked about, in a contract's zone (T-1): `--as-of`, or today there.
    pub fn day_in(&self, zone: &Zone) -> Day {
        self.as_of.unwrap_or_else(|| self.now.day_in(zone))
    }

    /// The same for a zone by its name; the importer has checked the names.
    ///
    /// # Errors
    /// `E0100` when the store holds a name that this machine's rules do not know.
    pub fn day_at(&self, zone: &str) -> Result<Day> {
        if let Some(day) = self.as_of {
            return Ok(day);
        }
        let zone: Zone = zone
            .parse()
            .map_err(|e: crate::domain::DayError| codes::BAD_VALUE.error(e.to_string()))?;
        Ok(self.now.day_in(&zone))
    }
}

/// A hub one can ask.
#[derive(Debug)]
pub struct Hub {
    end: End,
    context: Context,
    scopes: Option<Scopes>,
}

/// Where a hub is.
#[derive(Debug)]
enum End {
    /// Here, on a store.
    Here(Box<Db>),
    /// Somewhere else.
    Away(Away),
}

impl Hub {
    /// A hub on a local store.
    pub fn local(db: Db, context: Context) -> Self {
        Self::at(End::Here(Box::new(db)), context)
    }

    /// A hub somewhere else. Who asks is known there; the context's actor is not asked.
    pub fn remote(transport: Box<dyn Transport>, context: Context) -> Self {
        Self::at(End::Away(Away::new(transport)), context)
    }

    fn at(end: End, context: Context) -> Self {
        Self {
            end,
            context,
            scopes: None,
        }
    }

    /// The same hub as far as a token carries: what follows needs the permission and a scope that includes it.
    #[must_use]
    pub fn within(mut self, scopes: Scopes) -> Self {
        self.scopes = Some(scopes);
        self
    }

    /// Who asks, when and why.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The person who acts, or on whose behalf things are done; none for an operator.
    ///
    /// # Errors
    /// When a hub somewhere else does not answer.
    pub fn person(&self) -> Result<Option<String>> {
        match &self.end {
            End::Here(_) => Ok(self.context.actor.account().map(str::to_owned)),
            End::Away(away) => away.person(),
        }
    }

    /// The same hub as another person finds it: what follows is done on that person's behalf, with that
    /// person's rights.
    ///
    /// # Errors
    /// `E0200` without the permission to; `E0110` when the hub knows no such account. A hub that is somewhere else
    /// says so with its first answer.
    pub fn on_behalf_of(mut self, account: &str) -> Result<Self> {
        self.act_for(account)?;
        Ok(self)
    }

    /// From here on the hub is as another person finds it.
    ///
    /// # Errors
    /// As [`Hub::on_behalf_of`].
    pub fn act_for(&mut self, account: &str) -> Result<()> {
        let context = &mut self.context;
        match &mut self.end {
            End::Away(away) => away.on_behalf = Some(account.to_owned()),
            End::Here(db) => {
                context.actor = db.read(|store| {
                    let grant = check::<ActOnBehalf>(&store, &context.actor)?.grant;
                    known_account(&store, account)?;
                    Ok(Actor::on_behalf(&grant, account))
                })?;
            }
        }
        Ok(())
    }

    /// The store again, for whoever asks next; none when it is somewhere else.
    pub fn into_store(self) -> Option<Db> {
        match self.end {
            End::Here(db) => Some(*db),
            End::Away(_) => None,
        }
    }

    /// Asks a question.
    ///
    /// # Errors
    /// `E0200` without the permission, `E0202` without the scope; else as the operation says.
    pub fn ask<Q: Query + Wire>(&self, query: &Q) -> Result<Q::Answer>
    where
        Q::Answer: Wire,
    {
        self.permit(Q::NAME, false)?;
        match &self.end {
            End::Here(db) => read(db, &self.context, |at| query.answer(at)),
            End::Away(away) => away.ask(&self.context, query),
        }
    }

    /// Asks a question of a store at hand, and hands the answer on as the question wants it.
    ///
    /// # Errors
    /// As [`Hub::ask`]; `E0016` when the store is somewhere else.
    pub fn ask_here<Q: Query>(&self, query: &Q) -> Result<Q::Answer> {
        self.permit(Q::NAME, false)?;
        match &self.end {
            End::Here(db) => read(db, &self.context, |at| query.answer(at)),
            End::Away(_) => Err(codes::NOT_AT_HAND.error(format!("{} needs a store at hand", Q::NAME))),
        }
    }

    /// Makes a report and writes it.
    ///
    /// # Errors
    /// `E0200` without the permission, `E0202` without the scope; else as the operation says.
    pub fn export<E: Export>(&self, export: &E, to: &mut dyn Outlet) -> Result<E::Answer> {
        self.permit(E::NAME, false)?;
        match &self.end {
            End::Here(db) => read(db, &self.context, |at| export.write(at, to)),
            End::Away(away) => away.export(&self.context, export, to),
        }
    }

    /// Makes a change, or tries it out.
    ///
    /// # Errors
    /// `E0200` without the permission, `E0202` without the scope; `E0010` when a change came without its record; else as the
    /// operation says. After an error nothing is changed.
    pub fn carry_out<C: Change>(&mut self, change: &C, mode: Mode) -> Result<Done<C::Answer>> {
        self.carry_out_watched(change, mode, &Unwatched)
    }

    /// The same for a change that takes long, with someone who watches.
    ///
    /// # Errors
    /// As [`Hub::carry_out`], and what the watcher answers.
    pub fn carry_out_watched<C: Change>(
        &mut self,
        change: &C,
        mode: Mode,
        watch: &dyn Watch,
    ) -> Result<Done<C::Answer>> {
        self.permit(C::NAME, true)?;
        match &mut self.end {
            End::Here(db) => write(db, &self.context, change, (mode, watch)),
            End::Away(away) => away.carry_out(&self.context, change, (mode, watch)),
        }
    }

    fn permit(&self, operation: &'static str, changes: bool) -> Result<()> {
        sign_in::permit(self.scopes.as_ref(), operation, changes)
    }
}

/// Reads one moment of a store, with a permission and as far as the acting person sees it.
fn read<P: Permission, T>(
    db: &Db,
    context: &Context,
    work: impl FnOnce(&Reading<'_, P>) -> Result<T>,
) -> Result<T> {
    db.dress(match context.actor {
        Actor::Operator(_) => Dress::None,
        Actor::Person { .. } => Dress::Shadow,
    })?;
    db.read(|store| {
        let Checked {
            grant,
            standing,
            sight,
        } = check::<P>(&store, &context.actor)?;
        let store = match &sight {
            Some(sight) => store.seen_by(sight)?,
            None => store,
        };
        let view = View {
            db,
            sight: sight.as_ref(),
        };
        work(&Reading::new((grant, standing), store, context, view))
    })
}

/// Makes a change in one transaction.
fn write<C: Change>(
    db: &mut Db,
    context: &Context,
    change: &C,
    (mode, watch): (Mode, &dyn Watch),
) -> Result<Done<C::Answer>> {
    db.dress(match context.actor {
        Actor::Operator(_) => Dress::None,
        Actor::Person { .. } => Dress::Sight,
    })?;
    let mut store = if change.proves_references() {
        db.write_proven()?
    } else {
        db.write()?
    };
    let Checked {
        grant,
        standing,
        sight,
    } = check::<C::Needs>(&store.read(), &context.actor)?;
    if let Some(sight) = sight {
        store.look_up_for(sight)?;
    }
    let mut writing = Writing::new((grant, standing), store, (context, watch), C::NAME);
    let answer = change.change(&mut writing)?;
    let changed = writing.finish(mode)?;
    Ok(Done { answer, changed })
}

/// What a check hands out: the permission, all that the person holds, and a person's view of the store.
struct Checked<P: Permission> {
    grant: Grant<P>,
    standing: Standing,
    sight: Option<Sight>,
}

fn check<P: Permission>(store: &Read<'_>, actor: &Actor) -> Result<Checked<P>> {
    let standing = match actor.account() {
        Some(account) => store.person(account)?,
        None => Standing::default(),
    };
    let grant = policy::check::<P>(actor, &standing)?;
    let sight = actor
        .account()
        .map(|_| Sight::new(actor, &standing, P::ID, grant.coverage()));
    Ok(Checked {
        grant,
        standing,
        sight,
    })
}

/// Passes for an account that the hub knows.
fn known_account(store: &Read<'_>, account: &str) -> Result<()> {
    if !store.person(account)?.holdings.is_empty() {
        return Ok(());
    }
    let known = store.accounts()?;
    if known.iter().any(|one| one.eq_ignore_ascii_case(account)) {
        return Ok(());
    }
    Err(no_account(account, &known))
}

/// "There is no such person", with the accounts that come near (K-9).
fn no_account(account: &str, known: &[String]) -> Error {
    let error = codes::NOT_FOUND.error(format!("the hub knows no account \"{account}\""));
    match crate::domain::near::nearest(account, known.iter().map(String::as_str)).as_slice() {
        [] => error.hint("`servhub user list --all-workspaces` shows who there is"),
        near => error.hint(format!("did you mean {}?", near.join(", "))),
    }
}
