//! Applying the inputs, kind after kind, in one transaction.

use super::beside::Beside;
use super::bulk::may_load;
use super::desk::Desk;
use super::jsonl::Object;
use super::kind::{Kind, Type};
use super::lines::{Broken, Cells, Lines};
use super::portal;
use super::report::{Counts, Fault};
use super::row::Row;
use super::source::{Format, Source};
use crate::audit::EntryRange;
use crate::domain::near::nearest;
use crate::error::{AtPath, Result, codes};
use crate::output::refuse;
use crate::policy::Permission;
use serde::Serialize;
use std::path::Path;

/// Rows are read in two passes where the second kind of row needs what the first left: a release before the
/// contact that takes its place, an indirect provider before its resellers, a delivery before its correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Only,
    First,
    Second,
}

impl Pass {
    pub fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Contacts | Kind::Partners | Kind::Deliveries => &[Self::First, Self::Second],
            _ => &[Self::Only],
        }
    }

    fn takes(self, row: &Row<'_>) -> bool {
        let is_second = match row.kind {
            Kind::Contacts => row.opt("until").is_none(),
            Kind::Partners => row.opt("provider").is_some(),
            Kind::Deliveries => row.opt("corrects").is_some(),
            _ => return true,
        };
        is_second == (self == Self::Second)
    }
}

/// What the audit trail says of a file whose new rows are not recorded one by one.
#[derive(Debug, Serialize)]
struct FileRecord<'a> {
    kind: Kind,
    file: &'a str,
    sha256: &'a str,
    counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<EntryRange>,
}

/// Applies what the inputs hold of one kind.
pub(super) fn kind<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    kind: Kind,
    sources: &[Source],
) -> Result<()> {
    for source in sources.iter().filter(|source| source.may_hold(kind)) {
        desk.beside = Beside::of(source);
        let before = *desk.tally.counts(kind);
        let mut sha256 = String::new();
        let mut second = false;
        for pass in Pass::of(kind) {
            if *pass == Pass::Second && !second {
                break;
            }
            let read = match source.format {
                Format::Csv(_) => csv(desk, kind, source, *pass)?,
                Format::Jsonl(only) => jsonl(desk, kind, only, source, *pass)?,
                Format::Issues => super::issues::read(desk, kind, source)?,
            };
            second |= read.left_over;
            if *pass != Pass::Second {
                sha256 = read.sha256;
            }
        }
        record_file(desk, kind, source, &sha256, before)?;
    }
    if desk.tally.counts(kind) == &Counts::default() {
        desk.tally.report.counts.retain(|(other, _)| *other != kind);
    }
    Ok(())
}

/// What reading a file once has shown.
pub(super) struct WasRead {
    pub sha256: String,
    /// There are rows for the second pass.
    pub left_over: bool,
}

fn record_file<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    kind: Kind,
    source: &Source,
    sha256: &str,
    before: Counts,
) -> Result<()> {
    let after = *desk.tally.counts(kind);
    let counts = Counts {
        created: after.created - before.created,
        changed: after.changed - before.changed,
        unchanged: after.unchanged - before.unchanged,
        refused: after.refused - before.refused,
    };
    let entries = desk.run.take_range();
    let is_bulk = kind.is_told_by_file() && counts.created > 0;
    if entries.is_none() && !is_bulk {
        return Ok(());
    }
    let record = FileRecord {
        kind,
        file: &source.name,
        sha256,
        counts,
        entries,
    };
    desk.at.record(&format!("import:{kind}"), None, Some(&record))
}

