//! How answers look in every format, and what may not happen to them.

use crate::harness::{Sandbox, finish};
use proptest::prelude::*;
use servhub::output::{defuse, refuse};
use servhub::ui::ColorWish;

/// A store with three contracts, one of them with a name that breaks naive formats.
fn hub() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok(["contract", "list"]);
    sandbox.sql(
        "INSERT INTO customer (id, code, name) VALUES (1, 'C1', 'Łódź | \"Huta\"; s.r.o.'), (2, 'C2', '=SUM(A1)');
         INSERT INTO contract (id, customer_id, number, kind, plan, starts_on, ends_on) VALUES
           (1, 1, '012345678', 'unified', 'Enterprise', 20454, 20818),
           (2, 1, '000000007', 'premier', NULL, 19000, 19364),
           (3, 2, '061019486', 'premier', 'line one' || char(10) || 'two', 20454, 20800);",
    );
    sandbox
}

/// Rules: K-4 K-5
#[test]
fn a_table_without_a_terminal_is_plain_and_unwrapped() {
    let run = hub().run(["contract", "list"]);
    insta::assert_snapshot!(run.stdout, @r#"
    contract   customer               kind     plan          start       end         status
    061019486  =SUM(A1)               premier  line one two  2026-01-01  2026-12-13  active
    000000007  Łódź | "Huta"; s.r.o.  premier                2022-01-08  2023-01-07  expired
    012345678  Łódź | "Huta"; s.r.o.  unified  Enterprise    2026-01-01  2026-12-31  active
    "#);
    assert_eq!(run.stderr, "");
}

/// Rules: K-4 K-16
#[test]
fn csv_is_rfc_4180_and_the_excel_dialect_cannot_run_a_formula() {
    let hub = hub();
    let columns = ["contract", "list", "--columns", "customer,plan,end", "-o", "csv"];
    assert_eq!(
        hub.ok(columns),
        "customer,plan,end\r\n=SUM(A1),\"line one\ntwo\",2026-12-13\r\n\"Łódź | \"\"Huta\"\"; s.r.o.\",,2023-01-07\r\n\"Łódź | \"\"Huta\"\"; s.r.o.\",Enterprise,2026-12-31\r\n"
    );
    let excel = hub.ok(columns.into_iter().chain(["--csv-dialect", "excel"]));
    assert!(
        excel.starts_with("\u{FEFF}customer;plan;end\r\n'=SUM(A1);"),
        "{excel}"
    );
}

/// A spreadsheet that separates cells with semicolons reads 1.5 as the first of May, so numbers have a decimal comma
/// there, going out and coming in.
///
/// Rules: K-16
#[test]
fn numbers_have_a_decimal_comma_where_cells_are_separated_by_semicolons() {
    let hub = Sandbox::new();
    hub.ok(["demo"]);
    let figures = [
        "entitlements",
        "show",
        "E0001-0102",
        "--columns",
        "consumed,remaining",
    ];
    let plain = hub.ok(figures.into_iter().chain(["-o", "csv"]));
    let figures: Vec<&str> = figures
        .into_iter()
        .chain(["-o", "csv", "--csv-dialect"])
        .collect();
    let with = |dialect: &str| hub.ok(figures.iter().copied().chain([dialect]));
    let values = |text: &str, cells: char| -> Vec<String> {
        let row = text.lines().nth(1).unwrap();
        row.split(cells).map(str::to_owned).collect()
    };
    assert_eq!(values(&with("excel-comma"), ','), values(&plain, ','));
    let commas: Vec<String> = values(&plain, ',')
        .iter()
        .map(|figure| figure.replace('.', ","))
        .collect();
    assert_eq!(values(&with("excel"), ';'), commas);

    let file = hub.write(
        "deliveries.csv",
        "source_key;entitlement;delivered_on;quantity;note\r\nX1;E0001-0102;2026-03-02;1,25;\"1,25 as text\"\r\n",
    );
    hub.ok(["import", file.to_str().unwrap(), "--yes"]);
    let entry = hub.ok([
        "ledger",
        "list",
        "--entitlement",
        "E0001-0102",
        "--all",
        "-o",
        "csv",
        "--columns",
        "quantity,note",
    ]);
    assert!(entry.contains("1.25,\"1,25 as text\""), "{entry}");
    let wrong = hub.write(
        "deliveries.csv",
        "source_key;entitlement;delivered_on;quantity\nX2;E0001-0102;2026-03-02;1,2,5\n",
    );
    let run = hub.run(["import", wrong.to_str().unwrap(), "--yes"]);
    assert_eq!(run.code, 5, "{run:?}");
}

/// Rules: K-4
#[test]
fn tsv_and_markdown_keep_a_row_on_a_line() {
    let hub = hub();
    let tsv = hub.ok(["contract", "list", "-o", "tsv", "--columns", "customer,plan"]);
    assert_eq!(tsv.lines().nth(1), Some("=SUM(A1)\tline one\\ntwo"));
    let md = hub.ok(["contract", "list", "-o", "md", "--columns", "customer,plan"]);
    assert_eq!(md.lines().nth(2), Some("| =SUM(A1) | line one<br>two |"));
    assert_eq!(md.lines().nth(3), Some("| Łódź \\| \"Huta\"; s.r.o. |  |"));
}

/// Rules: K-4 K-6
#[test]
fn json_has_a_schema_and_nulls_for_what_is_not_there() {
    let hub = hub();
    insta::assert_snapshot!(hub.ok(["contract", "list", "-o", "json", "--status", "expired", "--columns", "contract,plan,end"]), @r#"
    {
      "schema": "contract.list/1",
      "rows": [
        {
          "contract": "000000007",
          "plan": null,
          "end": "2023-01-07"
        }
      ]
    }
    "#);
    let lines = hub.ok(["contract", "list", "-o", "jsonl", "--columns", "contract"]);
    assert_eq!(
        lines.lines().next(),
        Some("{\"schema\":\"contract.list/1\",\"contract\":\"061019486\"}")
    );
}

/// Rules: K-6 K-10
#[test]
fn an_unknown_column_lists_the_known_ones() {
    let run = hub().run(["contract", "list", "--columns", "contract,custmer"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.contains("there are contract, customer, kind"),
        "{run:?}"
    );
    assert!(run.stderr.contains("did you mean customer?"), "{run:?}");
}

/// Rules: K-6
#[test]
fn jq_is_built_in() {
    let hub = hub();
    assert_eq!(
        hub.ok(["contract", "list", "--jq", ".rows[].contract"]),
        "061019486\n000000007\n012345678\n"
    );
    assert_eq!(
        hub.ok([
            "contract",
            "list",
            "--jq",
            "[.rows[] | select(.status == \"active\")] | length"
        ]),
        "2\n"
    );
    for wrong in [".rows[", "nosuchfilter", ".rows | error(\"no\")"] {
        let run = hub.run(["contract", "list", "--jq", wrong]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("error[E0102]: --jq:"), "{run:?}");
    }
}

/// Rules: C-1 K-15 T-2
#[test]
fn a_past_day_can_be_asked_about() {
    let hub = hub();
    let status = |day| {
        hub.ok([
            "contract",
            "list",
            "--as-of",
            day,
            "-o",
            "csv",
            "--columns",
            "contract,status",
        ])
    };
    assert!(status("2022-12-31").contains("000000007,active\r\n012345678,future"));
    assert_eq!(status("2022-12-31"), status("2022-12-31"));
}

/// Rules: C-4 E-7
#[test]
fn what_expires_comes_soonest_first() {
    let hub = hub();
    let expiring = |within| {
        hub.ok([
            "contract",
            "expiring",
            "--within",
            within,
            "-o",
            "csv",
            "--columns",
            "contract,days_left,flags",
        ])
    };
    assert_eq!(
        expiring("90d"),
        "contract,days_left,flags\r\n061019486,22,expiring\r\n012345678,40,expiring\r\n"
    );
    assert_eq!(
        expiring("22"),
        "contract,days_left,flags\r\n061019486,22,expiring\r\n"
    );
    assert_eq!(expiring("21d"), "contract,days_left,flags\r\n");
}

/// Rules: K-4
#[test]
fn colour_is_decided_by_option_then_environment_then_terminal() {
    let env = |pairs: &'static [(&str, &str)]| {
        move |name: &str| {
            pairs
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| (*v).to_owned())
        }
    };
    assert!(ColorWish::Auto.decide(true, env(&[])));
    assert!(!ColorWish::Auto.decide(false, env(&[])));
    assert!(!ColorWish::Auto.decide(true, env(&[("NO_COLOR", "1")])));
    assert!(ColorWish::Auto.decide(true, env(&[("NO_COLOR", "")])));
    assert!(ColorWish::Auto.decide(false, env(&[("CLICOLOR_FORCE", "1")])));
    assert!(!ColorWish::Auto.decide(false, env(&[("CLICOLOR_FORCE", "0")])));
    assert!(!ColorWish::Auto.decide(true, env(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")])));
    assert!(ColorWish::Always.decide(false, env(&[("NO_COLOR", "1")])));
    assert!(!ColorWish::Never.decide(true, env(&[("CLICOLOR_FORCE", "1")])));
}

/// Rules: K-10
#[test]
fn a_closed_pipe_is_no_failure() {
    let hub = hub();
    let mut rows = String::from("INSERT INTO customer (code, name) VALUES ('X', 'X')");
    for number in 0..5_000 {
        rows += &format!(", ('X{number}', 'customer {number}')");
    }
    hub.sql(&rows);
    hub.sql("INSERT INTO workspace (customer_id, code, name) SELECT id, 'W' || id, 'workspace ' || id FROM customer;");
    let program = env!("CARGO_BIN_EXE_servhub");
    let script = format!("set -o pipefail; '{program}' workspace list | head -1");
    let mut command = hub.command(["x"]);
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &script]).current_dir(hub.path(""));
    for (name, value) in command.env("X", "").get_envs() {
        shell.env(name, value.unwrap_or_default());
    }
    shell.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let run = finish(&mut shell);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
}

proptest! {
    /// Rules: K-16
    #[test]
    fn any_text_is_inert_in_the_excel_dialect_and_comes_back(text in any::<String>(), lead in "['=+@\\-\t\r\n]{0,3}") {
        let text = lead + &text;
        let safe = defuse(&text);
        prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        prop_assert_eq!(refuse(&safe), text.as_str());
    }
}
