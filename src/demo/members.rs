//! Who is a member of which workspace, with which roles, and who administers a customer.

use super::blueprint::Contacts;
use super::customer::{Customer, Topic};
use super::groups::{self, Group};
use super::membership::{Member, Standing};
use super::names::account;
use super::people::{ADMINISTRATOR, address};
use super::random::Random;
use super::sheet::{Kind, Sheets};
use super::unified::LAST;
use std::io;

/// Roles of some of the people of a workspace, by their place in it.
const DUTIES: &[(usize, &str)] = &[
    (2, "view-all-requests"),
    (4, "customer-activity"),
    (6, "view-all-requests;health"),
    (8, "customer-activity;learning-manager"),
    (9, "invite-users"),
    (16, "learning-manager;learning"),
    (17, "view-all-requests;shared-files"),
    (18, "customer-activity;view-all-requests"),
];
/// What the others may: most of them learn, some more than that.
const AREAS: &[&str] = &[
    "learning",
    "learning",
    "learning;health",
    "programs",
    "shared-files",
    "",
];
/// People of the default workspace who work in the others as well, with their roles there.
const GUESTS: &[(usize, &str)] = &[
    (13, "customer-activity;view-all-requests"),
    (20, "learning"),
    (24, "health;programs"),
];
/// From this place on, people come from a file of the personnel department.
const FROM_FILE: usize = 16;
/// How many of the last people of a large workspace come through the directory.
const FROM_DIRECTORY: usize = 6;

/// Writes administrators, groups and people, and hands the people on.
pub(super) fn write(customer: &Customer, to: &mut Sheets) -> io::Result<Vec<Member>> {
    let mut random = customer.random(Topic::People);
    administrators(customer, to)?;
    let mut all = Vec::new();
    for workspace in 0..customer.blueprint.workspaces.len() {
        groups::write(customer, workspace, &mut random, to)?;
        for member in of(customer, workspace, &mut random) {
            member.write(customer, &mut random, to)?;
            all.push(member);
        }
    }
    Ok(all)
}

/// One is a service administrator as well, one is a member of nothing.
fn administrators(c: &Customer, to: &mut Sheets) -> io::Result<()> {
    for n in [ADMINISTRATOR, 90] {
        let name = c.person(0, n);
        to.row(
            Kind::Administrators,
            &[&c.code(), &account(&name, &c.domain), &name],
        )?;
    }
    Ok(())
}

/// The people of one workspace, its guests last.
fn of(c: &Customer, workspace: usize, random: &mut Random) -> Vec<Member> {
    let people = c.blueprint.workspaces[workspace].people;
    let mut all: Vec<Member> = (0..people).map(|n| own(c, workspace, n, random)).collect();
    if workspace > 0 {
        for (n, roles) in GUESTS {
            let guest = guest(c, workspace, (*n, roles), random);
            if all.iter().all(|member| member.account != guest.account) {
                all.push(guest);
            }
        }
    }
    all
}

fn own(c: &Customer, workspace: usize, n: usize, random: &mut Random) -> Member {
    let named = |admin| named_on(c, workspace, n, admin);
    let (named, admin, administers) = (named(false), named(true), n == ADMINISTRATOR + workspace);
    let on_duty = named.is_some() || admin.is_some() || administers;
    let standing = if on_duty {
        Standing::Registered
    } else {
        standing(c, workspace, n)
    };
    let (name, land) = (c.person(workspace, n), c.tongue_of(workspace).land());
    let group = group(c, workspace, n, standing);
    let local = group.is_some_and(|group| group != Group::Staff);
    Member {
        workspace,
        account: named.map_or_else(|| account(&name, &c.domain), |g| address(c, g, &name)),
        name,
        personal: named.is_some_and(|group| group.personal),
        roles: roles(n, administers, standing, random),
        support_contact: named.is_some(),
        service_admin: admin.is_some(),
        standing,
        language: if random.chance(88) { land.language } else { "en" },
        group,
        shares: local && (named.is_some() || random.chance(50)),
        label: if n >= FROM_FILE && standing != Standing::Directory {
            "hr"
        } else {
            ""
        },
        since: since(c, workspace, named.or(admin), standing, random),
    }
}

fn guest(c: &Customer, workspace: usize, (n, roles): (usize, &'static str), random: &mut Random) -> Member {
    let name = c.person(0, n);
    Member {
        workspace,
        account: account(&name, &c.domain),
        name,
        personal: false,
        roles,
        support_contact: false,
        service_admin: false,
        standing: Standing::Registered,
        language: c.tongue_of(0).land().language,
        group: None,
        shares: false,
        label: "",
        since: since(c, workspace, None, Standing::Registered, random),
    }
}

/// The line of the contract that names a person of a workspace today.
fn named_on(c: &Customer, workspace: usize, n: usize, admin: bool) -> Option<&'static Contacts> {
    let mut all = c.blueprint.contacts.iter();
    all.find(|group| {
        let here = group.workspace == workspace && group.admin == admin;
        let today = c.day(group.since) <= LAST && group.until.is_none();
        here && today && (group.first..group.first + group.count).contains(&n)
    })
}

fn standing(c: &Customer, workspace: usize, n: usize) -> Standing {
    let place = &c.blueprint.workspaces[workspace];
    let (people, archived) = (place.people, place.archived.is_some());
    let directory = groups::of(c, workspace).contains(&Group::Staff) && n + FROM_DIRECTORY >= people;
    match n % 12 {
        _ if directory => Standing::Directory,
        7 if !archived => Standing::Invited,
        10 if !archived => Standing::Expired,
        11 => Standing::Removed,
        _ => Standing::Registered,
    }
}

fn group(c: &Customer, workspace: usize, n: usize, standing: Standing) -> Option<Group> {
    let wanted = match (standing, n % 3) {
        (Standing::Removed | Standing::Expired, _) => return None,
        (Standing::Directory, _) => Group::Staff,
        (_, 0) => Group::Infrastructure,
        (_, 1) => Group::Applications,
        _ => return None,
    };
    groups::of(c, workspace).contains(&wanted).then_some(wanted)
}

fn roles(n: usize, administers: bool, standing: Standing, random: &mut Random) -> &'static str {
    let area = random.text(AREAS);
    let duty = DUTIES.iter().find(|(place, _)| *place == n);
    match (administers, standing, duty) {
        (true, ..) => "workspace-admin",
        (_, Standing::Removed, _) => "",
        (_, _, Some((_, roles))) => roles,
        // Those of the directory hold theirs through its group.
        (_, Standing::Directory, None) => "",
        _ => area,
    }
}

/// The day of the invitation: with the contract, or when there was something to be invited to.
fn since(
    c: &Customer,
    workspace: usize,
    named: Option<&Contacts>,
    standing: Standing,
    random: &mut Random,
) -> i32 {
    let links = c
        .blueprint
        .links
        .iter()
        .filter(|link| link.workspace == workspace);
    let first = links.map(|link| c.day(link.on)).min().unwrap_or(LAST);
    let archived = c.blueprint.workspaces[workspace].archived.map(|day| c.day(day));
    match (standing, named) {
        (Standing::Invited, _) => LAST - random.day(1, 20),
        (Standing::Expired, _) => LAST - random.day(45, 160),
        (_, Some(named)) => c.day(named.since),
        _ => random.day(first, archived.unwrap_or(LAST) - 90),
    }
}
