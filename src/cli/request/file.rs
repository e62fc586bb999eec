//! Requests from a file: CSV with a header, or JSON.

use crate::domain::filing::Draft;
use crate::domain::near::nearest;
use crate::error::{AtPath, Error, Result, codes};
use crate::hub::import::hex;
use crate::hub::request::Order;
use crate::ui::Ui;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// Columns that a file can have.
const COLUMNS: [&str; 15] = [
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
];

/// Reads the orders. Without a key of its own, a row's key is made from the file and its place, so that the same
/// file files nothing twice.
pub(super) fn orders(
    path: &Path,
    workspace: Option<&str>,
    contact: Option<&str>,
    ui: &Ui,
) -> anyhow::Result<Vec<Order>> {
    let mut text = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut text)?;
    } else {
        text = std::fs::read(path).at(path)?;
    }
    let digest = hex(&Sha256::digest(&text)[..8]);
    let name = path.display().to_string();
    let is_json = text.trim_ascii_start().starts_with(b"{") || text.trim_ascii_start().starts_with(b"[");
    let mut orders = if is_json {
        json(&name, &text)?
    } else {
        csv(&name, &text, ui)?
    };
    for (place, order) in orders.iter_mut().enumerate() {
        if order.key.is_empty() {
            order.key = format!("{digest}/{}", place + 1);
        }
        if order.workspace.is_empty() {
            order.workspace = workspace.unwrap_or_default().to_owned();
        }
        if order.workspace.is_empty() {
            let origin = order.origin.as_deref().unwrap_or(&name);
            let error = codes::MISSING_OPTION.error(format!("{origin}: no workspace is named"));
            return Err(error
                .hint("write it in the column workspace, or add --workspace")
                .into());
        }
        if order.draft.contact.is_none() {
            order.draft.contact = contact.map(str::to_owned);
        }
    }
    if orders.is_empty() {
        return Err(codes::MISSING_OPTION
            .error(format!("{name}: there is no request in it"))
            .into());
    }
    Ok(orders)
}

/// A request in JSON: the draft's members, and where it goes.
#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    workspace: String,
    #[serde(default)]
    key: String,
    #[serde(flatten)]
    draft: serde_json::Map<String, serde_json::Value>,
}

fn json(name: &str, text: &[u8]) -> Result<Vec<Order>> {
    let fault = |error: serde_json::Error| {
        let message = format!(
            "{name}, line {}, column {}: {error}",
            error.line(),
            error.column()
        );
        codes::BAD_VALUE
            .error(message)
            .hint("see `servhub request create --help` for what a request has")
    };
    let objects: Vec<Object> = if text.trim_ascii_start().starts_with(b"[") {
        serde_json::from_slice(text).map_err(fault)?
    } else {
        vec![serde_json::from_slice(text).map_err(fault)?]
    };
    let order = |(place, object): (usize, Object)| {
        let draft: Draft = serde_json::from_value(serde_json::Value::Object(object.draft))
            .map_err(|error| codes::BAD_VALUE.error(format!("{name}, request {}: {error}", place + 1)))?;
        Ok(Order {
            workspace: object.workspace,
            key: object.key,
            draft,
            origin: Some(format!("{name}, request {}", place + 1)),
        })
    };
    objects.into_iter().enumerate().map(order).collect()
}

fn csv(name: &str, text: &[u8], ui: &Ui) -> Result<Vec<Order>> {
    let text = text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(text);
    let broken = |error: csv::Error| codes::BAD_VALUE.error(format!("{name}: {error}"));
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
        let row = row.map_err(broken)?;
        let line = row.position().map_or(0, csv::Position::line);
        let mut order = Order {
            workspace: String::new(),
            key: String::new(),
            draft: Draft::default(),
            origin: Some(format!("{name}:{line}")),
        };
        for (column, text) in header.iter().zip(&row).filter(|(_, text)| !text.is_empty()) {
            set(&mut order, column.trim(), text).map_err(|why| cell_fault(name, line, column, &why))?;
        }
        orders.push(order);
    }
    Ok(orders)
}

fn cell_fault(name: &str, line: u64, column: &str, why: &str) -> Error {
    codes::BAD_VALUE
        .error(format!("{name}:{line}, column {column}: {why}"))
        .hint("mend the cell; nothing was filed")
}

fn set(order: &mut Order, column: &str, text: &str) -> Result<(), String> {
    let draft = &mut order.draft;
    let some = || Some(text.to_owned());
    match column {
        "workspace" => order.workspace = text.to_owned(),
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
        "share_with" => draft.share_with = text.split(';').map(|one| one.trim().to_owned()).collect(),
        "around_the_clock" => {
            draft.around_the_clock = match text {
                "yes" => true,
                "no" => false,
                other => return Err(format!("\"{other}\" is neither yes nor no")),
            }
        }
        _ => {}
    }
    Ok(())
}

fn word<T: std::str::FromStr<Err = crate::domain::words::UnknownWord>>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|error: crate::domain::words::UnknownWord| error.to_string())
}
