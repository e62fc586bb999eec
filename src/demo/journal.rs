//! `deliveries.csv`: its lines with their keys, some of them entered by mistake and corrected later.

use super::customer::Customer;
use super::dates::iso;
use super::deliveries::{Delivery, For, From};
use super::random::Random;
use super::sheet::{Kind, Sheets};
use super::texts::{NOTES, REASONS};
use std::collections::VecDeque;
use std::io;

/// About one line in so many was entered by mistake.
const MISTAKES: u32 = 120;

/// The cells of a line that a correction repeats.
struct Entry {
    source: &'static str,
    entitlement: String,
    workspace: String,
    service: &'static str,
    day: String,
    quantity: i64,
    reference: String,
    late: &'static str,
}

/// A correction that is still to come.
struct Pending {
    entry: Entry,
    corrects: String,
    /// The serial number at which it is written.
    due: u64,
}

/// Writes the lines of one customer with keys in their order.
struct Journal<'a> {
    customer: &'a Customer,
    to: &'a mut Sheets,
    serial: u64,
}

/// Writes the deliveries of one customer.
pub(super) fn write(
    customer: &Customer,
    to: &mut Sheets,
    all: &[Delivery],
    reference: impl Fn(&Delivery) -> String,
    random: &mut Random,
) -> io::Result<()> {
    let mut journal = Journal {
        customer,
        to,
        serial: 0,
    };
    let mut pending: VecDeque<Pending> = VecDeque::new();
    for delivery in all {
        while pending.front().is_some_and(|next| next.due <= journal.serial) {
            let next = pending.pop_front();
            next.iter().try_for_each(|next| journal.correct(next, random))?;
        }
        let entry = entry(customer, delivery, reference(delivery), random);
        let note = if random.chance(55) { random.text(NOTES) } else { "" };
        journal.line(&entry, entry.quantity, note, ["", ""])?;
        let sound = entry.entitlement.is_empty() || delivery.late;
        if !sound && random.below(MISTAKES) == 0 {
            let corrects = journal.line(&entry, entry.quantity, "", ["", ""])?;
            let due = journal.serial + 1 + u64::from(random.below(30));
            pending.push_back(Pending { entry, corrects, due });
        }
    }
    pending.iter().try_for_each(|last| journal.correct(last, random))
}

fn entry(customer: &Customer, delivery: &Delivery, reference: String, random: &mut Random) -> Entry {
    let (entitlement, service) = match delivery.from {
        From::Line(package, line) => (customer.entitlement(package, line), ""),
        From::Credits => (String::new(), "proactive-credits"),
    };
    // Every package is attached to the default workspace, so that leaving it out means just that one.
    let silent = delivery.workspace == 0 && !entitlement.is_empty() && random.chance(15);
    Entry {
        source: if matches!(delivery.on_behalf, For::Engagement(_)) {
            "timesheets"
        } else {
            ""
        },
        entitlement,
        workspace: if silent {
            String::new()
        } else {
            customer.workspace(delivery.workspace)
        },
        service,
        day: iso(delivery.day),
        quantity: delivery.quantity,
        reference,
        late: if delivery.late { "yes" } else { "" },
    }
}

impl Journal<'_> {
    fn correct(&mut self, pending: &Pending, random: &mut Random) -> io::Result<()> {
        let reason = random.text(REASONS);
        self.line(
            &pending.entry,
            -pending.entry.quantity,
            "",
            [&pending.corrects, reason],
        )
        .map(drop)
    }

    /// Writes one line and answers with its key.
    fn line(&mut self, entry: &Entry, quantity: i64, note: &str, why: [&str; 2]) -> io::Result<String> {
        self.serial += 1;
        let key = format!("D{:04}-{:05}", self.customer.number, self.serial);
        let quantity = decimal(quantity);
        let place = [
            key.as_str(),
            entry.source,
            &entry.entitlement,
            &entry.workspace,
            entry.service,
        ];
        let what = [
            entry.day.as_str(),
            &quantity,
            &entry.reference,
            note,
            entry.late,
            why[0],
            why[1],
        ];
        self.to.row(Kind::Deliveries, &[&place[..], &what].concat())?;
        Ok(key)
    }
}

/// Hundredths as the shortest decimal.
fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        part => format!("{sign}{whole}.{part:02}"),
    }
}
