//! Deliveries, row by row: what the ledger takes (L-1 to L-6).

use crate::domain::entitlement::Service;
use crate::domain::ledger::{check_day, split_draw};
use crate::domain::{Day, Quantity};
use crate::error::{Code, Result, codes};
use crate::hub::import::desk::{Desk, Judged};
use crate::hub::import::report::{Fault, Stop, Verdict};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::store::sqlite::{EntitlementFacts, Entry, NewEntry, Table, WorkspaceFacts};

/// The source of rows that name none.
pub(crate) const DEFAULT_SOURCE: &str = "deliveries";

/// What the cells say.
struct Delivery<'a> {
    source: &'a str,
    key: &'a str,
    day: Day,
    quantity: Quantity,
    reference: Option<&'a str>,
    note: Option<&'a str>,
    late: bool,
}

pub(super) fn delivery(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let delivery = Delivery {
        source: row.opt("source").unwrap_or(DEFAULT_SOURCE),
        key: row.text("source_key"),
        day: row.need("delivered_on")?,
        quantity: row.need("quantity")?,
        reference: row.opt("reference"),
        note: row.opt("note"),
        late: row.yes("late"),
    };
    if let Some(corrected) = row.opt("corrects") {
        return correction(desk, row, &delivery, corrected);
    }
    if row.opt("reason").is_some() {
        let fix = "write in corrects which source_key it reverses, or put the text into note";
        return Err(rule_fault("reason", "only a correction has a reason (L-1)", fix));
    }
    if delivery.quantity <= Quantity::ZERO {
        let what = format!("{} is not above zero", delivery.quantity);
        return Err(fault(
            &codes::ZERO_QUANTITY,
            "quantity",
            what,
            "write what was delivered; reverse a mistake with corrects (L-1)",
        ));
    }
    match (row.opt("entitlement"), row.opt("workspace"), row.opt("service")) {
        (Some(_), ..) => direct(desk, row, &delivery),
        (None, Some(_), Some(_)) => draw(desk, row, &delivery),
        _ => Err(rule_fault(
            "entitlement",
            "nothing says what was used",
            "name an entitlement, or a workspace and a service (L-5)",
        )),
    }
}

fn fault(code: &'static Code, column: &'static str, what: impl Into<String>, fix: impl Into<String>) -> Stop {
    Stop::Fault(Fault {
        code: code.id,
        ..cell_fault(column, what, fix)
    })
}

/// What its source gave this key before, if anything.
fn earlier(desk: &Desk<'_, '_, '_>, source: &str, key: &str) -> Result<Option<Entry>> {
    match desk.reading().source_key(source)? {
        Some(source) => desk.reading().entry_by_key(source, key),
        None => Ok(None),
    }
}

