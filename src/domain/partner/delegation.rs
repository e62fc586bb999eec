//! The life of a delegation (GDAP, G-3): `created` → `approval-pending` → `approved` → `activating` → `active` →
//! `expiring` → `expired`, and `termination-requested` → `terminating` → `terminated`.
//!
//! What people decide is kept; what time does is never kept but follows from the kept state and the moment of asking
//! ([`Life::status`]). Nothing has to be advanced, so nothing can be forgotten, and a list, the rules of filing and a
//! change that come at the same moment find the same state. The kept state is private for that reason: whoever reads
//! a life has to say when.

use super::DelegationStatus::{self, *};
use crate::domain::Instant;
use crate::domain::cycle::{Cycle, NoWay};
use crate::domain::words::words;

const DAY: i64 = 86_400;
/// For so many days access is delegated at most.
pub const MOST_DAYS: i64 = 730;
/// A request that the customer ignores lapses after so many days.
pub const LAPSES_AFTER: i64 = 90;
/// A delegation is expiring so many days ahead of its end.
pub const EXPIRES_AHEAD: i64 = 30;
/// An extension adds so many days.
pub const EXTENDS_BY: i64 = 180;
/// A name has at most so many characters.
pub const NAME_LENGTH: usize = 50;

words! {
    /// What moves a delegation on.
    DelegationStep, "step of a delegation" {
        /// The partner asks the customer.
        Ask = "ask",
        /// The customer agrees.
        Approve = "approve",
        /// Its first moment has come.
        Begin = "begin",
        /// It is set up.
        SetUp = "set-up",
        /// The partner gives its roles to groups.
        Assign = "assign",
        /// Its end is 30 days ahead.
        NearEnd = "near-end",
        /// Days are added.
        Extend = "extend",
        /// Its days are over.
        Expire = "expire",
        /// The customer has not answered.
        Lapse = "lapse",
        /// Either side wants it to end.
        AskToEnd = "ask-to-end",
        /// It is being taken down.
        TakeDown = "take-down",
        /// It is gone.
        End = "end",
    }
}

impl DelegationStep {
    /// Whether time takes it, and nobody else.
    pub const fn is_of_time(self) -> bool {
        matches!(
            self,
            Self::Begin | Self::SetUp | Self::NearEnd | Self::Expire | Self::Lapse
        )
    }
}

use DelegationStep::{
    Approve, Ask, AskToEnd, Assign, Begin, End, Expire, Extend, Lapse, NearEnd, SetUp, TakeDown,
};

/// Where each step leads.
pub const DELEGATION: Cycle<DelegationStatus, DelegationStep> = Cycle {
    of: "a delegation",
    begins: &[Created],
    moves: &[
        (Created, Ask, ApprovalPending),
        (Created, AskToEnd, TerminationRequested),
        (ApprovalPending, Approve, Approved),
        (ApprovalPending, Lapse, Expired),
        (ApprovalPending, AskToEnd, TerminationRequested),
        (Approved, Begin, Activating),
        (Approved, Assign, Approved),
        (Approved, AskToEnd, TerminationRequested),
        (Activating, SetUp, Active),
        (Activating, Assign, Activating),
        (Activating, AskToEnd, TerminationRequested),
        (Active, NearEnd, Expiring),
        (Active, Assign, Active),
        (Active, Extend, Active),
        (Active, AskToEnd, TerminationRequested),
        (Expiring, Expire, Expired),
        (Expiring, Assign, Expiring),
        (Expiring, Extend, Active),
        (Expiring, AskToEnd, TerminationRequested),
        (TerminationRequested, TakeDown, Terminating),
        (Terminating, End, Terminated),
    ],
};

/// What is kept of a delegation's life, column by column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Kept {
    pub status: DelegationStatus,
    /// Its first moment; before it is approved, the one that is wished for.
    pub starts: Option<Instant>,
    /// The moment before which it ends.
    pub ends: Option<Instant>,
    /// For how many days it is, or was, asked for.
    pub days: Option<i64>,
    pub auto_extend: bool,
    pub asked: Option<Instant>,
    pub approved: Option<Instant>,
    pub ended: Option<Instant>,
}

