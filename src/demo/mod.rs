//! Believable data for a first look, for examples and for measuring: a provider's view of its customers, and of the
//! partners that serve the first of them and one that has no contract.
//!
//! Everything is derived from a seed and the number of the customer alone, so that the same seed and
//! factor give the same bytes on every machine, and a larger factor only adds customers. The last thing
//! that happened lies on 2026-11-20.

mod activity;
mod blueprint;
mod cases;
mod customer;
mod dates;
mod deliveries;
mod engagements;
mod escalated;
mod frames;
mod groups;
mod health;
mod history;
mod identity;
mod journal;
mod lands;
mod learning;
mod members;
mod membership;
mod names;
mod partners;
mod people;
mod plan;
mod premier;
mod random;
mod shares;
mod sheet;
#[cfg(test)]
mod tests;
mod texts;
mod unified;

use customer::Customer;
use sheet::Sheets;
use std::io;
use std::path::Path;

/// So many customers come before the partners that serve them, whatever the factor.
const SERVED_CUSTOMERS: u64 = 2;

/// How much to make, and which of the endless variants of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// The same seed gives the same data.
    pub seed: u64,
    /// Pairs of customers; 1 is the size of a real hub, 0 counts as 1.
    pub factor: u32,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The files in the order in which they are imported, with their lines (the header aside).
    pub files: Vec<(&'static str, u64)>,
}

impl Written {
    /// The lines of all files together.
    pub fn total(&self) -> u64 {
        self.files.iter().map(|(_, lines)| lines).sum()
    }

    /// The lines of one file, such as `cases.csv`; 0 for a file that is none of the folder's.
    pub fn lines(&self, file: &str) -> u64 {
        self.files
            .iter()
            .find(|(name, _)| *name == file)
            .map_or(0, |(_, lines)| *lines)
    }
}

/// Writes a complete import folder. `dir` is created when missing; files of the same names are replaced.
/// One customer is held in memory at a time, whatever the factor.
///
/// # Errors
/// When the folder or one of its files cannot be written; what was begun is left there.
pub fn write_folder(dir: &Path, scale: &Scale) -> io::Result<Written> {
    let mut sheets = Sheets::create(dir)?;
    for number in 1..=u64::from(scale.factor.max(1)) * 2 {
        let customer = Customer::new(scale.seed, number);
        plan::write(&customer, &mut sheets)?;
        people::write(&customer, &mut sheets)?;
        let members = members::write(&customer, &mut sheets)?;
        let cases = activity::write(&customer, &mut sheets)?;
        shares::write(&customer, &members, &cases, &mut sheets)?;
        if number == SERVED_CUSTOMERS {
            partners::write(&mut sheets)?;
            escalated::write(&mut sheets)?;
        }
    }
    health::write(&mut sheets)?;
    Ok(Written {
        files: sheets.finish()?,
    })
}