/// The header's columns in the order of the kind's table: where each stands in the file.
pub(super) fn places<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    kind: Kind,
    source: &Source,
    header: &Cells,
) -> Result<Vec<Option<usize>>> {
    let layout = kind.layout();
    let mut places = vec![None; layout.fields.len()];
    let mut unknown = Vec::new();
    for place in 0..header.len() {
        let text = String::from_utf8_lossy(header.get(place)).trim().to_lowercase();
        if portal::is_left_out(kind, &text) {
            continue;
        }
        match layout.place(portal::column(kind, &text)) {
            Some(field) if places[field].is_some() => {
                return Err(
                    codes::IMPORT_HEADER.error(format!("{}: the column {text} stands twice", source.name))
                );
            }
            Some(field) => places[field] = Some(place),
            None => unknown.push(text),
        }
    }
    let missing =
        layout.fields.iter().zip(&places).find(|(field, place)| {
            field.required && place.is_none() && !desk.crowd.supplies(kind, field.name)
        });
    if let Some((field, _)) = missing {
        let error =
            codes::IMPORT_HEADER.error(format!("{}: the column {} is missing", source.name, field.name));
        let error = match nearest(field.name, unknown.iter().map(String::as_str)).first() {
            Some(near) => error.hint(format!("is \"{near}\" meant? Call it {}", field.name)),
            None => error,
        };
        return Err(error.hint(format!(
            "`servhub import --template {kind}` prints the right header"
        )));
    }
    for name in unknown {
        let near = nearest(&name, layout.fields.iter().map(|field| field.name));
        let near = near
            .first()
            .map_or(String::new(), |near| format!("; did you mean {near}?"));
        desk.tally.note(format!(
            "{}: the column \"{name}\" is not known and was left out{near}",
            source.name
        ));
    }
    Ok(places)
}

fn csv<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    kind: Kind,
    source: &Source,
    pass: Pass,
) -> Result<WasRead> {
    if let Some(load) = desk.clerk.load.filter(|_| may_load(kind, pass))
        && let Some(read) = load(desk, source)?
    {
        return Ok(read);
    }
    let path: &Path = &source.path;
    let mut lines = Lines::open(source, pass != Pass::Second)?;
    let mut cells = Cells::default();
    match lines.header(&mut cells).at(path)? {
        None => {
            desk.tally.note(format!("{}: the file is empty", source.name));
            return Ok(WasRead {
                sha256: lines.sha256(),
                left_over: false,
            });
        }
        Some(Err(broken)) => {
            return Err(codes::IMPORT_HEADER.error(format!("{}: {}", source.name, told(broken).0)));
        }
        Some(Ok(())) => {}
    }
    let places = places(desk, kind, source, &cells)?;
    let width = cells.len();
    let (length, mut left_over, mut rows) = (source.length(), false, 0_u64);
    while let Some(split) = lines.row(&mut cells).at(path)? {
        let shape = Shape {
            kind,
            source,
            pass,
            width,
            has_mark: lines.has_mark,
            decimal: lines.decimal,
            places: &places,
        };
        left_over |= shape.row(desk, &cells, split)?;
        rows += 1;
        if rows % 1024 == 0 {
            desk.tally.watch().progress(&source.name, lines.taken(), length);
        }
    }
    Ok(WasRead {
        sha256: lines.sha256(),
        left_over,
    })
}

/// What all rows of a CSV file have in common.
pub(super) struct Shape<'a> {
    pub kind: Kind,
    pub source: &'a Source,
    pub pass: Pass,
    pub width: usize,
    pub has_mark: bool,
    pub decimal: char,
    pub places: &'a [Option<usize>],
}

