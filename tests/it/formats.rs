//! The formats, as programs and people read them.

use crate::fixture::{small_hub, tamper};
use crate::harness::{Run, Sandbox, finish};
use proptest::prelude::*;
use servhub::domain::Quantity;
use servhub::output::{Cell, Column, Dialect, Format, Listing, Style, Tabular, col, defuse, refuse, render};
use std::process::Command;

fn small() -> Sandbox {
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    sandbox
}

/// A row with a value of every kind.
struct Row(Vec<Cell>);

impl Tabular for Row {
    const SCHEMA: &'static str = concat!("test.row", "/1");
    const COLUMNS: &'static [Column] = &[
        col("text"),
        col("other"),
        col("percent"),
        col("flags"),
        col("hidden").quiet(),
    ];
    fn cells(&self) -> Vec<Cell> {
        self.0.clone()
    }
}

fn row(text: &str, percent: i64, flags: &[&str]) -> Row {
    let flags = flags.iter().map(|flag| (*flag).to_owned()).collect();
    Row(vec![
        text.into(),
        Cell::Empty,
        Cell::Percent(Quantity::whole(percent)),
        Cell::Words(flags),
        "h".into(),
    ])
}

fn style(format: Format) -> Style {
    Style {
        format,
        columns: Vec::new(),
        jq: None,
        dialect: Dialect::Rfc4180,
        fancy: false,
        width: None,
    }
}

fn text(rows: &[Row], style: &Style) -> String {
    String::from_utf8(render(Listing::of(rows), style).unwrap()).unwrap()
}

/// Rules: K-4 K-5
#[test]
fn every_format_is_written() {
    let sandbox = small();
    let list = |format: &str| {
        sandbox.ok([
            "contract",
            "list",
            "--customer",
            "LODZ",
            "--as-of",
            "2026-06-01",
            "-o",
            format,
            "--columns",
            "contract,plan,start",
        ])
    };
    assert_eq!(
        list("csv"),
        "contract,plan,start\r\n0099000001,\"Łuk; |pipe| \"\"q\"\" 界\",2026-02-16\r\n"
    );
    assert_eq!(
        list("tsv"),
        "contract\tplan\tstart\n0099000001\tŁuk; |pipe| \"q\" 界\t2026-02-16\n"
    );
    assert_eq!(
        list("json"),
        "{\n  \"schema\": \"contract.list/1\",\n  \"rows\": [\n    {\n      \"contract\": \"0099000001\",\n      \"plan\": \"Łuk; |pipe| \\\"q\\\" 界\",\n      \"start\": \"2026-02-16\"\n    }\n  ]\n}\n"
    );
    assert_eq!(
        list("jsonl"),
        "{\"schema\":\"contract.list/1\",\"contract\":\"0099000001\",\"plan\":\"Łuk; |pipe| \\\"q\\\" 界\",\"start\":\"2026-02-16\"}\n"
    );
    assert_eq!(
        list("md"),
        "| contract | plan | start |\n| --- | --- | --- |\n| 0099000001 | Łuk; \\|pipe\\| \"q\" 界 | 2026-02-16 |\n"
    );
    assert_eq!(
        list("table"),
        "contract    plan                start\n0099000001  Łuk; |pipe| \"q\" 界  2026-02-16\n"
    );
}

