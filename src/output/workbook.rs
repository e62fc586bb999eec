//! Workbooks with typed cells: the one place that knows the library. Rows go straight to temporary files,
//! so that memory does not grow with them.

use super::{Column, Value};
use crate::domain::{Day, Quantity};
use crate::error::{Result, codes};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatType,
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::io::{Read, Seek};

/// Rows that a sheet can hold besides its header.
const ROWS: u32 = 1_048_575;

/// UTF-16 units that a cell can hold.
const CELL: usize = 32_767;

/// Days from a spreadsheet's day zero to 1970-01-01.
const EPOCH: i32 = 25_569;

/// The first day that all spreadsheets count alike: before, some believe in 29 February 1900.
const FIRST_DAY: i32 = -25_508;

const INK: Color = Color::RGB(0x1B_2A41);
const BAND: Color = Color::RGB(0x1F_4E79);
const RULE: Color = Color::RGB(0xD5_DCE5);

/// A workbook being written.
pub struct Book {
    workbook: Workbook,
    styles: Styles,
    sheets: usize,
    footer: String,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book")
            .field("sheets", &self.sheets)
            .finish_non_exhaustive()
    }
}

struct Styles {
    header: Format,
    text: Format,
    number: Format,
    quantity: Format,
    percent: Format,
    day: Format,
    instant: Format,
    title: Format,
    subtitle: Format,
    label: Format,
}

/// A table over one sheet, or several when it is longer than a sheet can be.
#[derive(Debug)]
pub struct Table {
    name: String,
    columns: Vec<Column>,
    widths: Vec<f64>,
    sheet: usize,
    part: u32,
    rows: u32,
}

/// How a cell of a free sheet looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The title of the document.
    Title,
    /// Under the title.
    Subtitle,
    /// A heading within the sheet.
    Header,
    /// The name of a figure.
    Label,
    /// A value.
    Plain,
}

impl Styles {
    fn new() -> Self {
        let base = || {
            Format::new()
                .set_font_name("Calibri")
                .set_font_size(10)
                .set_font_color(INK)
        };
        let cell = || {
            base()
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Hair)
                .set_border_bottom_color(RULE)
        };
        let right = |format: Format| format.set_align(FormatAlign::Right);
        Self {
            header: base()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(BAND)
                .set_align(FormatAlign::VerticalCenter),
            text: cell(),
            number: right(cell()).set_num_format("0"),
            quantity: right(cell()).set_num_format("#,##0.##;[Red]-#,##0.##"),
            percent: right(cell()).set_num_format("0.00\" %\""),
            day: cell().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            instant: cell()
                .set_num_format("yyyy-mm-dd hh:mm")
                .set_align(FormatAlign::Left),
            title: base().set_bold().set_font_size(20).set_font_color(BAND),
            subtitle: base().set_font_size(12),
            label: base().set_font_color(Color::RGB(0x5B_6675)),
        }
    }
}

