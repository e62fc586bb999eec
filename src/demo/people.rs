//! The contacts of a customer, and who stands for it at a moment.

use super::blueprint::Contacts;
use super::customer::{Customer, Topic};
use super::dates::{iso, iso_or_empty};
use super::names::account;
use super::random::Random;
use super::sheet::{Kind, Sheets};
use std::io;

/// The administrator of the default workspace is the 12th of its people, those of the others come after.
pub(super) const ADMINISTRATOR: usize = 12;

/// The account of the person who administers a workspace.
pub(super) fn administrator(customer: &Customer, workspace: usize) -> String {
    account(
        &customer.person(workspace, ADMINISTRATOR + workspace),
        &customer.domain,
    )
}

/// Writes the contacts.
pub(super) fn write(customer: &Customer, to: &mut Sheets) -> io::Result<()> {
    let mut random = customer.random(Topic::Contacts);
    for group in customer.blueprint.contacts {
        for n in group.first..group.first + group.count {
            contact(customer, group, n, &mut random, to)?;
        }
    }
    Ok(())
}

fn contact(c: &Customer, group: &Contacts, n: usize, random: &mut Random, to: &mut Sheets) -> io::Result<()> {
    let name = c.person(group.workspace, n);
    let (contract, account) = (c.contract(group.contract), address(c, group, &name));
    let (role, workspace) = (
        ["support-contact", "service-admin"][usize::from(group.admin)],
        place(c, group, random),
    );
    let kind = if group.personal { "personal" } else { "work" };
    let land = c.tongue_of(group.workspace).land();
    let phone = phone(land.calling_code, random);
    let (since, until) = (
        iso(c.day(group.since)),
        iso_or_empty(group.until.map(|day| c.day(day))),
    );
    let who = [&contract, &account, &name, role, &workspace].map(|cell: &str| cell);
    to.row(
        Kind::Contacts,
        &[&who[..], &[kind, land.language, &phone], &[&since, &until]].concat(),
    )
}

/// The workspace of a contact. An empty one means the default workspace; some say it all the same.
fn place(c: &Customer, group: &Contacts, random: &mut Random) -> String {
    let silent = group.workspace == 0 && (group.admin || random.chance(40));
    if silent {
        String::new()
    } else {
        c.workspace(group.workspace)
    }
}

fn phone(calling_code: &str, random: &mut Random) -> String {
    let (area, first) = (random.below(90) + 901, random.below(1_000));
    let phone = format!("{calling_code} {area} {first:03} {:03}", random.below(1_000));
    if random.chance(85) { phone } else { String::new() }
}

/// The account of a contact, with the address they use.
pub(super) fn address(customer: &Customer, group: &Contacts, name: &str) -> String {
    if group.personal {
        account(name, "posta.example")
    } else {
        account(name, &customer.domain)
    }
}

/// A support contact of the workspace on that day; nobody when it had none.
pub(super) fn someone(customer: &Customer, workspace: usize, day: i32, random: &mut Random) -> String {
    let on_duty = |g: &&Contacts| {
        let within = customer.day(g.since) <= day && g.until.is_none_or(|until| day <= customer.day(until));
        g.workspace == workspace && !g.admin && within
    };
    let groups: Vec<&Contacts> = customer.blueprint.contacts.iter().filter(on_duty).collect();
    let all: usize = groups.iter().map(|group| group.count).sum();
    let mut place = random.index(all);
    for group in groups {
        if place < group.count {
            let name = customer.person(workspace, group.first + place);
            return address(customer, group, &name);
        }
        place -= group.count;
    }
    String::new()
}