/// A delegation's life: what people decided, and through that what it is at any moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life(Kept);

/// Why a delegation is not extended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unextended {
    /// The step does not lead on from its state.
    #[error(transparent)]
    NoWay(#[from] NoWay),
    /// It would reach too far.
    #[error("it would end on {0}, more than {MOST_DAYS} days ahead")]
    TooFar(Instant),
    /// It has no end.
    #[error("it has no end that could be moved")]
    Endless,
}

impl Life {
    /// A life as it is kept.
    pub const fn of(kept: Kept) -> Self {
        Self(kept)
    }

    /// What is to be kept of it.
    pub const fn kept(&self) -> &Kept {
        &self.0
    }

    /// A new one, that nobody was asked for yet.
    pub const fn created(days: i64, starts: Option<Instant>, auto_extend: bool) -> Self {
        Self(Kept {
            status: Created,
            starts,
            ends: None,
            days: Some(days),
            auto_extend,
            asked: None,
            approved: None,
            ended: None,
        })
    }

    /// What it is at a moment: the kept state, and every step that time has taken since.
    pub fn status(&self, now: Instant) -> DelegationStatus {
        let mut state = match self.0.status {
            // Near its end or not is never kept.
            Expiring => Active,
            kept => kept,
        };
        // What was taken over as active, with a beginning that is yet to come.
        if state == Active && self.0.starts.is_some_and(|starts| now < starts) {
            return Approved;
        }
        while let Some((step, when)) = self.next(state, now) {
            if now < when {
                break;
            }
            match DELEGATION.next(state, step) {
                Ok(to) => state = to,
                Err(_) => break,
            }
        }
        state
    }

    /// The step that time takes next from a state, and when.
    fn next(&self, state: DelegationStatus, now: Instant) -> Option<(DelegationStep, Instant)> {
        let ends = self.ends(now).filter(|_| !self.0.auto_extend);
        // What was approved here begins by itself, and nothing has to be set up. What was taken over as approved or
        // activating waits for the word of whoever sets it up.
        let starts = self.0.starts.filter(|_| self.0.approved.is_some());
        Some(match state {
            ApprovalPending => (Lapse, self.lapses()?),
            Approved => (Begin, starts?),
            Activating => (SetUp, starts?),
            Active => (NearEnd, ends?.plus_seconds(-EXPIRES_AHEAD * DAY)),
            Expiring => (Expire, ends?),
            _ => return None,
        })
    }

    /// Whether access goes through it at a moment.
    pub fn holds(&self, now: Instant) -> bool {
        matches!(self.status(now), Active | Expiring)
    }

    /// Its first moment, or the one that is wished for.
    pub const fn starts(&self) -> Option<Instant> {
        self.0.starts
    }

    /// The moment before which it ends, as far as that is known at a moment: one that extends itself has always one ahead.
    pub fn ends(&self, now: Instant) -> Option<Instant> {
        let ends = self.0.ends?;
        let over = ends.seconds_until(now);
        let goes_on = matches!(self.0.status, Approved | Activating | Active | Expiring);
        if !self.0.auto_extend || !goes_on || over < 0 {
            return Some(ends);
        }
        let span = EXTENDS_BY * DAY;
        Some(ends.plus_seconds((over / span + 1) * span))
    }

    /// When the request lapses, while one waits.
    pub fn lapses(&self) -> Option<Instant> {
        let asked = self.0.asked.filter(|_| self.0.status == ApprovalPending);
        asked.map(|asked| asked.plus_seconds(LAPSES_AFTER * DAY))
    }

    /// For how many days it was asked for, also when nothing but its beginning and end is known.
    pub fn days(&self) -> Option<i64> {
        let span = || Some(self.0.starts?.seconds_until(self.0.ends?) / DAY);
        self.0.days.or_else(span)
    }

    /// Whether it extends itself.
    pub const fn extends_itself(&self) -> bool {
        self.0.auto_extend
    }

    /// When the customer was asked.
    pub const fn asked(&self) -> Option<Instant> {
        self.0.asked
    }

    /// When the customer agreed.
    pub const fn approved(&self) -> Option<Instant> {
        self.0.approved
    }

