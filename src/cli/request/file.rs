//! Requests from a file: CSV with a header, or JSON.

use super::faults::{Faults, members};
use crate::domain::filing::{Category, Channel, Draft, Field, Place};
use crate::domain::near::nearest;
use crate::domain::request::{CaseKind, Severity};
use crate::error::{AtPath, Error, Result, codes};
use crate::hub::import::hex;
use crate::hub::request::Order;
use crate::ui::Ui;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// Columns that a file can have.
const COLUMNS: [&str; 22] = [
    "workspace",
    "key",
    "title",
    "description",
    "product",
    "kind",
    "severity",
    "contact",
    "category",
    "language",
    "country",
    "around_the_clock",
    "share_with",
    "group",
    "entitlement",
    "customer",
    "own_tenant",
    "subscription",
    "plan",
    "not_covered_by",
    "because",
    "channel",
];

/// Reads the orders. Without a key of its own, a row's key is made from the file, the workspace that the command
/// names, and the row's place, so that the same file files nothing twice.
pub(super) fn orders(
    path: &Path,
    place: Option<&Place>,
    contact: Option<&str>,
    ui: &Ui,
) -> anyhow::Result<Vec<Order>> {
    let mut text = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut text)?;
    } else {
        text = std::fs::read(path).at(path)?;
    }
    let named = place.map(ToString::to_string);
    let digest = Sha256::new_with_prefix(named.unwrap_or_default())
        .chain_update([0])
        .chain_update(&text);
    let digest = hex(&digest.finalize()[..8]);
    let name = path.display().to_string();
    let is_json = text.trim_ascii_start().starts_with(b"{") || text.trim_ascii_start().starts_with(b"[");
    let mut faults = Faults::default();
    let mut orders = if is_json {
        json(&name, &text, &mut faults)?
    } else {
        csv(&name, &text, ui, &mut faults)?
    };
    for (nth, order) in orders.iter_mut().enumerate() {
        if order.key.is_empty() {
            order.key = format!("{digest}/{}", nth + 1);
        }
        if order.place == NOWHERE {
            match place {
                Some(place) => order.place = place.clone(),
                None if faults.has(nth, "workspace")
                    || faults.has(nth, "customer")
                    || faults.has(nth, "own_tenant") => {}
                None => faults.order(nth, unnamed(order.origin.as_deref().unwrap_or(&name))),
            }
        }
        if order.draft.contact.is_none() {
            order.draft.contact = contact.map(str::to_owned);
        }
        if let Err(error) = complete(order, |field| faults.has(nth, field.word())) {
            faults.order(nth, error);
        }
    }
    faults.check(&name)?;
    if orders.is_empty() {
        return Err(codes::MISSING_OPTION
            .error(format!("{name}: there is no request in it"))
            .into());
    }
    Ok(orders)
}

fn unnamed(origin: &str) -> Error {
    codes::MISSING_OPTION
        .error(format!("{origin}: neither a workspace nor a customer is named"))
        .hint("write it in the column workspace or customer, or add --workspace or --customer")
}

/// Everything that is needed must be there (F-2); nobody is asked for what a file lacks.
fn complete(order: &Order, is_wrong: impl Fn(Field) -> bool) -> Result<()> {
    let missing = order
        .draft
        .missing()
        .into_iter()
        .filter(|field| !is_wrong(*field));
    let missing: Vec<&str> = missing.map(Field::word).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let origin = order.origin.as_deref().unwrap_or_default();
    Err(codes::FILING_WHAT
        .error(format!("{origin}: {} is missing (F-2)", missing.join(", ")))
        .hint(format!("fill in {}; nothing was filed", missing.join(", "))))
}

/// What a row says that names no place.
const NOWHERE: Place = Place::Workspace(String::new());

/// Names the place of a request, once.
fn put(order: &mut Order, place: Place) -> Result<(), String> {
    if order.place != NOWHERE {
        return Err(
            "a request is filed in a workspace, for a customer or for the own tenant: only one of them"
                .to_owned(),
        );
    }
    order.place = place;
    Ok(())
}

/// A request in JSON: the same names as the columns.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Object {
    workspace: String,
    key: String,
    title: Option<String>,
    description: Option<String>,
    product: Option<String>,
    kind: Option<CaseKind>,
    severity: Option<Severity>,
    contact: Option<String>,
    category: Option<Category>,
    language: Option<String>,
    country: Option<String>,
    around_the_clock: bool,
    share_with: Vec<String>,
    group: Option<String>,
    entitlement: Option<String>,
    customer: String,
    own_tenant: bool,
    subscription: Option<String>,
    plan: Option<String>,
    not_covered_by: Vec<String>,
    because: Option<String>,
    channel: Option<Channel>,
}

