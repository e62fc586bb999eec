//! The groups of a workspace: one or two that list their members, and one that a directory fills.

use super::customer::Customer;
use super::names::Tongue;
use super::random::Random;
use super::sheet::{Kind, Sheets};
use std::io;

/// From this many people on, a workspace has a second local group and one from the directory.
const LARGE: usize = 20;

/// What a group is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Infrastructure,
    Applications,
    /// The one that the directory fills.
    Staff,
}

impl Group {
    /// Its id in the hub.
    pub(super) fn code(self, customer: &Customer, workspace: usize) -> String {
        let ending = ["INFRA", "APPS", "STAFF"][self as usize];
        format!("{}-{ending}", customer.workspace(workspace))
    }

    fn name(self, tongue: Tongue) -> &'static str {
        let names = match tongue {
            Tongue::Slovak => ["Infraštruktúra", "Podnikové aplikácie", "Zamestnanci IT"],
            Tongue::Polish => ["Infrastruktura", "Aplikacje biznesowe", "Pracownicy IT"],
            Tongue::Czech => ["Infrastruktura", "Podnikové aplikace", "Zaměstnanci IT"],
            Tongue::Italian => ["Infrastruttura", "Applicazioni aziendali", "Personale IT"],
        };
        names[self as usize]
    }

    const fn roles(self) -> &'static str {
        match self {
            Self::Infrastructure => "health;shared-files",
            Self::Applications => "programs",
            Self::Staff => "learning",
        }
    }
}

/// The groups of a workspace.
pub(super) fn of(customer: &Customer, workspace: usize) -> &'static [Group] {
    if customer.blueprint.workspaces[workspace].people < LARGE {
        return &[Group::Infrastructure];
    }
    &[Group::Infrastructure, Group::Applications, Group::Staff]
}

/// Writes the groups of a workspace.
pub(super) fn write(c: &Customer, workspace: usize, random: &mut Random, to: &mut Sheets) -> io::Result<()> {
    for group in of(c, workspace) {
        let (code, space) = (group.code(c, workspace), c.workspace(workspace));
        let name = group.name(c.tongue_of(workspace));
        let (kind, tenant, object) = match group {
            Group::Staff => ("directory", c.domain.as_str(), object_id(random)),
            _ => ("local", "", String::new()),
        };
        let from = [kind, tenant, object.as_str(), group.roles()];
        to.row(
            Kind::Groups,
            &[&[code.as_str(), &space, name], &from[..]].concat(),
        )?;
    }
    Ok(())
}

/// A random id in the way directories write them.
fn object_id(random: &mut Random) -> String {
    let mut part = || random.below(0x1_0000);
    let (a, b, c, d, e) = (part(), part(), part(), part(), part());
    let (f, g, h) = (part(), part(), part());
    let (version, variant) = (0x4000 | (d & 0x0FFF), 0x8000 | (e & 0x3FFF));
    format!("{a:04x}{b:04x}-{c:04x}-{version:04x}-{variant:04x}-{f:04x}{g:04x}{h:04x}")
}
