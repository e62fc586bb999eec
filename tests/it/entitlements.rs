//! Entitlements and the arithmetic behind them.

use crate::harness::Sandbox;
use crate::supply::{deliver, hub, rows};
use proptest::prelude::*;
use servhub::domain::{Day, Instant, Quantity};
use servhub::hub::activity::{Places, Wanted};
use servhub::hub::entitlement::{Explain, List, Step};
use servhub::hub::ledger::{Correct, Record, Target};
use servhub::hub::{Context, Hub, Mode};
use servhub::policy::Actor;
use servhub::store::Db;

/// Rules: E-6 E-5 L-1
#[test]
fn explain_shows_every_step_to_the_figure_of_the_report() {
    let hub = hub();
    deliver(
        &hub,
        "E-DSE",
        "W-1",
        "90",
        "2026-03-01",
        &["--reference", "visit"],
    );
    deliver(&hub, "E-DSE", "W-2", "15.5", "2026-02-01", &[]);
    hub.ok(["ledger", "correct", "1", "--reason", "half of it"]);
    deliver(&hub, "E-DSE", "W-1", "95", "2026-03-02", &[]);
    let columns = "kind,entry,delivered_on,quantity,consumed,remaining,corrects,note";
    let out = hub.ok([
        "entitlements",
        "explain",
        "E-DSE",
        "-o",
        "csv",
        "--columns",
        columns,
    ]);
    let expected = [
        "use,2,2026-02-01,15.5,15.5,84.5,,",
        "use,1,2026-03-01,90,105.5,-5.5,,",
        "correction,3,2026-03-01,-90,15.5,84.5,1,",
        "use,4,2026-03-02,95,110.5,-10.5,,",
        "sum,,,,110.5,-10.5,,100 hours allowed - 110.5 consumed = -10.5 remaining",
    ];
    assert_eq!(rows(&out), expected);
    let shown = hub.ok([
        "entitlements",
        "show",
        "E-DSE",
        "-o",
        "csv",
        "--columns",
        "consumed,remaining,percent_used,flags",
    ]);
    assert_eq!(rows(&shown), ["110.5,-10.5,110.5,used-100"]);
    let past = hub.ok([
        "entitlements",
        "explain",
        "E-DSE",
        "--as-of",
        "2026-02-28",
        "-o",
        "csv",
        "--columns",
        columns,
    ]);
    assert_eq!(
        rows(&past)[1],
        "sum,,,,15.5,84.5,,100 hours allowed - 15.5 consumed = 84.5 remaining"
    );
}

/// Rules: E-1 E-3
#[test]
fn what_is_not_limited_has_no_remainder_and_what_is_not_tracked_no_consumption() {
    let hub = hub();
    deliver(&hub, "E-REACT", "W-1", "2", "2026-03-01", &[]);
    let columns = "entitlement,category,allowance,unit,consumed,remaining,percent_used";
    let show = |id: &str| hub.ok(["entitlements", "show", id, "-o", "csv", "--columns", columns]);
    assert_eq!(rows(&show("E-REACT")), ["E-REACT,consumable,as-needed,hours,2,,"]);
    assert_eq!(
        rows(&show("E-BENEFIT")),
        ["E-BENEFIT,additional-benefit,included,,,,"]
    );
    let misspelt = hub.run(["entitlements", "show", "E-REACTT"]);
    assert_eq!(misspelt.code, 3, "{misspelt:?}");
    assert!(misspelt.stderr.contains("did you mean E-REACT"), "{misspelt:?}");
}

/// Rules: E-7
#[test]
fn thresholds_are_flagged_at_80_and_100_percent_and_90_days_before_the_end() {
    let hub = hub();
    let flags = |day: &str| {
        hub.ok([
            "entitlements",
            "show",
            "E-CRED-1",
            "--as-of",
            day,
            "-o",
            "csv",
            "--columns",
            "flags",
        ])
        .lines()
        .nth(1)
        .unwrap()
        .to_owned()
    };
    deliver(&hub, "E-CRED-1", "W-1", "39.99", "2026-02-01", &[]);
    deliver(&hub, "E-CRED-1", "W-1", "0.01", "2026-02-02", &[]);
    deliver(&hub, "E-CRED-1", "W-1", "10", "2026-02-03", &[]);
    assert_eq!(flags("2026-02-01"), "\"\"");
    assert_eq!(flags("2026-02-02"), "used-80");
    assert_eq!(flags("2026-02-03"), "used-100");
    assert_eq!(flags("2026-09-15"), "used-100", "91 days are left");
    assert_eq!(flags("2026-09-16"), "used-100;expiring");
    assert_eq!(flags("2026-12-15"), "used-100;expiring");
    assert_eq!(flags("2026-12-16"), "used-100", "it has expired");
}