impl Book {
    /// An empty workbook. It says that it was made on the day the report is as of, so that the same report
    /// has the same bytes (K-15).
    ///
    /// # Errors
    /// A day that spreadsheets do not know.
    pub fn new(title: &str, as_of: Day) -> Result<Self> {
        let mut workbook = Workbook::new();
        let (year, month, day) = as_of.parts();
        let parts = (u16::try_from(year), u8::try_from(month), u8::try_from(day));
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            return Err(failed(&XlsxError::DateTimeRangeError(as_of.to_string())));
        };
        let made = ExcelDateTime::from_ymd(year, month, day).map_err(|error| failed(&error))?;
        let properties = DocProperties::new()
            .set_title(title)
            .set_author("servhub")
            .set_creation_datetime(&made);
        workbook.set_properties(&properties);
        Ok(Self {
            workbook,
            styles: Styles::new(),
            sheets: 0,
            footer: format!("&L{}&CAs of {as_of}&RPage &P of &N", title.replace('&', "&&")),
        })
    }

    /// A sheet for anything; cells are written from top to bottom with [`Book::put`].
    ///
    /// # Errors
    /// When the temporary file cannot be made.
    pub fn free_sheet(&mut self, name: &str, widths: &[f64]) -> Result<usize> {
        let index = self.add(name)?;
        let sheet = self.sheet(index)?;
        sheet.set_screen_gridlines(false).set_print_fit_to_pages(1, 0);
        for (column, width) in (0_u16..).zip(widths) {
            sheet
                .set_column_width(column, *width)
                .map_err(|error| failed(&error))?;
        }
        Ok(index)
    }

    /// A table with a header that stays in view.
    ///
    /// # Errors
    /// When the temporary file cannot be made.
    pub fn table(&mut self, name: &str, columns: &[Column], widths: &[f64]) -> Result<Table> {
        let mut table = Table {
            name: name.to_owned(),
            columns: columns.to_vec(),
            widths: widths.to_vec(),
            sheet: 0,
            part: 0,
            rows: 0,
        };
        self.begin_part(&mut table)?;
        Ok(table)
    }

    /// The next row of a table; behind the last that a sheet can hold comes another sheet.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn row(&mut self, table: &mut Table, values: &[Value<'_>]) -> Result<()> {
        if table.rows == ROWS {
            self.end(table)?;
            self.begin_part(table)?;
        }
        table.rows += 1;
        for (column, value) in (0_u16..).zip(values) {
            self.write(table.sheet, table.rows, column, *value)?;
        }
        Ok(())
    }

    /// One cell of a free sheet.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn put(&mut self, sheet: usize, row: u32, column: u16, look: Look, value: Value<'_>) -> Result<()> {
        let style = match look {
            Look::Plain => return self.write(sheet, row, column, value),
            Look::Title => &self.styles.title,
            Look::Subtitle => &self.styles.subtitle,
            Look::Header => &self.styles.header,
            Look::Label => &self.styles.label,
        };
        let style = style.clone();
        let text = super::Cell::from(value).to_string();
        let sheet = self.sheet(sheet)?;
        let written = sheet.write_string_with_format(row, column, fitting(&text), &style);
        written.map(|_| ()).map_err(|error| failed(&error))
    }

    /// Puts filters over a table, and bars and colours over its percentages (E-7).
    ///
    /// # Errors
    /// None that a table made here can have; the library's type says it might.
    pub fn end(&mut self, table: &Table) -> Result<()> {
        let last = u16::try_from(table.columns.len()).unwrap_or(1).saturating_sub(1);
        let percent = table
            .columns
            .iter()
            .position(|column| column.name == "percent_used");
        let sheet = self.sheet(table.sheet)?;
        sheet
            .autofilter(0, 0, table.rows, last)
            .map_err(|error| failed(&error))?;
        if let Some(column) = percent.and_then(|place| u16::try_from(place).ok()) {
            thresholds(sheet, column, table.rows.max(1)).map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    /// The whole workbook, through a temporary file, in pieces.
    ///
    /// # Errors
    /// When a temporary file fails, or what `piece` answers.
    pub fn finish(mut self, mut piece: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let mut file = tempfile::tempfile()?;
        self.workbook
            .save_to_writer(&mut file)
            .map_err(|error| failed(&error))?;
        file.rewind()?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let length = file.read(&mut buffer)?;
            if length == 0 {
                return Ok(());
            }
            piece(&buffer[..length])?;
        }
    }

    fn begin_part(&mut self, table: &mut Table) -> Result<()> {
        table.part += 1;
        table.rows = 0;
        let name = match table.part {
            1 => table.name.clone(),
            part => format!("{} {part}", table.name),
        };
        table.sheet = self.add(&name)?;
        let header = self.styles.header.clone();
        let sheet = self.sheet(table.sheet)?;
        head(sheet, table, &header).map_err(|error| failed(&error))
    }

    fn add(&mut self, name: &str) -> Result<usize> {
        let footer = self.footer.clone();
        let sheet = self
            .workbook
            .add_worksheet_with_constant_memory()
            .map_err(|error| failed(&error))?;
        sheet.set_name(name).map_err(|error| failed(&error))?;
        sheet.set_paper_size(9).set_landscape().set_footer(footer);
        self.sheets += 1;
        Ok(self.sheets - 1)
    }

    fn sheet(&mut self, index: usize) -> Result<&mut Worksheet> {
        self.workbook
            .worksheet_from_index(index)
            .map_err(|error| failed(&error))
    }

    fn write(&mut self, sheet: usize, row: u32, column: u16, value: Value<'_>) -> Result<()> {
        let styles = &self.styles;
        let sheet = self
            .workbook
            .worksheet_from_index(sheet)
            .map_err(|error| failed(&error))?;
        let written = match value {
            Value::Empty => return Ok(()),
            // Always a string, never a formula, whatever it begins with (K-16).
            Value::Text(text) => sheet.write_string_with_format(row, column, fitting(text), &styles.text),
            Value::Words(words) => sheet.write_string_with_format(row, column, words.join(";"), &styles.text),
            Value::Number(number) => {
                sheet.write_number_with_format(row, column, number as f64, &styles.number)
            }
            Value::Quantity(quantity) => {
                sheet.write_number_with_format(row, column, real(quantity), &styles.quantity)
            }
            Value::Percent(percent) => {
                sheet.write_number_with_format(row, column, real(percent), &styles.percent)
            }
            Value::Day(day) if day.number() >= FIRST_DAY => {
                sheet.write_number_with_format(row, column, f64::from(day.number() + EPOCH), &styles.day)
            }
            Value::Instant(instant) => {
                let days = instant.seconds() as f64 / 86_400.0 + f64::from(EPOCH);
                sheet.write_number_with_format(row, column, days, &styles.instant)
            }
            Value::Day(day) => sheet.write_string_with_format(row, column, day.to_string(), &styles.text),
        };
        written.map(|_| ()).map_err(|error| failed(&error))
    }
}

