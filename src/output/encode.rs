//! Rows as text, written as they are found: CSV, TSV, JSON and JSON Lines.
//!
//! The cells of a row are independent of each other, so that a caller may keep the bytes of several cells
//! and write them again in front of other rows.

use super::delimited::defuse;
use super::{Column, Dialect, Value};
use crate::domain::{Day, Quantity};
use std::io::Write as _;

/// A text format of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// CSV in a dialect (K-16).
    Csv(Dialect),
    /// Tab-separated; tabs and line ends within a value are escaped.
    Tsv,
    /// One document with a schema version.
    Json,
    /// One JSON object a line, each with the schema version.
    Jsonl,
}

/// Writes rows in a text format into a buffer.
#[derive(Debug)]
pub struct Encoder {
    text: Text,
    schema: &'static str,
    columns: Vec<Column>,
    separator: u8,
    days: Days,
    first: bool,
}

impl Encoder {
    /// An encoder of rows with such columns.
    pub fn new(text: Text, schema: &'static str, columns: &[Column]) -> Self {
        let separator = match text {
            Text::Csv(dialect) => dialect.delimiter(),
            Text::Tsv => b'\t',
            Text::Json | Text::Jsonl => b',',
        };
        Self {
            text,
            schema,
            columns: columns.to_vec(),
            separator,
            days: Days::default(),
            first: true,
        }
    }

    /// What comes before all rows.
    pub fn begin(&mut self, out: &mut Vec<u8>) {
        match self.text {
            Text::Csv(dialect) => {
                if dialect.defuses() {
                    out.extend_from_slice("\u{FEFF}".as_bytes());
                }
                self.header(out);
            }
            Text::Tsv => self.header(out),
            Text::Json => {
                let _ = write!(out, "{{\"schema\":\"{}\",\"rows\":[", self.schema);
            }
            Text::Jsonl => {}
        }
    }

    fn header(&mut self, out: &mut Vec<u8>) {
        let names: Vec<&'static str> = self.columns.iter().map(|column| column.name).collect();
        for (nth, name) in names.into_iter().enumerate() {
            self.cell(out, nth, Value::Text(name));
        }
        self.end_row(out);
    }

    /// What comes behind all rows.
    pub fn end(&self, out: &mut Vec<u8>) {
        if self.text == Text::Json {
            out.extend_from_slice(b"\n]}\n");
        }
    }

    /// A whole row.
    pub fn row(&mut self, out: &mut Vec<u8>, values: &[Value<'_>]) {
        self.begin_row(out);
        for (nth, value) in values.iter().enumerate() {
            self.cell(out, nth, *value);
        }
        self.end_row(out);
    }

    /// What comes before the first cell of a row.
    pub fn begin_row(&mut self, out: &mut Vec<u8>) {
        match self.text {
            Text::Json => {
                out.extend_from_slice(if self.first { b"\n{" } else { b",\n{" });
                self.first = false;
            }
            Text::Jsonl => {
                let _ = write!(out, "{{\"schema\":\"{}\",", self.schema);
            }
            Text::Csv(_) | Text::Tsv => {}
        }
    }

    /// What comes behind the last cell of a row.
    pub fn end_row(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self.text {
            Text::Csv(_) => b"\r\n",
            Text::Tsv => b"\n",
            Text::Json => b"}",
            Text::Jsonl => b"}\n",
        });
    }

    /// One cell, with the separator that stands in front of it.
    pub fn cell(&mut self, out: &mut Vec<u8>, nth: usize, value: Value<'_>) {
        if nth > 0 {
            out.push(self.separator);
        }
        match self.text {
            Text::Json | Text::Jsonl => {
                out.push(b'"');
                out.extend_from_slice(self.columns[nth].name.as_bytes());
                out.extend_from_slice(b"\":");
                self.json(out, value);
            }
            Text::Csv(_) | Text::Tsv => self.plain(out, value),
        }
    }

    fn plain(&mut self, out: &mut Vec<u8>, value: Value<'_>) {
        match value {
            Value::Empty => {}
            Value::Text(text) => self.text(out, text),
            Value::Words(words) => self.text(out, &words.join(";")),
            Value::Number(number) => put_number(out, number),
            Value::Quantity(quantity) | Value::Percent(quantity) => {
                let decimal = match self.text {
                    Text::Csv(dialect) => dialect.decimal(),
                    _ => b'.',
                };
                put_quantity(out, quantity, decimal);
            }
            Value::Day(day) => out.extend_from_slice(self.days.text(day)),
            Value::Instant(instant) => out.extend_from_slice(instant.to_string().as_bytes()),
        }
    }

    fn text(&self, out: &mut Vec<u8>, text: &str) {
        match self.text {
            Text::Csv(dialect) if dialect.defuses() => put_csv(out, &defuse(text), dialect.delimiter()),
            Text::Csv(dialect) => put_csv(out, text, dialect.delimiter()),
            _ => put_tsv(out, text),
        }
    }