impl Object {
    /// The order, and why its place cannot be told.
    fn order(self, origin: String) -> (Order, Option<String>) {
        let mut order = Order {
            place: NOWHERE,
            key: self.key,
            draft: Draft {
                title: self.title,
                description: self.description,
                product: self.product,
                kind: self.kind,
                severity: self.severity,
                contact: self.contact,
                category: self.category,
                language: self.language,
                country: self.country,
                around_the_clock: self.around_the_clock,
                share_with: self.share_with,
                group: self.group,
                entitlement: self.entitlement,
                subscription: self.subscription,
                plan: self.plan,
                not_covered_by: self.not_covered_by,
                because: self.because,
                channel: self.channel,
            },
            origin: Some(origin),
            files: Vec::new(),
        };
        let named = [
            (!self.workspace.is_empty()).then_some(Place::Workspace(self.workspace)),
            (!self.customer.is_empty()).then_some(Place::Customer(self.customer)),
            self.own_tenant.then_some(Place::OwnTenant),
        ];
        let mut named = named.into_iter().flatten();
        let clash = named.find_map(|place| put(&mut order, place).err());
        (order, clash)
    }
}

fn json(name: &str, text: &[u8], faults: &mut Faults) -> Result<Vec<Order>> {
    let text = std::str::from_utf8(text).map_err(|error| {
        let line = line_of(text, error.valid_up_to());
        codes::BAD_VALUE
            .error(format!("{name}:{line}: the text is not UTF-8"))
            .hint("save the file as UTF-8; nothing was filed")
    })?;
    let objects: Vec<&RawValue> = if text.trim_ascii_start().starts_with('[') {
        serde_json::from_str(text).map_err(|error| json_fault(name, (1, 0), &error))?
    } else {
        vec![serde_json::from_str(text).map_err(|error| json_fault(name, (1, 0), &error))?]
    };
    let order = |raw: &&RawValue| {
        let object = raw.get();
        // The pieces lie in the text itself, so their places tell the lines.
        let start = (object.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let before = text.get(..start).unwrap_or_default();
        let line = line_of(text.as_bytes(), start);
        let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        faults.begin(line as u64);
        let fault = |error: &serde_json::Error| {
            let line_of_fault = line + error.line().saturating_sub(1);
            (line_of_fault as u64, json_fault(name, (line, column), error))
        };
        let read = object_of(object, &fault, faults)?;
        let (order, clash) = read.order(format!("{name}:{line}"));
        if let Some(why) = clash {
            let error = codes::BAD_VALUE.error(format!("{name}:{line}: {why}"));
            faults.cell(
                line as u64,
                "workspace",
                error.hint("mend it there; nothing was filed"),
            );
        }
        Some(order)
    };
    Ok(objects.iter().filter_map(order).collect())
}

/// What an object says, without the members that are wrong; none when the whole is.
fn object_of(
    text: &str,
    fault: &dyn Fn(&serde_json::Error) -> (u64, Error),
    faults: &mut Faults,
) -> Option<Object> {
    let whole = match serde_json::from_str(text) {
        Ok(object) => return Some(object),
        Err(error) => fault(&error),
    };
    let (mut good, mut is_found) = (serde_json::Map::new(), false);
    for (member, alone) in members(text).unwrap_or_default() {
        match serde_json::from_str::<Object>(&alone) {
            Ok(_) => good.extend(serde_json::from_str::<serde_json::Map<_, _>>(&alone).unwrap_or_default()),
            Err(error) => {
                let (line, error) = fault(&error);
                faults.cell(line, &member, error);
                is_found = true;
            }
        }
    }
    if !is_found {
        // A member that stands twice, or something else than an object.
        faults.void(whole.0, whole.1);
        return None;
    }
    serde_json::from_value(good.into()).ok()
}

fn line_of(text: &[u8], end: usize) -> usize {
    1 + text.iter().take(end).filter(|byte| **byte == b'\n').count()
}

/// A fault in a piece of JSON that begins at a line, after so many columns.
fn json_fault(name: &str, (line, columns): (usize, usize), error: &serde_json::Error) -> Error {
    let column = error.column() + if error.line() == 1 { columns } else { 0 };
    let line = line + error.line().saturating_sub(1);
    let text = error.to_string();
    let why = text.split(" at line ").next().unwrap_or_default();
    codes::BAD_VALUE
        .error(format!("{name}:{line}, column {column}: {why}"))
        .hint("mend it there; nothing was filed. A request has the names of the options of `servhub request create`")
}

fn csv(name: &str, text: &[u8], ui: &Ui, faults: &mut Faults) -> Result<Vec<Order>> {
    let text = text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(text);
    let broken = |error: csv::Error| row_fault(name, &error);
    let header = reader.headers().map_err(broken)?.clone();
    for column in &header {
        if !COLUMNS.contains(&column.trim()) {
            let near = nearest(column, COLUMNS.iter().copied());
            let near = near
                .first()
                .map_or(String::new(), |near| format!("; did you mean {near}?"));
            ui.note(&format!(
                "{name}: the column \"{column}\" is not known and was left out{near}"
            ));
        }
    }
    let mut orders = Vec::new();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                faults.row(line_of_fault(&error), row_fault(name, &error));
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        faults.begin(line);
        let mut order = Order {
            place: NOWHERE,
            key: String::new(),
            draft: Draft::default(),
            origin: Some(format!("{name}:{line}")),
            files: Vec::new(),
        };
        for (column, text) in header.iter().zip(&row).filter(|(_, text)| !text.is_empty()) {
            if let Err(why) = set(&mut order, column.trim(), text) {
                let error = cell_fault(name, line, column, &why);
                faults.cell(line, column.trim(), error);
            }
        }
        orders.push(order);
    }
    Ok(orders)
}

