//! How many seats are left, counted once for each product of a customer, and kept while a change goes on.

use crate::domain::{Day, Zone};
use crate::error::Result;
use crate::hub::Writing;
use crate::policy::Permission;
use crate::store::Read;
use std::collections::HashMap;

/// Seats of one product at one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub bought: i64,
    pub assigned: i64,
}

impl Count {
    /// Whether one more may be assigned (G-7).
    pub fn has_left(self) -> bool {
        self.assigned < self.bought
    }
}

/// Counts by customer and product. There is one writer at a time, so that what was counted stays so until the change ends.
#[derive(Debug)]
pub(crate) struct Seats {
    day: Day,
    counts: HashMap<(i64, i64), Count>,
}

impl Seats {
    /// None counted yet, for the day on which a change is made.
    pub fn of<P: Permission>(at: &Writing<'_, P>) -> Self {
        Self {
            day: at.context().now.day_in(&Zone::utc()),
            counts: HashMap::new(),
        }
    }

    /// The day on which seats are counted.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The count of a product, which a change keeps current.
    pub fn count(&mut self, read: Read<'_>, customer: i64, product: i64) -> Result<&mut Count> {
        let counted = match self.counts.get(&(customer, product)) {
            Some(count) => *count,
            None => Count {
                bought: read.seats_bought(customer, product, self.day)?,
                assigned: read.licences_assigned(customer, product)?,
            },
        };
        Ok(self.counts.entry((customer, product)).or_insert(counted))
    }

    /// Takes a seat, if one is left.
    pub fn take(&mut self, read: Read<'_>, customer: i64, product: i64) -> Result<bool> {
        let count = self.count(read, customer, product)?;
        let left = count.has_left();
        count.assigned += i64::from(left);
        Ok(left)
    }
}