    /// When somebody ended it.
    pub const fn ended(&self) -> Option<Instant> {
        self.0.ended
    }

    /// Asks the customer.
    ///
    /// # Errors
    /// [`NoWay`] when it is not new any more.
    pub fn ask(self, now: Instant) -> Result<Self, NoWay> {
        let status = DELEGATION.next(self.status(now), Ask)?;
        Ok(Self(Kept {
            status,
            asked: Some(now),
            ..self.0
        }))
    }

    /// The customer agrees: it begins now, or later where that was wished for, and its days count from there.
    ///
    /// # Errors
    /// [`NoWay`] when nobody was asked, or it has lapsed.
    pub fn approve(self, now: Instant) -> Result<Self, NoWay> {
        let status = DELEGATION.next(self.status(now), Approve)?;
        let days = self.days().unwrap_or(MOST_DAYS);
        let starts = self.0.starts.map_or(now, |wished| wished.max(now));
        Ok(Self(Kept {
            status,
            starts: Some(starts),
            ends: Some(starts.plus_seconds(days * DAY)),
            days: Some(days),
            approved: Some(now),
            ..self.0
        }))
    }

    /// Passes while its roles can be given to groups.
    ///
    /// # Errors
    /// [`NoWay`] before it was approved and when it is over.
    pub fn check_assign(&self, now: Instant) -> Result<(), NoWay> {
        DELEGATION.next(self.status(now), Assign).map(|_| ())
    }

    /// Adds days, as far as the vendor allows.
    ///
    /// # Errors
    /// [`Unextended`] says why not.
    pub fn extend(self, now: Instant) -> Result<Self, Unextended> {
        let status = DELEGATION.next(self.status(now), Extend)?;
        let ends = self.ends(now).ok_or(Unextended::Endless)?;
        let ends = ends.plus_seconds(EXTENDS_BY * DAY);
        if now.seconds_until(ends) > MOST_DAYS * DAY {
            return Err(Unextended::TooFar(ends));
        }
        Ok(Self(Kept {
            status,
            ends: Some(ends),
            ..self.0
        }))
    }

    /// From now on it extends itself, or no more. While nobody was asked yet it is a part of what is asked for.
    ///
    /// # Errors
    /// [`NoWay`] when the customer is asked for something else, and when it is over.
    pub fn extend_itself(self, yes: bool, now: Instant) -> Result<Self, NoWay> {
        let state = self.status(now);
        let status = match state {
            Created => Created,
            other => DELEGATION.next(other, Extend)?,
        };
        Ok(Self(Kept {
            status,
            // What it has added by itself until now stays.
            ends: self.ends(now),
            auto_extend: yes,
            ..self.0
        }))
    }

    /// Either side ends it. Nothing has to be taken down here, so that it is gone at once.
    ///
    /// # Errors
    /// [`NoWay`] when it is over already.
    pub fn end(self, now: Instant) -> Result<Self, NoWay> {
        let mut status = self.status(now);
        // What was taken over half-way is brought to its end.
        for step in [AskToEnd, TakeDown, End] {
            let begun = match status {
                TerminationRequested => step == AskToEnd,
                Terminating => step != End,
                _ => false,
            };
            if !begun {
                status = DELEGATION.next(status, step)?;
            }
        }
        Ok(Self(Kept {
            status,
            ends: self.ends(now),
            ended: Some(now),
            ..self.0
        }))
    }
}

/// States that a delegation can be kept in while it is, at some moment, in another: time leads there.
pub fn kept_as(shown: DelegationStatus) -> Vec<DelegationStatus> {
    let by_time = DELEGATION.moves.iter().filter(|(_, step, _)| step.is_of_time());
    let leads: Vec<_> = by_time
        .map(|(from, _, to)| (*from, *to))
        .chain([(Expiring, Active), (Active, Approved)])
        .collect();
    let mut kept = vec![shown];
    loop {
        let more = leads
            .iter()
            .find(|(from, to)| kept.contains(to) && !kept.contains(from));
        match more {
            Some((from, _)) => kept.push(*from),
            None => return kept,
        }
    }
}
