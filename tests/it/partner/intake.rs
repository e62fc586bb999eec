//! What came in from customers (P-2).

use super::{bakery, by, listed, recorded, says};
use crate::harness::{Run, Sandbox};

fn add(hub: &Sandbox, who: &str, more: &[&str]) -> Run {
    let args = [
        "request",
        "intake",
        "add",
        "--customer",
        "BAKE",
        "--title",
        "Mail is late",
    ];
    hub.run(by(who, &[&args, more].concat()))
}

const OPEN: [&str; 4] = ["--diagnosis", "A queue", "--outcome", "open"];
const SOLVED: [&str; 4] = ["--diagnosis", "Restarted", "--outcome", "solved"];

/// A request of ALPS for the bakery, one for Azure, and one of RIVAL.
fn with_requests() -> Sandbox {
    let hub = bakery();
    hub.sql(
        "INSERT INTO support_case (id, number, kind, severity, state, title, opened_at, partner_id, customer_id, family, plan) VALUES
           (50, '5001', 'problem-resolution', 'B', 'open', 'Mail', 1790000000, 1, 3, 'microsoft-365', 'csp'),
           (51, '5002', 'problem-resolution', 'B', 'open', 'Ovens', 1790000000, 1, 3, 'azure', 'csp'),
           (52, '5003', 'problem-resolution', 'B', 'open', 'Shop', 1790000000, 2, 3, 'azure', 'csp'),
           (53, '5004', 'problem-resolution', 'B', 'open', 'Steel', 1790000000, 1, 1, 'azure', 'csp')",
    );
    hub
}

/// Rules: P-2 G-2 X-1
#[test]
fn what_came_in_is_kept_under_an_id_and_the_share_is_told() {
    let hub = with_requests();
    let list = |who: &str, more: &[&str]| {
        listed(
            &hub,
            who,
            &[&["request", "intake", "list"], more].concat(),
            "intake,outcome,request",
        )
    };
    let share = |who: &str, more: &[&str]| {
        let columns = "came_in,solved,escalated,open,solved_percent,arithmetic";
        listed(
            &hub,
            who,
            &[&["request", "intake", "share"], more].concat(),
            columns,
        )
    };
    assert_eq!(share("ada", &[]), "0,0,0,0,,nothing came to an end");
    says(&add(&hub, "hank", &OPEN), 0, &["done"]);
    says(&add(&hub, "hank", &SOLVED), 0, &["done"]);
    says(
        &add(
            &hub,
            "ken",
            &[&SOLVED[..], &["--reporter", "mia@bakery.example"]].concat(),
        ),
        0,
        &["done"],
    );
    let escalated = [
        "--diagnosis",
        "A defect",
        "--outcome",
        "escalated",
        "--request",
        "5001",
    ];
    says(&add(&hub, "hank", &escalated), 0, &["done"]);
    says(&add(&hub, "rita", &OPEN), 0, &["done"]);
    assert_eq!(
        list("ada", &[]),
        "ALPS-IN-1,open, ALPS-IN-2,solved, ALPS-IN-3,solved, ALPS-IN-4,escalated,5001"
    );
    assert_eq!(list("rita", &["--customer", "BAKE"]), "RIVAL-IN-1,open,");
    assert_eq!(
        list(
            "ada",
            &["--outcome", "solved", "--limit", "1", "--page-token", "ALPS-IN-2"]
        ),
        "ALPS-IN-3,solved,"
    );
    assert_eq!(
        share("ada", &[]),
        "4,2,1,1,66.67,2 solved / (2 solved + 1 escalated) = 66.67 %"
    );
    assert_eq!(share("rita", &[]), "1,0,0,1,,nothing came to an end");
    hub.sql("UPDATE intake SET at = at - 86400 * 30 WHERE code = 'ALPS-IN-4'");
    assert_eq!(
        share("ada", &["--since", "2026-11-21", "--until", "2026-11-21"]),
        "3,2,0,1,100,2 solved / (2 solved + 0 escalated) = 100 %"
    );
    assert_eq!(
        list("ada", &["--until", "2026-11-20"]),
        "ALPS-IN-4,escalated,5001"
    );
    let sales = hub.run(by("sid", &["request", "intake", "list"]));
    says(&sales, 4, &["E0200", "keep-intake"]);
    assert_eq!(recorded(&hub, "intake.add"), 5);
}