impl Shape<'_> {
    /// Judges one row; says whether it was left for the second pass.
    pub fn row<P: Permission>(
        &self,
        desk: &mut Desk<'_, '_, '_, P>,
        cells: &Cells,
        split: Result<(), Broken>,
    ) -> Result<bool> {
        if self.is_not_for_second(cells) {
            return Ok(false);
        }
        let mut row = Row {
            kind: self.kind,
            file: &self.source.name,
            line: cells.line,
            cells: &[],
        };
        let Ok(text) = std::str::from_utf8(cells.bytes()) else {
            let fault = line_fault("the line is not valid UTF-8", "save the file as UTF-8");
            return self.refuse(desk, &row, fault);
        };
        if let Err(broken) = split {
            let (what, fix) = told(broken);
            return self.refuse(desk, &row, line_fault(what, fix));
        }
        if cells.len() != self.width {
            let what = format!(
                "the line has {} cells, and the header has {}",
                cells.len(),
                self.width
            );
            return self.refuse(
                desk,
                &row,
                line_fault(
                    what,
                    "quote cells that hold the delimiter; an empty cell needs one too",
                ),
            );
        }
        let mut texts: Vec<Option<&str>> = self
            .places
            .iter()
            .map(|place| place.map(|place| self.text(&text[cells.range(place)])))
            .collect();
        let points = self.points(&texts);
        for (place, point) in &points {
            texts[*place] = Some(point);
        }
        row.cells = &texts;
        if !self.pass.takes(&row) {
            return Ok(true);
        }
        desk.take(&row)?;
        Ok(false)
    }

    /// Rows without a correction are done when corrections are read; most are of that sort.
    fn is_not_for_second(&self, cells: &Cells) -> bool {
        let corrects = self
            .kind
            .layout()
            .place("corrects")
            .and_then(|place| self.places[place]);
        self.pass == Pass::Second
            && corrects.is_some_and(|place| place < cells.len() && cells.range(place).is_empty())
    }

    /// Quantities that a spreadsheet wrote with a decimal comma, with a point: by their place among the cells.
    fn points(&self, texts: &[Option<&str>]) -> Vec<(usize, String)> {
        if self.decimal == '.' {
            return Vec::new();
        }
        let fields = self.kind.layout().fields.iter().zip(texts).enumerate();
        let commas = fields.filter_map(|(place, (field, text))| match (field.holds, text) {
            (Type::Quantity, Some(text)) if text.contains(self.decimal) => {
                Some((place, text.replacen(self.decimal, ".", 1)))
            }
            _ => None,
        });
        commas.collect()
    }

    /// What our spreadsheet dialect made inert is as it was again.
    fn text<'t>(&self, text: &'t str) -> &'t str {
        if self.has_mark { refuse(text) } else { text }
    }

    fn refuse<P: Permission>(
        &self,
        desk: &mut Desk<'_, '_, '_, P>,
        row: &Row<'_>,
        fault: Fault,
    ) -> Result<bool> {
        if self.pass != Pass::Second {
            desk.refuse(row, fault)?;
        }
        Ok(false)
    }
}

fn told(broken: Broken) -> (&'static str, &'static str) {
    match broken {
        Broken::OpenQuote => (
            "a quote is opened here and never closed",
            "close it; a quote within a cell is written twice",
        ),
        Broken::StrayQuote => (
            "text follows a closing quote",
            "a quote within a cell is written twice",
        ),
    }
}

fn line_fault(what: impl Into<String>, fix: impl Into<String>) -> Fault {
    Fault {
        column: None,
        what: what.into(),
        fix: fix.into(),
        code: codes::BAD_VALUE.id,
    }
}

fn jsonl<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    kind: Kind,
    only: Option<Kind>,
    source: &Source,
    pass: Pass,
) -> Result<WasRead> {
    let mut lines = Lines::open(source, pass != Pass::Second)?;
    let mut left_over = false;
    // Faults of lines whose kind cannot be told are told once, with the first kind.
    let tells = pass != Pass::Second && (only.is_some() || kind == Kind::Customers);
    while let Some((line, bytes)) = lines.plain().at(&source.path)? {
        let mut row = Row {
            kind,
            file: &source.name,
            line,
            cells: &[],
        };
        let text = std::str::from_utf8(bytes)
            .map_err(|_| line_fault("the line is not valid UTF-8", "save the file as UTF-8"));
        let object = match text.and_then(|text| Object::read(text, only)) {
            Ok(object) if object.kind == kind => object,
            Ok(_) => continue,
            Err(fault) if tells => {
                desk.refuse(&row, fault)?;
                continue;
            }
            Err(_) => continue,
        };
        for name in object.unknown() {
            desk.tally.note(format!(
                "{}: the member \"{name}\" of {kind} is not known and was left out",
                source.name
            ));
        }
        match object.cells() {
            Err(fault) if pass != Pass::Second => desk.refuse(&row, fault)?,
            Err(_) => {}
            Ok(cells) => {
                let texts: Vec<Option<&str>> = cells.iter().map(Option::as_deref).collect();
                row.cells = &texts;
                if pass.takes(&row) {
                    desk.take(&row)?;
                } else {
                    left_over = true;
                }
            }
        }
    }
    Ok(WasRead {
        sha256: lines.sha256(),
        left_over,
    })
}
