//! What a customer bought: contracts, schedules, packages, entitlements, and the workspaces they are linked to.

use super::blueprint::{Allowance, Line};
use super::customer::Customer;
use super::dates::{iso, iso_or_empty};
use super::sheet::{Kind, Sheets};
use std::io;

/// The provider's people, one of each list for a customer.
const MANAGERS: [&str; 4] = [
    "alzbeta.sykorova",
    "marek.nowicki",
    "giorgia.marchetti",
    "hynek.prochazka",
];
const COORDINATORS: [&str; 3] = ["lenka.hanusova", "paolo.serra", "ewa.lis"];
const INCIDENT_MANAGERS: [&str; 2] = ["juraj.benko", "silvia.amato"];

/// Writes all of it.
pub(super) fn write(customer: &Customer, to: &mut Sheets) -> io::Result<()> {
    let country = customer.tongue.land().country;
    let known: [&str; 4] = [&customer.code(), &customer.name, country, &customer.domain];
    // What a partner would know besides stands with those that partners serve.
    to.row(Kind::Customers, &[&known[..], &[""; 8]].concat())?;
    contracts(customer, to)?;
    schedules(customer, to)?;
    packages(customer, to)?;
    workspaces(customer, to)?;
    links(customer, to)
}

fn contracts(customer: &Customer, to: &mut Sheets) -> io::Result<()> {
    let code = customer.code();
    let person = |list: &[&str]| format!("{}@meridian.example", list[customer.number as usize % list.len()]);
    for (n, contract) in customer.blueprint.contracts.iter().enumerate() {
        let (start, end) = (iso(customer.day(contract.start)), iso(customer.day(contract.end)));
        let (csam, coordinator, manager) = (
            person(&MANAGERS),
            person(&COORDINATORS),
            person(&INCIDENT_MANAGERS),
        );
        let (number, zone) = (customer.contract(n), customer.tongue.land().zone);
        let what = [
            number.as_str(),
            &code,
            contract.kind,
            contract.plan,
            &start,
            &end,
            zone,
        ];
        to.row(
            Kind::Contracts,
            &[&what[..], &[&csam, &coordinator, &manager]].concat(),
        )?;
    }
    Ok(())
}

fn schedules(customer: &Customer, to: &mut Sheets) -> io::Result<()> {
    for (n, schedule) in customer.blueprint.schedules.iter().enumerate() {
        let kind = if schedule.base { "base" } else { "add-on" };
        let (start, end) = (iso(customer.day(schedule.start)), iso(customer.day(schedule.end)));
        let contract = customer.contract(schedule.contract);
        to.row(
            Kind::Schedules,
            &[&customer.schedule(n), &contract, kind, &start, &end],
        )?;
    }
    Ok(())
}

fn packages(customer: &Customer, to: &mut Sheets) -> io::Result<()> {
    for (n, package) in customer.blueprint.packages.iter().enumerate() {
        let base = customer.blueprint.schedules[package.schedule].base;
        let kind = if base { "enterprise-wide" } else { "add-on" };
        let (start, end) = (iso(customer.day(package.start)), iso(customer.day(package.end)));
        let deactivated = iso_or_empty(package.deactivated.map(|day| customer.day(day)));
        let (id, schedule) = (customer.package(n), customer.schedule(package.schedule));
        to.row(
            Kind::Packages,
            &[&id, &schedule, package.name, kind, &start, &end, &deactivated],
        )?;
        for (place, line) in package.lines.iter().enumerate() {
            entitlement(customer, n, place, line, to)?;
        }
    }
    Ok(())
}

fn entitlement(c: &Customer, package: usize, place: usize, line: &Line, to: &mut Sheets) -> io::Result<()> {
    let (category, allowance, quantity, unit) = match line.allowance {
        Allowance::Included => ("additional-benefit", "included", String::new(), ""),
        Allowance::AsNeeded(unit) => ("consumable", "as-needed", String::new(), unit),
        Allowance::Limited(quantity, unit) => ("consumable", "limited", quantity.to_string(), unit),
    };
    let link = match line.service {
        "other" | "contacts" => String::new(),
        service => format!("https://hub.meridian.example/services/{service}"),
    };
    let id = c.entitlement(package, place);
    let terms = [category, allowance, &quantity, unit, line.text, &link];
    to.row(
        Kind::Entitlements,
        &[&[id.as_str(), &c.package(package), line.service], &terms[..]].concat(),
    )
}

fn workspaces(customer: &Customer, to: &mut Sheets) -> io::Result<()> {
    for (n, workspace) in customer.blueprint.workspaces.iter().enumerate() {
        let default = if n == 0 { "yes" } else { "no" };
        let personal = if workspace.allow_personal { "yes" } else { "no" };
        let archived = iso_or_empty(workspace.archived.map(|day| customer.day(day)));
        let administrator = super::people::administrator(customer, n);
        let (code, name) = (customer.workspace(n), customer.workspace_name(n));
        let cells = [
            &code,
            &customer.code(),
            &name,
            default,
            &administrator,
            personal,
            &archived,
        ];
        to.row(Kind::Workspaces, &cells.map(|cell: &str| cell))?;
    }
    Ok(())
}

fn links(customer: &Customer, to: &mut Sheets) -> io::Result<()> {
    for link in customer.blueprint.links {
        let package = link.package.map(|n| customer.package(n)).unwrap_or_default();
        let (workspace, contract) = (
            customer.workspace(link.workspace),
            customer.contract(link.contract),
        );
        to.row(
            Kind::Attachments,
            &[&workspace, &contract, &package, &iso(customer.day(link.on))],
        )?;
    }
    Ok(())
}