/// The same delivery again counts once; another one under the same key is refused (L-2).
fn same_or_refused(differs: &[(&'static str, bool)], entry: &Entry) -> Result<Judged, Stop> {
    let Some((column, _)) = differs.iter().find(|(_, differs)| *differs) else {
        return Ok(Judged::unchanged());
    };
    let what = format!(
        "{} was used on {} for entry {} of {}, which differs in {column} (L-2)",
        entry.source_key, entry.delivered_on, entry.id, entry.quantity
    );
    Err(fault(
        &codes::DUPLICATE_KEY,
        "source_key",
        what,
        "give this one its own key, or correct the first",
    ))
}

fn direct(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>, delivery: &Delivery<'_>) -> Result<Judged, Stop> {
    let line = desk.known::<EntitlementFacts>(row, "entitlement")?;
    let workspace = workspace(desk, row, &line)?;
    if let Some(entry) = earlier(desk, delivery.source, delivery.key)? {
        let is_given = row.opt("workspace").is_some();
        let differs = [
            ("entitlement", entry.entitlement_id != line.id),
            ("workspace", is_given && Some(entry.workspace_id) != workspace),
            ("delivered_on", entry.delivered_on != delivery.day),
            ("quantity", entry.quantity != delivery.quantity),
            ("reference", entry.reference.as_deref() != delivery.reference),
            ("note", entry.note.as_deref() != delivery.note),
            ("corrects", entry.corrects.is_some()),
            ("entitlement", entry.draw.is_some()),
        ];
        return same_or_refused(&differs, &entry);
    }
    check_line(row, &line)?;
    let Some(workspace) = workspace else {
        let what = format!(
            "package {} is attached to no single workspace, and the customer has no default one",
            line.package
        );
        return Err(rule_fault(
            "workspace",
            what,
            "name the workspace whose use it is",
        ));
    };
    check_delivered(desk, row, delivery, &line.time_zone)?;
    check_day(&line.package, &line.term, delivery.day, delivery.late).map_err(|error| Fault {
        fix: "correct the day, or write yes in late (L-6)".to_owned(),
        ..Fault::of(Some("delivered_on"), &error)
    })?;
    let late = !line.term.contains(delivery.day);
    append(
        desk,
        delivery,
        (line.id, workspace),
        (delivery.key, delivery.quantity),
        None,
        None,
        late,
    )?;
    Ok(Judged::new(Verdict::Created, "new"))
}

fn check_line(row: &Row<'_>, line: &EntitlementFacts) -> Result<(), Stop> {
    if !line.tracked {
        let what = format!("entitlement {} is not tracked (E-1, E-3)", line.code);
        return Err(fault(
            &codes::NOT_TRACKED,
            "entitlement",
            what,
            "name a limited or as-needed one",
        ));
    }
    if row
        .value::<Service>("service")?
        .is_some_and(|service| service != line.service)
    {
        let what = format!("entitlement {} is of service {}", line.code, line.service);
        return Err(rule_fault(
            "service",
            what,
            format!("write {}, or leave it empty", line.service),
        ));
    }
    Ok(())
}

/// Not planned, not cancelled, not in the future (L-3).
fn check_delivered(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    delivery: &Delivery<'_>,
    zone: &str,
) -> Result<(), Stop> {
    let today = desk.today(zone)?;
    if delivery.day > today {
        let what = format!("{} lies in the future: it is {today} there", delivery.day);
        return Err(fault(
            &codes::FUTURE_DELIVERY,
            "delivered_on",
            what,
            "import it once it was delivered (L-3)",
        ));
    }
    if let Some(reference) = row.opt("reference")
        && let Some(status) = desk.reading().engagement_status(reference)?
        && !status.consumes()
    {
        let what = format!("engagement {reference} is {status}, and consumes nothing (L-3)");
        return Err(fault(
            &codes::NOT_DELIVERED,
            "reference",
            what,
            "set its status in engagements first, or leave the line out",
        ));
    }
    Ok(())
}

/// The workspace whose use it is: the one named, else the only one its package is attached to, else the
/// customer's default one.
fn workspace(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    line: &EntitlementFacts,
) -> Result<Option<i64>, Stop> {
    if let Some(code) = row.opt("workspace") {
        let workspace = desk.known::<WorkspaceFacts>(row, "workspace")?;
        if workspace.customer_id != line.customer_id {
            let what = format!(
                "workspace {code} belongs to another customer than entitlement {}",
                line.code
            );
            return Err(rule_fault(
                "workspace",
                what,
                "name a workspace of the entitlement's customer",
            ));
        }
        return Ok(Some(workspace.id));
    }
    Ok(
        match desk.reading().workspaces_of_package(line.package_id)?.as_slice() {
            [only] => Some(*only),
            _ => desk.reading().default_workspace(line.customer_id)?,
        },
    )
}

/// Takes it from the packages that expire first; each part is an entry (L-5).
fn draw(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>, delivery: &Delivery<'_>) -> Result<Judged, Stop> {
    let place = desk.known::<WorkspaceFacts>(row, "workspace")?;
    let service: Service = row.need("service")?;
    if let Some(first) = earlier(desk, delivery.source, delivery.key)? {
        return drawn_before(desk, delivery, place.id, service, &first);
    }
    let purses = desk.reading().purses(place.id, service, delivery.day)?;
    let Some(nearest) = purses.first() else {
        let what = format!(
            "workspace {} holds no tracked {service} line on {} (L-5)",
            place.code, delivery.day
        );
        return Err(fault(
            &codes::NOTHING_TO_DRAW,
            "service",
            what,
            "attach the package first, or name the entitlement",
        ));
    };
    if let Some(line) = desk.reading().entitlement_facts_by_key(nearest.entitlement_id)? {
        check_delivered(desk, row, delivery, &line.time_zone)?;
    }
    let parts = split_draw(&purses, delivery.quantity);
    let mut told = Vec::new();
    for (place_in_draw, (entitlement, quantity)) in parts.iter().enumerate() {
        let key = part_key(delivery.key, place_in_draw);
        if place_in_draw > 0 && earlier(desk, delivery.source, &key)?.is_some() {
            let what = format!("the draw needs the key {key} for its part, and that is used");
            return Err(fault(
                &codes::DUPLICATE_KEY,
                "source_key",
                what,
                "give this one another key",
            ));
        }
        append(
            desk,
            delivery,
            (*entitlement, place.id),
            (&key, *quantity),
            None,
            Some(delivery.key),
            false,
        )?;
        told.push(format!(
            "{quantity} from {}",
            desk.reading().code_of(Table::Entitlement, *entitlement)?
        ));
    }
    Ok(Judged::new(Verdict::Created, format!("new: {}", told.join(", "))))
}

/// The key of a part of a draw: the delivery's own for the first, with a number for the others.
pub(crate) fn part_key(key: &str, place: usize) -> String {
    if place == 0 {
        key.to_owned()
    } else {
        format!("{key}/{}", place + 1)
    }
}

fn drawn_before(
    desk: &Desk<'_, '_, '_>,
    delivery: &Delivery<'_>,
    workspace_id: i64,
    service: Service,
    first: &Entry,
) -> Result<Judged, Stop> {
    let (mut sum, mut place) = (first.quantity, 1);
    while let Some(part) = earlier(desk, delivery.source, &part_key(delivery.key, place))? {
        if part.draw.as_deref() != Some(delivery.key) {
            break;
        }
        sum += part.quantity;
        place += 1;
    }
    let line = desk.reading().entitlement_facts_by_key(first.entitlement_id)?;
    let differs = [
        ("entitlement", first.draw.as_deref() != Some(delivery.key)),
        ("workspace", first.workspace_id != workspace_id),
        ("service", line.is_none_or(|line| line.service != service)),
        ("delivered_on", first.delivered_on != delivery.day),
        ("quantity", sum != delivery.quantity),
        ("reference", first.reference.as_deref() != delivery.reference),
        ("note", first.note.as_deref() != delivery.note),
    ];
    same_or_refused(&differs, first)
}

/// A line that reverses an earlier one, exactly and once, with a reason (L-1).
fn correction(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    delivery: &Delivery<'_>,
    corrected: &str,
) -> Result<Judged, Stop> {
    let Some(original) = earlier(desk, delivery.source, corrected)? else {
        let what = format!("source {} has given no key \"{corrected}\"", delivery.source);
        return Err(fault(
            &codes::NOT_FOUND,
            "corrects",
            what,
            "write the source_key of the line that is wrong, from the same source",
        ));
    };
    let line = desk.reading().entitlement_facts_by_key(original.entitlement_id)?;
    if let Some(code) = row
        .opt("entitlement")
        .filter(|code| line.as_ref().is_none_or(|line| line.code != *code))
    {
        let what = format!("{corrected} was recorded on another entitlement than {code}");
        return Err(rule_fault(
            "entitlement",
            what,
            "name the same entitlement, or leave it empty",
        ));
    }
    let Some(reason) = row.opt("reason") else {
        return Err(rule_fault(
            "reason",
            "a correction has a reason (L-1)",
            "write why the line was wrong",
        ));
    };
    if let Some(entry) = earlier(desk, delivery.source, delivery.key)? {
        let differs = [
            ("corrects", entry.corrects != Some(original.id)),
            ("delivered_on", entry.delivered_on != delivery.day),
            ("quantity", entry.quantity != delivery.quantity),
            ("reason", entry.reason.as_deref() != Some(reason)),
            ("note", entry.note.as_deref() != delivery.note),
        ];
        return same_or_refused(&differs, &entry);
    }
    if original.corrects.is_some() {
        let what = format!("{corrected} is a correction itself");
        return Err(rule_fault(
            "corrects",
            what,
            "record the right figure as a new line instead",
        ));
    }
    if let Some(earlier) = desk.reading().correction_of(original.id)? {
        let what = format!(
            "{corrected} was corrected by {} on {}",
            earlier.source_key, earlier.delivered_on
        );
        return Err(fault(
            &codes::ALREADY_CORRECTED,
            "corrects",
            what,
            "record the right figure as a new line (L-1)",
        ));
    }
    if delivery.quantity != -original.quantity {
        let what = format!("{} does not reverse {}", delivery.quantity, original.quantity);
        return Err(rule_fault(
            "quantity",
            what,
            format!("write {}", -original.quantity),
        ));
    }
    if let Some(line) = line {
        check_delivered(desk, row, delivery, &line.time_zone)?;
    }
    let place = (original.entitlement_id, original.workspace_id);
    append(
        desk,
        delivery,
        place,
        (delivery.key, delivery.quantity),
        Some((original.id, reason)),
        None,
        original.late,
    )?;
    Ok(Judged::new(
        Verdict::Created,
        format!("reverses {corrected}: {reason}"),
    ))
}

fn append(
    desk: &mut Desk<'_, '_, '_>,
    delivery: &Delivery<'_>,
    (entitlement_id, workspace_id): (i64, i64),
    (key, quantity): (&str, Quantity),
    corrects: Option<(i64, &str)>,
    draw: Option<&str>,
    late: bool,
) -> Result<()> {
    let entry = NewEntry {
        entitlement_id,
        workspace_id,
        delivered_on: delivery.day,
        quantity,
        reference: delivery.reference,
        note: delivery.note,
        source_id: desk.run.source(desk.at, delivery.source)?,
        source_key: key,
        recording_id: 0,
        late,
        corrects,
        draw,
    };
    desk.run.append(desk.at, &entry)?;
    Ok(())
}