/// Rules: K-6
#[test]
fn columns_are_picked_and_ordered_and_an_unknown_one_lists_the_known() {
    let sandbox = small();
    let run = sandbox.run(["contract", "list", "--columns", "contract,plann"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("contract, customer, kind, plan") && run.stderr.contains("did you mean plan?"),
        "{run:?}"
    );
    let csv = sandbox.ok([
        "contract",
        "list",
        "-o",
        "csv",
        "--columns",
        "end,contract",
        "--customer",
        "TATRA",
    ]);
    assert_eq!(csv.lines().next(), Some("end,contract"));
    let table = sandbox.ok(["contract", "list", "--columns", "contract,csam"]);
    assert!(
        table.starts_with("contract    csam\n"),
        "a column that was asked for is shown, even when all is empty: {table}"
    );
}

/// Rules: K-6
#[test]
fn a_jq_program_that_fails_is_told_where() {
    let sandbox = small();
    let jq = |program: &str| sandbox.run(["contract", "list", "--jq", program]);
    assert_eq!(
        jq("[.rows[] | select(.kind == \"premier\") | .contract]").stdout,
        "[\"0012345679\"]\n"
    );
    assert_eq!(
        jq(".rows[0].customer, (.rows | length)").stdout,
        "Tatra Banka\n3\n"
    );
    assert_eq!(jq("empty").stdout, "");
    for (program, says) in [
        (".rows[", "ends too early"),
        (".rows | ) ", "at character 9"),
        ("nosuch(1)", "filter \"nosuch\" is not defined"),
        ("$x", "variable \"$x\" is not defined"),
        (".rows + 1", "cannot"),
    ] {
        let run = jq(program);
        assert!(
            run.code == 2 && run.stderr.contains("error[E0102]") && run.stderr.contains(says),
            "{program}: {run:?}"
        );
    }
}

/// Rules: K-6 T-3
#[test]
fn decimals_reach_jq_and_json_exactly() {
    let exact = ["0.1", "1234567890.07", "-0.01", "9999999999.99", "12"];
    for decimal in exact {
        let row = Row(vec![
            decimal.parse::<Quantity>().unwrap().into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ]);
        let program = Style {
            jq: Some(".rows[0].text".to_owned()),
            ..style(Format::Json)
        };
        assert_eq!(text(&[row], &program), format!("{decimal}\n"));
        let row = Row(vec![
            decimal.parse::<Quantity>().unwrap().into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ]);
        assert!(text(&[row], &style(Format::Jsonl)).contains(&format!("\"text\":{decimal},")));
    }
}

/// Rules: K-4
#[test]
fn without_a_terminal_there_is_no_colour_no_bar_and_no_wrap() {
    let long = "word ".repeat(60);
    let shown = text(&[row(&long, 120, &["over"])], &style(Format::Table));
    assert_eq!(shown.lines().count(), 2, "{shown}");
    assert!(
        shown.contains("120 %") && shown.contains("over"),
        "thresholds are told by word: {shown}"
    );
    assert!(!shown.contains(['█', '░', '\u{1b}']), "{shown}");
    assert!(
        !shown.contains("hidden") && !shown.contains("other"),
        "quiet and empty columns are left out"
    );
}

/// Rules: K-4
#[test]
fn colours_follow_the_flag_then_the_environment() {
    let sandbox = small();
    let coloured = |args: &[&str], env: &[(&str, &str)]| {
        let args = [
            "contract",
            "expiring",
            "--within",
            "9000d",
            "--as-of",
            "2026-09-01",
        ]
        .iter()
        .chain(args);
        let run = finish(sandbox.command(args).envs(env.iter().copied()));
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout.contains('\u{1b}')
    };
    sandbox_soon(&sandbox);
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

/// Makes a contract end soon after 2026-09-01, so that a flag is shown.
fn sandbox_soon(sandbox: &Sandbox) {
    tamper(
        &sandbox.store(),
        "UPDATE contract SET ends_on = 20720 WHERE id = 3",
    );
}

/// Runs in a real terminal of so many columns.
fn at_terminal(sandbox: &Sandbox, columns: u16, command: &str, env: &[(&str, &str)]) -> Run {
    let line = format!(
        "stty cols {columns} rows 40; '{}' {command}",
        env!("CARGO_BIN_EXE_servhub")
    );
    let mut script = Command::new("script");
    script
        .args(["-qec", &line, "/dev/null"])
        .env_clear()
        .env("PATH", std::env::var("PATH").unwrap());
    script
        .env("SERVHUB_STORE", sandbox.store())
        .env("SERVHUB_CONFIG", sandbox.path("config.toml"))
        .env("TERM", "xterm-256color");
    finish(
        script
            .envs(env.iter().copied())
            .stdin(std::process::Stdio::null()),
    )
}

/// Rules: K-4
#[test]
fn at_a_terminal_tables_fit_its_width_and_are_coloured() {
    let sandbox = small();
    sandbox_soon(&sandbox);
    tamper(
        &sandbox.store(),
        "UPDATE package SET name = 'A long name of a package that never fits beside the rest of its row'",
    );
    let line = "contract expiring --within 9000d --as-of 2026-09-01";
    let run = at_terminal(&sandbox, 60, line, &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.contains('\u{1b}'), "{run:?}");
    let plain = at_terminal(&sandbox, 60, line, &[("NO_COLOR", "1")]);
    assert!(!plain.stdout.contains('\u{1b}'), "{plain:?}");
    let widest = |run: &Run| {
        run.stdout
            .lines()
            .map(|line| line.trim_end().chars().count())
            .max()
            .unwrap()
    };
    assert!(
        widest(&plain) <= 60,
        "{} characters wide:\n{}",
        widest(&plain),
        plain.stdout
    );
    assert!(widest(&at_terminal(&sandbox, 300, line, &[("NO_COLOR", "1")])) > 60);
}

/// Rules: K-4
#[test]
fn at_a_terminal_use_is_drawn_as_a_bar() {
    let at = |percent, fancy| {
        let style = Style {
            fancy,
            width: Some(80),
            ..style(Format::Table)
        };
        text(&[row("x", percent, &[])], &style)
    };
    assert!(at(50, false).contains("█████░░░░░ 50 %"), "{}", at(50, false));
    assert!(at(0, false).contains("░░░░░░░░░░ 0 %") && at(250, false).contains("██████████ 250 %"));
    assert!(at(-5, false).contains("░░░░░░░░░░ -5 %"));
    let colours: Vec<String> = [50, 80, 100]
        .iter()
        .map(|percent| at(*percent, true).split("█").next().unwrap().to_owned())
        .collect();
    assert!(
        colours[0] != colours[1] && colours[1] != colours[2],
        "{colours:?}"
    );
}

/// A stored text must not command the reader's terminal.
///
/// Rules: K-4
#[test]
fn control_characters_do_not_reach_a_terminal() {
    let sandbox = small();
    tamper(
        &sandbox.store(),
        "UPDATE contract SET plan = 'a' || char(27) || '[31mred' || char(7) || char(10) || 'b'",
    );
    let table = sandbox.ok(["contract", "list"]);
    assert_eq!(table.lines().count(), 4, "{table:?}");
    assert!(!table.contains(['\u{1b}', '\u{7}']), "{table:?}");
    let run = sandbox.run(["contract", "show", "\u{1b}[31m"]);
    assert!(run.code == 3 && !run.stderr.contains('\u{1b}'), "{run:?}");
}

/// Rules: K-4
#[test]
fn wide_characters_keep_columns_in_line() {
    let rows = [
        row("日本語", 1, &[]),
        row("abc", 1, &[]),
        row("e\u{301}á", 1, &[]),
    ];
    let shown = text(&rows, &style(Format::Table));
    let places: Vec<usize> = shown
        .lines()
        .map(|line| {
            let before = &line[..line.find(['%', 'p']).unwrap()];
            before
                .chars()
                .map(|c| {
                    if c == '\u{301}' {
                        0
                    } else {
                        1 + usize::from("日本語".contains(c))
                    }
                })
                .sum()
        })
        .collect();
    assert!(places[1..].windows(2).all(|pair| pair[0] == pair[1]), "{shown}");
}

/// Rules: K-4
#[test]
fn a_heading_column_makes_a_table_for_each_value() {
    let rows = [row("north", 1, &[]), row("north", 2, &[]), row("south", 3, &[])];
    let shown = render(Listing::of(&rows).headed_by("text"), &style(Format::Table)).unwrap();
    assert_eq!(
        String::from_utf8(shown).unwrap(),
        "north\npercent\n    1 %\n    2 %\n\nsouth\npercent\n    3 %\n"
    );
}

/// Undoes the escapes of TSV.
fn untsv(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        out.push(match (c, c == '\\') {
            (_, true) => match rest.next().unwrap() {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                other => other,
            },
            (c, false) => c,
        });
    }
    out
}

/// Any text, with what formats find hard made likely.
fn any_text() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "=", "+", "-", "@", "'", "''=", "\"", ";", ",", "\t", "\r", "\n", "\\", "\\t", "|", "＝", "\u{feff}",
        "&lt;", "<br>",
    ]);
    prop::collection::vec(
        prop_oneof![
            hard.prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
            "\\PC{0,4}"
        ],
        0..8,
    )
    .prop_map(|parts| parts.concat())
}

