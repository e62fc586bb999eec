//! The place of each entitlement in the report. Only keys and days are kept; the lines themselves are read
//! again, in the same order, when they are told.

use crate::domain::Day;
use crate::error::Result;
use crate::hub::Reading;
use crate::policy::Permission;
use crate::store::export::Scope;
use std::collections::HashMap;

/// Marks an entitlement that the report does not cover.
const NONE: u32 = u32::MAX;

/// The places of the entitlements covered.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    /// Place by key. Keys are given one after the other, so this is about as long as there are entitlements.
    dense: Vec<u32>,
    /// Places of keys far above the count, should a store have such.
    sparse: HashMap<i64, u32>,
    /// Key by place.
    keys: Vec<i64>,
    /// By place: the day up to which entries count, in the contract's zone (T-1).
    up_to: Vec<Day>,
    /// By place: whether the package is attached to a workspace chosen.
    attached: Vec<bool>,
}

impl Ranks {
    pub(super) fn of<P: Permission>(at: &Reading<'_, P>, scope: &Scope) -> Result<Self> {
        let mut ranks = Self::default();
        let mut zone: (String, Option<Day>) = (String::new(), None);
        at.each_line_key(scope, |key, time_zone, attached| {
            let day = match zone.1 {
                Some(day) if zone.0 == time_zone => day,
                _ => at.context().day_at(time_zone)?,
            };
            if zone.1.is_none() || zone.0 != time_zone {
                zone = (time_zone.to_owned(), Some(day));
            }
            ranks.keys.push(key);
            ranks.up_to.push(day);
            ranks.attached.push(attached);
            Ok(())
        })?;
        ranks.index();
        Ok(ranks)
    }

    fn index(&mut self) {
        let room = self.keys.len() * 4 + 1024;
        for (place, &key) in self.keys.iter().enumerate() {
            let place = u32::try_from(place).unwrap_or(NONE);
            match usize::try_from(key).ok().filter(|&slot| slot < room) {
                Some(slot) => {
                    if self.dense.len() <= slot {
                        self.dense.resize(slot + 1, NONE);
                    }
                    self.dense[slot] = place;
                }
                None => {
                    self.sparse.insert(key, place);
                }
            }
        }
    }

    /// The place of an entitlement, if the report covers it.
    pub(super) fn of_key(&self, key: i64) -> Option<u32> {
        let slot = usize::try_from(key).ok();
        let dense = slot.and_then(|slot| self.dense.get(slot).copied());
        match dense.filter(|&place| place != NONE) {
            Some(place) => Some(place),
            None if self.sparse.is_empty() => None,
            None => self.sparse.get(&key).copied(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn keys(&self) -> &[i64] {
        &self.keys
    }

    pub(super) fn up_to(&self, place: u32) -> Day {
        self.up_to[place as usize]
    }

    /// The days by place, for when the keys are no longer needed.
    pub(super) fn attached(&self, place: usize) -> bool {
        self.attached[place]
    }
}
