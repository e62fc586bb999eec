//! The parts of the page, as a reader wants them.

use crate::hub::customer::Page;
use crate::hub::delegation::Line as DelegationAt;
use crate::hub::request::hours;
use crate::output::{Cell, Column, Listing, Tabular, col};
use crate::store::sqlite::{AgreementLine, SubscriptionLine};

/// A part with its heading.
#[derive(Debug)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// Its rows.
    pub listing: Listing,
}

/// The parts that are there, the most pressing first.
pub fn of(page: &Page) -> Vec<Section> {
    let parts = [
        Some(due(page)),
        Some(support(page)),
        Some(listed(
            "Partners",
            &page.relations,
            &["partner", "name", "kind", "status", "of_record", "since"],
        )),
        page.agreements.as_ref().map(|all| agreements(all)),
        page.delegations.as_ref().map(|_| delegations(page)),
        page.subscriptions.as_ref().map(|all| subscriptions(all)),
        page.licences.as_ref().map(|all| {
            let rows = all.iter().map(|one| {
                vec![
                    (&one.product).into(),
                    one.bought.into(),
                    one.assigned.into(),
                    one.left.into(),
                ]
            });
            section(
                "Seats",
                &[col("product"), col("bought"), col("used"), col("left")],
                rows.collect(),
            )
        }),
        page.reservations.as_ref().map(|all| {
            let rows = all.iter().map(|one| {
                vec![
                    (&one.code).into(),
                    (&one.name).into(),
                    one.quantity.into(),
                    one.status.word().into(),
                    one.ends_at.into(),
                ]
            });
            section(
                "Azure reservations",
                &[
                    col("reservation"),
                    col("name"),
                    col("units"),
                    col("status"),
                    col("ends_at"),
                ],
                rows.collect(),
            )
        }),
        page.requests.as_ref().map(|_| requests(page)),
        page.health.as_ref().map(|all| {
            listed(
                "Known issues",
                all,
                &["issue", "service", "title", "status", "started_at"],
            )
        }),
    ];
    parts.into_iter().flatten().collect()
}

fn section(title: &'static str, columns: &[Column], rows: Vec<Vec<Cell>>) -> Section {
    Section {
        title,
        listing: Listing {
            schema: "customer.overview/1",
            columns: columns.to_vec(),
            rows,
            headed_by: None,
            single: false,
            cut: None,
        },
    }
}

/// Some columns of rows that have more.
fn listed<T: Tabular>(title: &'static str, all: &[T], columns: &[&str]) -> Section {
    let place = |name: &&str| T::COLUMNS.iter().position(|column| column.name == *name);
    let places: Vec<usize> = columns.iter().filter_map(place).collect();
    let rows = all.iter().map(|one| {
        let cells = one.cells();
        places
            .iter()
            .filter_map(|place| cells.get(*place).cloned())
            .collect()
    });
    let columns: Vec<Column> = places.iter().map(|place| col(T::COLUMNS[*place].name)).collect();
    section(title, &columns, rows.collect())
}

fn due(page: &Page) -> Section {
    listed(
        "Ends within 30 days",
        &page.due,
        &["due_at", "days_left", "warning", "kind", "id", "partner", "name"],
    )
}

fn support(page: &Page) -> Section {
    let own = page.support.iter().map(|one| {
        vec![
            (&one.name).into(),
            "partner of record".into(),
            (&one.mail).into(),
            (&one.phone).into(),
            (&one.site).into(),
            (&one.hours).into(),
        ]
    });
    let others = page.supporters.iter().map(|one| {
        let role = format!("supports it for {}", one.partner);
        vec![
            (&one.name).into(),
            role.into(),
            (&one.mail).into(),
            (&one.phone).into(),
            (&one.site).into(),
            Cell::Empty,
        ]
    });
    section(
        "Support contact",
        &[
            col("name"),
            col("role"),
            col("mail"),
            col("phone"),
            col("site"),
            col("hours"),
        ],
        own.chain(others).collect(),
    )
}

fn agreements(all: &[AgreementLine]) -> Section {
    let rows = all.iter().map(|one| {
        let name = [&one.first_name, &one.last_name];
        let name: Vec<&str> = name.into_iter().filter_map(Option::as_deref).collect();
        vec![
            (&one.template).into(),
            one.status.word().into(),
            name.join(" ").into(),
            one.agreed_on.or(one.invited_on).into(),
            one.valid_until.into(),
        ]
    });
    section(
        "Customer agreement",
        &[
            col("version"),
            col("status"),
            col("by"),
            col("on"),
            col("valid_until"),
        ],
        rows.collect(),
    )
}

fn delegations(page: &Page) -> Section {
    let rows = page.delegations.iter().flatten().map(|one| {
        let DelegationAt {
            delegation,
            days_left,
        } = &one.line;
        let roles: Vec<String> = one
            .roles
            .iter()
            .map(|role| {
                let name = crate::domain::partner::delegated_role(&role.role)
                    .map_or(role.role.as_str(), |known| known.name);
                match &role.group {
                    Some(group) => format!("{name} → {group}"),
                    None => name.to_owned(),
                }
            })
            .collect();
        vec![
            (&delegation.code).into(),
            (&delegation.partner).into(),
            (&delegation.name).into(),
            delegation.status.word().into(),
            delegation.ends.into(),
            (*days_left).into(),
            roles.into(),
        ]
    });
    section(
        "Delegated access",
        &[
            col("delegation"),
            col("partner"),
            col("name"),
            col("status"),
            col("ends_at"),
            col("days_left"),
            col("roles"),
        ],
        rows.collect(),
    )
}

fn subscriptions(all: &[SubscriptionLine]) -> Section {
    let rows = all.iter().map(|one| {
        vec![
            (&one.code).into(),
            (&one.product).into(),
            (&one.name).into(),
            one.seats.into(),
            one.status.word().into(),
            one.ends.into(),
            one.renews.into(),
        ]
    });
    section(
        "Subscriptions",
        &[
            col("subscription"),
            col("product"),
            col("name"),
            col("seats"),
            col("status"),
            col("ends"),
            col("renews"),
        ],
        rows.collect(),
    )
}

fn requests(page: &Page) -> Section {
    let rows = page.requests.iter().flatten().map(|one| {
        let case = &one.request.0.case;
        let clock = one.clock.as_ref();
        vec![
            (&case.number).into(),
            case.severity.word().into(),
            case.state.word().into(),
            (&case.title).into(),
            case.opened_at.into(),
            clock.and_then(|clock| clock.due_at).into(),
            clock.and_then(|clock| clock.left).map(hours).into(),
        ]
    });
    section(
        "Open requests",
        &[
            col("request"),
            col("severity"),
            col("state"),
            col("title"),
            col("opened_at"),
            col("answer_due_at"),
            col("left"),
        ],
        rows.collect(),
    )
}
