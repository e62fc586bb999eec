//! Support requests that their contacts share: with colleagues (V-2), and with at most one group (V-6).

use super::cases::Case;
use super::customer::{Customer, Topic};
use super::membership::Member;
use super::random::Random;
use super::sheet::{Kind, Sheets};
use std::io;

/// Writes the shares of some cases. Only those whose contact is a member today can still be shared.
pub(super) fn write(c: &Customer, members: &[Member], cases: &[Case], to: &mut Sheets) -> io::Result<()> {
    let mut random = c.random(Topic::Shares);
    for case in cases {
        let here: Vec<&Member> = members
            .iter()
            .filter(|member| member.workspace == case.workspace && member.is_active())
            .collect();
        let contact = here.iter().find(|member| member.account == case.contact);
        let (group, people) = (random.chance(35), random.chance(25));
        let Some(contact) = contact else { continue };
        if group && contact.shares {
            to.row(Kind::Shares, &[&case.number, "", &contact.group_code(c)])?;
        }
        if people {
            with_people(case, &here, &mut random, to)?;
        }
    }
    Ok(())
}

/// Shares a case with one colleague or two.
fn with_people(case: &Case, here: &[&Member], random: &mut Random, to: &mut Sheets) -> io::Result<()> {
    let (first, step) = (random.index(here.len()), 1 + random.index(here.len() - 1));
    let second = random.chance(40).then(|| (first + step) % here.len());
    for place in [Some(first), second].into_iter().flatten() {
        let account = &here[place].account;
        if *account != case.contact {
            to.row(Kind::Shares, &[&case.number, account, ""])?;
        }
    }
    Ok(())
}