/// Rules: P-2 R-5
#[test]
fn an_escalation_names_a_request_of_the_same_partner_and_customer() {
    let hub = with_requests();
    let escalated = |who: &str, number: &str| {
        let more = [
            "--diagnosis",
            "A defect",
            "--outcome",
            "escalated",
            "--request",
            number,
        ];
        add(&hub, who, &more)
    };
    says(
        &add(&hub, "hank", &["--diagnosis", "x", "--outcome", "escalated"]),
        2,
        &["with which request", "--request NUMBER"],
    );
    let with = [&OPEN[..], &["--request", "5001"]].concat();
    says(&add(&hub, "hank", &with), 2, &["what is open has no request"]);
    for number in ["5003", "5004", "1001", "7777"] {
        says(&escalated("ken", number), 3, &["E0110", "filed no request"]);
    }
    says(&escalated("hank", "5002"), 3, &["E0110"]);
    says(&escalated("ken", "5002"), 0, &["done"]);
    says(
        &add(&hub, "hank", &["--diagnosis", " ", "--outcome", "open"]),
        2,
        &["--diagnosis says nothing"],
    );
    for who in ["sid", "gina", "mia"] {
        says(&add(&hub, who, &OPEN), 4, &["E0200", "keep-intake"]);
    }
    says(&add(&hub, "rex", &OPEN), 3, &["there is no customer \"BAKE\""]);
    assert_eq!(recorded(&hub, "intake.add"), 1);
}

/// Rules: P-2 R-5 K-8
#[test]
fn what_is_open_comes_to_an_end_once() {
    let hub = with_requests();
    says(&add(&hub, "hank", &OPEN), 0, &["done"]);
    let update = |who: &str, more: &[&str]| {
        hub.run(by(
            who,
            &[&["request", "intake", "update", "ALPS-IN-1"], more].concat(),
        ))
    };
    let shown = || {
        let list = [
            "request",
            "intake",
            "list",
            "-o",
            "json",
            "--jq",
            ".[0] // .rows[0] | [.outcome, .request, .diagnosis] | tostring",
        ];
        hub.ok(by("ken", &list)).trim().to_owned()
    };
    says(
        &update("hank", &["--diagnosis", "It is the disk", "--dry-run"]),
        0,
        &["dry run"],
    );
    says(&update("hank", &["--diagnosis", "It is the disk"]), 0, &["done"]);
    says(
        &update("hank", &["--diagnosis", "It is the disk"]),
        0,
        &["nothing left to do"],
    );
    says(
        &update("rita", &["--outcome", "solved"]),
        3,
        &["E0110", "nothing came in under the id"],
    );
    says(
        &update("hank", &["--outcome", "escalated"]),
        2,
        &["with which request"],
    );
    says(
        &update("hank", &["--request", "5001"]),
        2,
        &["what is open has no request"],
    );
    says(
        &update("hank", &["--outcome", "escalated", "--request", "5001"]),
        0,
        &["done"],
    );
    says(
        &update("hank", &["--outcome", "escalated", "--request", "5001"]),
        0,
        &["nothing left to do"],
    );
    says(
        &update("ken", &["--outcome", "escalated", "--request", "5002"]),
        5,
        &["is escalated with request 5001", "P-2"],
    );
    says(&update("ken", &["--outcome", "open"]), 5, &["P-2"]);
    let now = shown();
    for part in ["escalated", "5001", "A queue", "It is the disk"] {
        assert!(now.contains(part), "{now}");
    }
    assert_eq!(recorded(&hub, "intake.update"), 2);
}