fn one_cell(text: &str, format: Format, dialect: Dialect) -> String {
    let row = Row(vec![
        text.into(),
        "end".into(),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
    ]);
    let style = Style {
        dialect,
        columns: vec!["text".to_owned(), "other".to_owned()],
        ..style(format)
    };
    self::text(&[row], &style)
}

proptest! {
    /// Rules: K-16
    #[test]
    fn a_defused_text_starts_no_formula_and_comes_back(text in any_text()) {
        let safe = defuse(&text);
        let first = safe.chars().next();
        prop_assert!(!matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')), "{safe:?}");
        prop_assert_eq!(refuse(&safe), text.as_str());
        let untouched = defuse(&text) == text.as_str();
        prop_assert!(untouched || safe.len() == text.len() + 1);
    }

    /// Rules: K-16
    #[test]
    fn csv_comes_back_through_another_reader(text in any_text()) {
        for dialect in Dialect::ALL {
            let csv = one_cell(&text, Format::Csv, *dialect);
            let body = csv.strip_prefix('\u{feff}').unwrap_or(&csv);
            prop_assert_eq!(csv.len() != body.len(), dialect.defuses());
            let mut reader = csv::ReaderBuilder::new().delimiter(dialect.delimiter()).from_reader(body.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            let cell = if dialect.defuses() { refuse(&record[0]) } else { &record[0] };
            prop_assert_eq!(cell, text.as_str());
            prop_assert_eq!(&record[1], "end");
        }
    }

    /// Rules: K-4
    #[test]
    fn tsv_keeps_a_row_on_one_line_and_comes_back(text in any_text()) {
        let tsv = one_cell(&text, Format::Tsv, Dialect::Rfc4180);
        let lines: Vec<&str> = tsv.strip_suffix('\n').unwrap().split('\n').collect();
        prop_assert_eq!(lines.len(), 2);
        let cells: Vec<&str> = lines[1].split('\t').collect();
        prop_assert_eq!(cells.len(), 2);
        prop_assert_eq!(untsv(cells[0]), text);
    }

    /// Rules: K-4 K-6
    #[test]
    fn json_comes_back_through_another_reader(text in any_text()) {
        let line = one_cell(&text, Format::Jsonl, Dialect::Rfc4180);
        prop_assert_eq!(line.lines().count(), 1);
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        prop_assert_eq!(value["text"].as_str(), Some(text.as_str()));
        let style = Style { jq: Some(".rows[0].text".to_owned()), ..style(Format::Json) };
        let row = Row(vec![text.as_str().into(), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
        prop_assert_eq!(self::text(&[row], &style), text + "\n");
    }

    /// Rules: K-4
    #[test]
    fn markdown_keeps_a_row_on_one_line_of_two_cells(text in any_text()) {
        let md = one_cell(&text, Format::Md, Dialect::Rfc4180);
        let lines: Vec<&str> = md.strip_suffix('\n').unwrap().split(['\n', '\r']).collect();
        prop_assert_eq!(lines.len(), 3, "{}", md);
        let bars = lines[2].replace("\\\\", "").replace("\\|", "").matches('|').count();
        prop_assert_eq!(bars, 3, "{}", md);
        prop_assert!(!lines[2].replace("<br>", "").contains('<'));
    }

    /// Rules: K-4
    #[test]
    fn a_table_row_is_one_line_without_a_terminal(text in any_text()) {
        let table = one_cell(&text, Format::Table, Dialect::Rfc4180);
        prop_assert_eq!(table.matches('\n').count(), 2, "{:?}", table);
        prop_assert!(!table.replace('\n', "").contains(|c: char| c.is_control()));
    }

    /// Rules: T-3
    #[test]
    fn what_is_no_quantity_is_refused_or_kept_exactly(text in "-?[0-9]{0,14}\\.?[0-9]{0,4}|\\PC{0,6}") {
        if let Ok(quantity) = text.parse::<Quantity>() {
            let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
            prop_assert!(part.trim_end_matches('0').len() <= 2);
            let whole: i128 = whole.parse().unwrap();
            let sign = if text.starts_with('-') { -1 } else { 1 };
            let part: i128 = format!("{part:0<2}")[..2].parse().unwrap();
            prop_assert_eq!(i128::from(quantity.hundredths()), whole * 100 + sign * part);
        }
    }

    /// Rules: T-3 E-5
    #[test]
    fn percent_is_the_nearest_hundredth(part in -10_000_000_i64..10_000_000, whole in 1_i64..10_000_000) {
        let percent = Quantity::from_hundredths(part).percent_of(Quantity::from_hundredths(whole)).unwrap().hundredths();
        // |percent/100 - 100*part/whole| <= 0.005, in whole numbers
        let error = (i128::from(percent) * i128::from(whole) - i128::from(part) * 10_000).abs();
        prop_assert!(2 * error <= i128::from(whole));
        prop_assert_eq!(Quantity::from_hundredths(part).percent_of(Quantity::from_hundredths(-whole)), None);
    }
}
