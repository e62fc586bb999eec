//! A listing that is written while it is found, in any format of an export.

use super::{Book, Column, Drain, Encoder, Table, Text, Value, Written};
use crate::domain::Day;
use crate::error::{Error, Result};
use maud::{DOCTYPE, PreEscaped, html};

/// Takes the rows of a listing.
#[derive(Debug)]
pub struct Rows {
    shape: Shape,
    drain: Drain,
}

#[derive(Debug)]
enum Shape {
    Text(Encoder),
    Book(Box<Book>, Table),
    Page,
}

/// What a listing is: its name and version for machines, its title for people, and its columns.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Name and version of the rows, such as `export.education/1`.
    pub schema: &'static str,
    /// For people.
    pub title: &'static str,
    /// The columns.
    pub columns: &'static [Column],
}

const STYLE: &str = "html{font:14px/1.45 \"Segoe UI\",\"Helvetica Neue\",Helvetica,Arial,\"Noto Sans\",\"DejaVu Sans\",sans-serif;color:#1b2a41}\
body{margin:28px 32px}h1{font-size:1.5rem;margin:0;color:#1f4e79}p{color:#5b6675;margin:2px 0 16px}\
table{border-collapse:collapse;width:100%;font-size:.85rem}th{text-align:left;background:#1f4e79;color:#fff;position:sticky;top:0;padding:6px 8px;white-space:nowrap}\
td{border-bottom:1px solid #dfe5ec;padding:5px 8px;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}td.d{white-space:nowrap}\
@page{size:A4 landscape;margin:12mm}@media print{html{font-size:8pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}body{margin:0}thead{display:table-header-group}tr{break-inside:avoid}th{position:static}}";

impl Rows {
    /// Begins a listing as text.
    pub fn text(about: &About, text: Text, mut drain: Drain) -> Self {
        let mut encoder = Encoder::new(text, about.schema, about.columns);
        encoder.begin(drain.block());
        let shape = Shape::Text(encoder);
        Self { shape, drain }
    }

    /// Begins a listing as a workbook.
    ///
    /// # Errors
    /// When a temporary file cannot be made.
    pub fn book(about: &About, as_of: Day, drain: Drain) -> Result<Self> {
        let mut book = Book::new(about.title, as_of)?;
        let widths = vec![20.0; about.columns.len()];
        let table = book.table(about.title, about.columns, &widths)?;
        let shape = Shape::Book(Box::new(book), table);
        Ok(Self { shape, drain })
    }

    /// Begins a listing as a page.
    pub fn page(about: &About, as_of: Day, mut drain: Drain) -> Self {
        let head = html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (about.title) }
                style { (PreEscaped(STYLE)) }
            }
            h1 { (about.title) }
            p { "As of " (as_of) ". Made by servhub " (env!("CARGO_PKG_VERSION")) "." }
        };
        let row = html! { tr { @for column in about.columns { th { (column.name.replace('_', " ")) } } } };
        let page = format!(
            "{}\n<html lang=\"en\">{}<table><thead>{}</thead><tbody>\n",
            DOCTYPE.into_string(),
            head.into_string(),
            row.into_string()
        );
        drain.block().extend_from_slice(page.as_bytes());
        Self {
            shape: Shape::Page,
            drain,
        }
    }

    /// The next row.
    ///
    /// # Errors
    /// When writing has failed.
    pub fn write(&mut self, values: &[Value<'_>]) -> Result<()> {
        match &mut self.shape {
            Shape::Text(encoder) => encoder.row(self.drain.block(), values),
            Shape::Book(book, table) => return book.row(table, values),
            Shape::Page => {
                let row = html! { tr { @for value in values { td.(class(value)) { (super::Cell::from(*value)) } } } };
                let block = self.drain.block();
                block.extend_from_slice(row.into_string().as_bytes());
                block.push(b'\n');
            }
        }
        self.drain.pass_on()
    }

    /// Ends the listing.
    ///
    /// # Errors
    /// When writing has failed; then no file appears.
    pub fn finish(mut self) -> Result<Written> {
        match self.shape {
            Shape::Text(encoder) => encoder.end(self.drain.block()),
            Shape::Page => self.drain.block().extend_from_slice(b"</tbody></table></html>\n"),
            Shape::Book(mut book, table) => {
                let drain = &mut self.drain;
                let handed = book.end(&table).and_then(|()| {
                    book.finish(|piece| {
                        drain.block().extend_from_slice(piece);
                        drain.pass_on()
                    })
                });
                if let Err(failure) = handed {
                    return Err(self.drain.abandon(failure));
                }
            }
        }
        self.drain.finish()
    }

    /// Ends it after a failure elsewhere: no file appears.
    pub fn abandon(self, failure: Error) -> Error {
        self.drain.abandon(failure)
    }
}

fn class(value: &Value<'_>) -> &'static str {
    match value {
        Value::Number(_) | Value::Quantity(_) | Value::Percent(_) => "n",
        Value::Day(_) | Value::Instant(_) => "d",
        _ => "",
    }
}