fn line_of_fault(error: &csv::Error) -> u64 {
    error.position().map_or(1, csv::Position::line)
}

/// A row that does not fit the header, or that is not text.
fn row_fault(name: &str, error: &csv::Error) -> Error {
    let line = line_of_fault(error);
    let (why, fix) = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => (
            format!("{len} cells where the header has {expected_len}"),
            "a text with a comma stands in quotes",
        ),
        csv::ErrorKind::Utf8 { .. } => ("the text is not UTF-8".to_owned(), "save the file as UTF-8"),
        _ => (error.to_string(), "mend the row"),
    };
    codes::BAD_VALUE
        .error(format!("{name}:{line}: {why}"))
        .hint(format!("{fix}; nothing was filed"))
}

fn cell_fault(name: &str, line: u64, column: &str, why: &str) -> Error {
    codes::BAD_VALUE
        .error(format!("{name}:{line}, column {column}: {why}"))
        .hint("mend the cell; nothing was filed")
}

fn set(order: &mut Order, column: &str, text: &str) -> Result<(), String> {
    let some = || Some(text.to_owned());
    match column {
        "workspace" => return put(order, Place::Workspace(text.to_owned())),
        "customer" => return put(order, Place::Customer(text.to_owned())),
        "own_tenant" if yes(text)? => return put(order, Place::OwnTenant),
        _ => {}
    }
    let draft = &mut order.draft;
    match column {
        "key" => order.key = text.to_owned(),
        "title" => draft.title = some(),
        "description" => draft.description = some(),
        "product" => draft.product = some(),
        "contact" => draft.contact = some(),
        "language" => draft.language = some(),
        "country" => draft.country = some(),
        "group" => draft.group = some(),
        "entitlement" => draft.entitlement = some(),
        "kind" => draft.kind = Some(word(text)?),
        "severity" => draft.severity = Some(word(text)?),
        "category" => draft.category = Some(word(text)?),
        "share_with" => draft.share_with = several(text),
        "around_the_clock" => draft.around_the_clock = yes(text)?,
        "subscription" => draft.subscription = some(),
        "plan" => draft.plan = some(),
        "not_covered_by" => draft.not_covered_by = several(text),
        "because" => draft.because = some(),
        "channel" => draft.channel = Some(word(text)?),
        _ => {}
    }
    Ok(())
}

fn several(text: &str) -> Vec<String> {
    text.split(';').map(|one| one.trim().to_owned()).collect()
}

fn yes(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(format!("\"{other}\" is neither yes nor no")),
    }
}

fn word<T: std::str::FromStr<Err = crate::domain::words::UnknownWord>>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|error: crate::domain::words::UnknownWord| error.to_string())
}
