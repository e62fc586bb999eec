//! Tables for reading (K-4).

use super::{Cell, Listing, Style};
use crate::domain::Quantity;
use comfy_table::{
    Attribute, Cell as Field, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, Width,
    presets,
};

/// How many characters a bar has.
const BAR: i64 = 10;

/// The listing as one table, or as one for each value of its heading column.
pub(super) fn write(listing: &Listing, style: &Style) -> String {
    if listing.rows.is_empty() {
        return String::new();
    }
    if listing.single {
        return upright(listing, style);
    }
    let heading = listing
        .headed_by
        .and_then(|name| listing.columns.iter().position(|column| column.name == name));
    let Some(heading) = heading else {
        return block(listing, style, &listing.rows, None);
    };
    let blocks = listing.rows.chunk_by(|a, b| a[heading] == b[heading]);
    let text = blocks.map(|rows| {
        format!(
            "{}\n{}",
            title(&rows[0][heading], style),
            block(listing, style, rows, Some(heading))
        )
    });
    text.collect::<Vec<_>>().join("\n")
}

fn title(cell: &Cell, style: &Style) -> String {
    let cell = plain(&cell.to_string());
    if style.fancy {
        format!("\u{1b}[1m{cell}\u{1b}[0m")
    } else {
        cell
    }
}

/// A text without line ends, which would break the row, and without other control characters, by which a
/// stored text could command the reader's terminal.
fn plain(text: &str) -> String {
    text.replace("\r\n", " ")
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn block(listing: &Listing, style: &Style, rows: &[Vec<Cell>], heading: Option<usize>) -> String {
    let shown = |place: &usize| {
        let picked = !style.columns.is_empty();
        let used = picked || !rows.iter().all(|row| is_nothing(&row[*place]));
        Some(*place) != heading && !listing.columns[*place].quiet && used
    };
    let places: Vec<usize> = (0..listing.columns.len()).filter(shown).collect();
    let mut table = bare(style);
    table.set_header(
        places
            .iter()
            .map(|&place| Field::new(listing.columns[place].name.replace('_', " "))),
    );
    for row in rows {
        table.add_row(places.iter().map(|&place| field(&row[place], style)));
    }
    match style.width {
        Some(terminal) if !keep_short_columns_whole(&mut table, usize::from(terminal)) => {
            let records = rows.iter().map(|row| record(listing, style, row, &places));
            records.collect::<Vec<_>>().join("\n")
        }
        _ => lines(&table),
    }
}

fn is_nothing(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Words(words) => words.is_empty(),
        _ => false,
    }
}

/// The longest value that is still kept on one line: ids, dates, figures and bars are; names may wrap.
const SHORT: usize = 21;

/// The least width that a column of names is squeezed to for that.
const NARROWEST: usize = 12;

/// Gives short columns the width of their longest value (headers wrap at their words), so that only names
/// and titles wrap. False when even that does not fit the terminal.
fn keep_short_columns_whole(table: &mut Table, terminal: usize) -> bool {
    let columns = table.column_count();
    let header_word = |column: usize| {
        let header = table
            .header()
            .and_then(|row| row.cell_iter().nth(column))
            .map(Field::content);
        header
            .iter()
            .flat_map(|text| text.split(' '))
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0)
    };
    let value = |column: usize| {
        let cells = table.row_iter().filter_map(|row| row.cell_iter().nth(column));
        cells
            .map(|cell| cell.content().chars().count())
            .max()
            .unwrap_or(0)
    };
    // One space of padding on each side.
    let widths: Vec<usize> = (0..columns)
        .map(|column| value(column).max(header_word(column)) + 2)
        .collect();
    let taken: usize = widths
        .iter()
        .map(|width| if *width <= SHORT { *width } else { NARROWEST })
        .sum();
    if taken > terminal {
        return false;
    }
    for (column, width) in table
        .column_iter_mut()
        .zip(widths)
        .filter(|(_, width)| *width <= SHORT)
    {
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    true
}

fn upright(listing: &Listing, style: &Style) -> String {
    let places: Vec<usize> = (0..listing.columns.len()).collect();
    listing
        .rows
        .iter()
        .map(|row| record(listing, style, row, &places))
        .collect()
}

/// One row as lines of name and value: how a single record is shown, and every row where the columns do not
/// fit beside each other.
fn record(listing: &Listing, style: &Style, row: &[Cell], places: &[usize]) -> String {
    let mut table = bare(style);
    for &place in places {
        if !is_nothing(&row[place]) {
            let value = field(&row[place], style).set_alignment(CellAlignment::Left);
            table.add_row([Field::new(listing.columns[place].name.replace('_', " ")), value]);
        }
    }
    lines(&table)
}

fn bare(style: &Style) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if style.fancy {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    match style.width {
        Some(width) => table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table
}

fn field(cell: &Cell, style: &Style) -> Field {
    match cell {
        Cell::Percent(percent) => percent_field(*percent, style),
        Cell::Number(_) | Cell::Quantity(_) => {
            Field::new(cell.to_string()).set_alignment(CellAlignment::Right)
        }
        Cell::Words(words) => flags(words, style),
        Cell::Text(text) => Field::new(plain(text)),
        _ => Field::new(cell.to_string()),
    }
}

/// Percent used: with a bar at a terminal, and in colour where colours are used. The word for a threshold
/// stands in the flags, so that nothing is told by colour alone.
fn percent_field(percent: Quantity, style: &Style) -> Field {
    let filled = (percent.hundredths() * BAR / 10_000).clamp(0, BAR);
    let bar: String = (0..BAR)
        .map(|place| if place < filled { '█' } else { '░' })
        .collect();
    let text = match style.width {
        Some(_) => format!("{bar} {percent} %"),
        None => format!("{percent} %"),
    };
    // Bars begin at one edge, bare figures end at one.
    let alignment = if style.width.is_some() {
        CellAlignment::Left
    } else {
        CellAlignment::Right
    };
    let field = Field::new(text).set_alignment(alignment);
    match percent {
        _ if !style.fancy => field,
        p if p >= Quantity::whole(100) => field.fg(Color::Red),
        p if p >= Quantity::whole(80) => field.fg(Color::Yellow),
        _ => field.fg(Color::Green),
    }
}

fn flags(words: &[String], style: &Style) -> Field {
    let field = Field::new(plain(&words.join(" ")));
    match (style.fancy, words.is_empty()) {
        (true, false) => field.fg(Color::Yellow).add_attribute(Attribute::Bold),
        _ => field,
    }
}

/// Every line begins with the padding of its first cell, which no border needs here.
fn lines(table: &Table) -> String {
    table
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned() + "\n")
        .collect()
}