fn head(sheet: &mut Worksheet, table: &Table, header: &Format) -> Result<(), XlsxError> {
    let last = u16::try_from(table.columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_row_height(0, 20)?;
    for (column, width) in (0..=last).zip(&table.widths) {
        sheet.set_column_width(column, *width)?;
    }
    for (column, named) in (0..=last).zip(&table.columns) {
        sheet.write_string_with_format(0, column, named.name, header)?;
    }
    Ok(())
}

/// A bar in every cell, amber from 80 %, red from 100 % (E-7).
fn thresholds(sheet: &mut Worksheet, column: u16, last: u32) -> Result<(), XlsxError> {
    let bar = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 100)
        .set_solid_fill(true)
        .set_fill_color(Color::RGB(0x9D_C3E6))
        .set_border_off(true);
    let over = |limit: i32, color: u32| {
        ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::GreaterThanOrEqualTo(limit))
            .set_format(Format::new().set_bold().set_font_color(Color::RGB(color)))
            .set_stop_if_true(false)
    };
    sheet.add_conditional_format(1, column, last, column, &over(100, 0xB3_261E))?;
    sheet.add_conditional_format(1, column, last, column, &over(80, 0x8A_5A00))?;
    sheet.add_conditional_format(1, column, last, column, &bar)?;
    Ok(())
}

/// Spreadsheets keep binary fractions; a quantity of ten thousand million with two places still is the one
/// nearest to it and reads back as the same decimal.
fn real(quantity: Quantity) -> f64 {
    quantity.hundredths() as f64 / 100.0
}

/// What fits into a cell; a longer text says that it was cut (K-7).
fn fitting(text: &str) -> std::borrow::Cow<'_, str> {
    const CUT: &str = " … (cut: a cell holds no more; the CSV has all of it)";
    if text.len() <= CELL || text.encode_utf16().count() <= CELL {
        return text.into();
    }
    let mut room = CELL - CUT.encode_utf16().count();
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    kept.chain(CUT.chars()).collect::<String>().into()
}

fn failed(error: &XlsxError) -> crate::error::Error {
    codes::IO_FAILED.error(format!("the workbook could not be written: {error}"))
}