/// Rules: K-7
#[test]
fn the_list_has_pages_and_filters_and_is_what_the_noun_alone_shows() {
    let hub = hub();
    let list = |more: &[&str]| {
        hub.run(
            ["entitlements", "list", "-o", "csv", "--columns", "entitlement"]
                .iter()
                .chain(more),
        )
    };
    let ids = |more: &[&str]| rows(&list(more).stdout).join(" ");
    let all = ids(&["--all"]);
    assert_eq!(
        all,
        "E-OLD E-ADVICE E-ASSESS E-BENEFIT E-LEARN E-PRO E-REACT E-SEATS E-CRED-1 E-CRED-2 E-DSE E-UNATTACHED"
    );
    let first = list(&["--limit", "5"]);
    assert!(
        first
            .stderr
            .contains("5 rows shown; the rest: --all, or --page-token E-LEARN"),
        "{first:?}"
    );
    let pages = format!(
        "{} {}",
        rows(&first.stdout).join(" "),
        ids(&["--page-token", "E-LEARN"])
    );
    assert_eq!(pages, all);
    assert_eq!(list(&["--page-token", "nonsense"]).code, 2);
    assert_eq!(ids(&["--service", "proactive-credits"]), "E-CRED-1 E-CRED-2");
    assert_eq!(ids(&["--contract", "000000002"]), "E-OLD");
    assert_eq!(ids(&["--status", "inactive"]), "E-OLD");
    assert_eq!(ids(&["--workspace", "W-2", "--package", "DSE"]), "E-DSE");
    assert_eq!(
        hub.ok(["entitlements", "-o", "json"]),
        hub.ok(["entitlements", "list", "-o", "json"])
    );
}

/// What a script of deliveries does: entitlement, workspace, day and hundredths; a number corrects an
/// earlier one.
#[derive(Debug, Clone)]
pub enum Act {
    Deliver(usize, usize, i32, i64),
    Draw(i32, i64),
    Correct(i64),
}

const CODES: [&str; 3] = ["E-DSE", "E-PRO", "E-REACT"];

pub fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..3_usize, 1..3_usize, 0..320_i32, 1..6000_i64).prop_map(|(e, w, day, q)| Act::Deliver(e, w, day, q)),
        1 => (0..320_i32, 1..9000_i64).prop_map(|(day, q)| Act::Draw(day, q)),
        2 => (1..30_i64).prop_map(Act::Correct),
    ]
}

pub fn open(sandbox: &Sandbox, as_of: Option<Day>) -> Hub {
    let context = Context {
        actor: Actor::Operator("tester".to_owned()),
        now: "2026-11-21T08:00:00Z".parse::<Instant>().unwrap(),
        as_of,
        reason: Some("because".to_owned()),
        ticket: None,
        origin: "test".to_owned(),
    };
    Hub::local(Db::open(&sandbox.store()).unwrap(), context)
}

pub fn carry_out(hub: &mut Hub, act: &Act, first: Day) {
    let (target, day, quantity) = match act {
        Act::Correct(entry) => {
            // Refused when there is no such entry, or it was corrected: then nothing may have changed.
            let _ = hub.carry_out(&Correct { entry: *entry }, Mode::Apply);
            return;
        }
        Act::Deliver(e, w, day, q) => (
            Target::Entitlement(CODES[*e].to_owned(), Some(format!("W-{w}"))),
            *day,
            *q,
        ),
        Act::Draw(day, q) => (
            Target::Draw("W-1".to_owned(), "proactive-credits".parse().unwrap()),
            *day,
            *q,
        ),
    };
    let record = Record {
        target,
        quantity: Quantity::from_hundredths(quantity),
        on: Some(first.plus(day)),
        reference: None,
        note: None,
        late: false,
        source: "property".to_owned(),
        key: None,
    };
    hub.carry_out(&record, Mode::Apply).unwrap();
}

fn total(store: &rusqlite::Connection, sql: &str, values: impl rusqlite::Params) -> Quantity {
    Quantity::from_hundredths(store.query_row(sql, values, |row| row.get(0)).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rules: E-5 E-6 L-1 L-5 A-4 T-2
    #[test]
    fn every_figure_is_the_sum_of_the_entries_at_every_day(acts in prop::collection::vec(act(), 1..25), back in 0..330_i32) {
        let sandbox = hub();
        let first: Day = "2026-01-01".parse().unwrap();
        let mut recording = open(&sandbox, None);
        for act in &acts {
            carry_out(&mut recording, act, first);
        }
        let store = crate::database::raw(&sandbox.store());
        for as_of in [None, Some(first.plus(back))] {
            let asking = open(&sandbox, as_of);
            let up_to = as_of.map_or(i32::MAX, Day::number);
            for workspace in ["W-1", "W-2"] {
                let wanted = Wanted { places: Places::Workspaces(vec![workspace.to_owned()]), ..Wanted::default() };
                let (lines, _) = asking.ask(&List { wanted, ..List::default() }).unwrap();
                for line in lines {
                    let id = line.entitlement.id;
                    let sum = "SELECT ifnull(sum(quantity), 0) FROM ledger WHERE entitlement_id = ?1 AND delivered_on <= ?2";
                    let everyone = total(&store, sum, (id, up_to));
                    let here = total(&store, &format!("{sum} AND workspace_id = (SELECT id FROM workspace WHERE code = ?3)"), (id, up_to, workspace));
                    prop_assert_eq!((line.here, line.everyone), (here, everyone));
                    let allowed = line.entitlement.allowance.quantity();
                    prop_assert_eq!(line.usage().remaining, allowed.map(|all| all - everyone));
                    if as_of.is_none() {
                        let kept = total(&store, "SELECT ifnull(sum(consumed), 0) FROM ledger_total WHERE entitlement_id = ?1", [id]);
                        prop_assert_eq!(kept, everyone);
                    }
                    let (_, steps) = asking.ask(&Explain { entitlement: line.entitlement.code.clone() }).unwrap();
                    let last = steps.iter().rev().find_map(|step| match step {
                        Step::Entry(_, _, consumed, remaining) => Some((*consumed, *remaining)),
                        Step::Sum(_) => None,
                    });
                    prop_assert_eq!(last.unwrap_or((Quantity::ZERO, allowed)), (everyone, line.usage().remaining));
                }
            }
        }
    }
}