    fn json(&mut self, out: &mut Vec<u8>, value: Value<'_>) {
        match value {
            Value::Empty => out.extend_from_slice(b"null"),
            Value::Text(text) => put_json(out, text),
            Value::Words(words) => {
                out.push(b'[');
                for (nth, word) in words.iter().enumerate() {
                    if nth > 0 {
                        out.push(b',');
                    }
                    put_json(out, word);
                }
                out.push(b']');
            }
            Value::Day(_) | Value::Instant(_) => {
                out.push(b'"');
                self.plain(out, value);
                out.push(b'"');
            }
            number => self.plain(out, number),
        }
    }
}

/// RFC 4180: a cell is quoted when it holds a separator, a quote or a line end.
fn put_csv(out: &mut Vec<u8>, text: &str, delimiter: u8) {
    let special = |byte: u8| byte == delimiter || byte == b'"' || byte == b'\r' || byte == b'\n';
    if !text.bytes().any(special) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for (nth, part) in text.split('"').enumerate() {
        if nth > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}

fn put_tsv(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            other => out.push(other),
        }
    }
}

fn put_json(out: &mut Vec<u8>, text: &str) {
    // A text always can be written; into memory nothing fails.
    let _ = serde_json::to_writer(out, text);
}

fn put_number(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    put_digits(out, number.unsigned_abs());
}

fn put_digits(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

/// The same text as [`Quantity::write`].
fn put_quantity(out: &mut Vec<u8>, quantity: Quantity, decimal: u8) {
    let hundredths = quantity.hundredths();
    if hundredths < 0 {
        out.push(b'-');
    }
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    put_digits(out, whole);
    if part > 0 {
        out.push(decimal);
        out.push(b'0' + (part / 10) as u8);
        if part % 10 > 0 {
            out.push(b'0' + (part % 10) as u8);
        }
    }
}

/// Texts of days: the calendar is asked once for each day of a few years.
#[derive(Debug, Default)]
struct Days {
    known: Vec<Option<(Day, Box<[u8]>)>>,
}

/// How many days are remembered: a good eleven years.
const REMEMBERED: usize = 4096;

impl Days {
    fn text(&mut self, day: Day) -> &[u8] {
        if self.known.is_empty() {
            self.known.resize(REMEMBERED, None);
        }
        let slot = day.number().rem_euclid(REMEMBERED as i32) as usize;
        let known = &mut self.known[slot];
        if !matches!(known, Some((of, _)) if *of == day) {
            *known = None;
        }
        let (_, text) = known.get_or_insert_with(|| (day, day.to_string().into_bytes().into()));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::col;
    use proptest::prelude::*;

    const COLUMNS: &[Column] = &[col("a"), col("b")];

    fn written(text: Text, values: &[Value<'_>]) -> String {
        let (mut out, mut encoder) = (Vec::new(), Encoder::new(text, "test/1", COLUMNS));
        encoder.begin(&mut out);
        encoder.row(&mut out, values);
        encoder.row(&mut out, values);
        encoder.end(&mut out);
        String::from_utf8(out).unwrap()
    }

    proptest! {
        /// Rules: K-16
        #[test]
        fn csv_is_read_back_by_another_reader(a in any::<String>(), b in "[,;\"\r\na]{0,6}") {
            let text = written(Text::Csv(Dialect::Rfc4180), &[Value::Text(&a), Value::Text(&b)]);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for record in reader.records() {
                let record = record.unwrap();
                prop_assert_eq!(&record[0], &a);
                prop_assert_eq!(&record[1], &b);
            }
        }

        /// Rules: K-6
        #[test]
        fn json_is_read_back(a in any::<String>(), n in any::<i32>()) {
            let quantity = Quantity::from_hundredths(i64::from(n));
            let text = written(Text::Json, &[Value::Text(&a), quantity.into()]);
            let document: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(document["rows"][1]["a"].as_str(), Some(a.as_str()));
            let lines = written(Text::Jsonl, &[Value::Text(&a), quantity.into()]);
            prop_assert_eq!(lines.lines().count(), 2);
            let expected = format!("\"b\":{quantity}");
            prop_assert!(lines.contains(&expected));
        }

        #[test]
        fn quantities_are_written_as_everywhere(n in any::<i64>()) {
            let mut out = Vec::new();
            put_quantity(&mut out, Quantity::from_hundredths(n), b'.');
            prop_assert_eq!(String::from_utf8(out).unwrap(), Quantity::from_hundredths(n).to_string());
        }

        #[test]
        fn days_are_written_as_everywhere(days in prop::collection::vec(-100_000_i32..100_000, 1..50)) {
            let mut memo = Days::default();
            for number in days {
                let day = Day::from_number(number);
                let expected = day.to_string();
                prop_assert_eq!(memo.text(day), expected.as_bytes());
            }
        }
    }

    /// Rules: K-16
    #[test]
    fn a_formula_is_inert_in_the_spreadsheet_dialect() {
        let values = [Value::Text("=1+1"), Quantity::from_hundredths(-150).into()];
        assert_eq!(
            written(Text::Csv(Dialect::Excel), &values),
            "\u{FEFF}a;b\r\n'=1+1;-1,5\r\n'=1+1;-1,5\r\n"
        );
        assert_eq!(
            written(Text::Csv(Dialect::Rfc4180), &values),
            "a,b\r\n=1+1,-1.5\r\n=1+1,-1.5\r\n"
        );
    }
}
