//! JSON with a schema version (K-6).

use super::{Cell, Column, Listing};
use crate::error::{Result, codes};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

struct Object<'a> {
    schema: Option<&'static str>,
    columns: &'a [Column],
    cells: &'a [Cell],
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        if let Some(schema) = self.schema {
            map.serialize_entry("schema", schema)?;
        }
        for (column, cell) in self.columns.iter().zip(self.cells) {
            map.serialize_entry(column.name, cell)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rows: Vec<Object<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<&'a str>,
}

/// The whole listing as one document: an object for a single record, else `schema` and `rows`.
pub(super) fn document(listing: &Listing) -> Result<String> {
    let object = |schema, cells| Object {
        schema,
        columns: &listing.columns,
        cells,
    };
    if let (true, [cells]) = (listing.single, listing.rows.as_slice()) {
        return text(&object(Some(listing.schema), cells), true);
    }
    let rows = listing.rows.iter().map(|cells| object(None, cells)).collect();
    let next_page_token = listing.cut.as_ref().map(|cut| cut.next.as_str());
    text(
        &Document {
            schema: listing.schema,
            rows,
            next_page_token,
        },
        true,
    )
}

/// One object a line; each names its schema, because a line may travel alone.
pub(super) fn lines(listing: &Listing) -> Result<String> {
    let mut out = String::new();
    for cells in &listing.rows {
        out += &text(
            &Object {
                schema: Some(listing.schema),
                columns: &listing.columns,
                cells,
            },
            false,
        )?;
        out.push('\n');
    }
    Ok(out)
}

fn text(value: &impl Serialize, pretty: bool) -> Result<String> {
    let text = if pretty {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    text.map_err(|error| {
        codes::IO_FAILED
            .error("the answer could not be written as JSON")
            .because(error)
    })
}
