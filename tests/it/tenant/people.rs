//! People of a customer: who keeps them, and how long someone deleted can come back (G-6).

use super::{accounts, at, ends, held, rows, run, shop};
use crate::harness::NOW;
use servhub::domain::Instant;
use servhub::domain::tenant::{LIFE, PersonState, PersonStep, RESTORE_DAYS, next, state_at};

const DAY: i64 = 86_400;

fn moment(seconds: i64) -> Instant {
    Instant::from_seconds(1_790_000_000 + seconds)
}

/// Where each step leads from each state, in the order of [`PersonStep::ALL`]; a dash is nowhere.
const TABLE: &[(PersonState, [&str; 3])] = &[
    (PersonState::Active, ["deleted", "-", "-"]),
    (PersonState::Deleted, ["-", "active", "gone"]),
    (PersonState::Gone, ["-", "-", "-"]),
];

/// Rules: G-6
#[test]
fn every_step_from_every_state_leads_on_or_says_what_does() {
    assert_eq!(TABLE.len(), PersonState::ALL.len());
    let names: Vec<&str> = PersonStep::ALL.iter().map(|step| step.word()).collect();
    assert_eq!(names, ["delete", "restore", "expire"]);
    for (state, leads) in TABLE {
        let ways: Vec<&str> = names
            .iter()
            .zip(leads)
            .filter(|(_, to)| **to != "-")
            .map(|(name, _)| *name)
            .collect();
        for (step, to) in PersonStep::ALL.iter().zip(leads) {
            let came = LIFE.next(*state, *step);
            if *to != "-" {
                assert_eq!(came.map(PersonState::word), Ok(*to), "{state} {step}");
                continue;
            }
            let on = if ways.is_empty() {
                "nothing".to_owned()
            } else {
                ways.join(", ")
            };
            assert_eq!(
                came.unwrap_err().to_string(),
                format!(
                    "a person that is {state} cannot be moved on by {step}; from there it goes on by {on}"
                )
            );
        }
    }
}

/// Rules: G-6
#[test]
fn someone_deleted_is_gone_a_second_after_thirty_days() {
    let deleted = Some(moment(0));
    let restore = |after: i64| next(deleted, PersonStep::Restore, moment(after)).ok();
    assert_eq!(RESTORE_DAYS, 30);
    assert_eq!(restore(0), Some(PersonState::Active));
    assert_eq!(restore(30 * DAY), Some(PersonState::Active));
    assert_eq!(restore(30 * DAY + 1), None);
    assert_eq!(state_at(deleted, moment(30 * DAY)), PersonState::Deleted);
    assert_eq!(state_at(deleted, moment(30 * DAY + 1)), PersonState::Gone);
    assert_eq!(state_at(None, moment(900 * DAY)), PersonState::Active);
}

const EVA: &[&str] = &["eva@bakery.example", "--customer", "BAKE"];
const DELETE: &[&str] = &["customer", "user", "delete"];
const RESTORE: &[&str] = &["customer", "user", "restore"];

/// What a list wrote is deleted, and restored, as it stands: all of it or nothing.
///
/// Rules: G-6 K-17
#[test]
fn many_are_deleted_and_restored_from_a_file() {
    let hub = shop();
    let list = hub.ok(["customer", "user", "list", "--customer", "BAKE", "-o", "csv"]);
    let pick = |names: &[&str]| {
        let is = |line: &&str| line.starts_with("customer") || names.iter().any(|name| line.contains(name));
        let lines: Vec<&str> = list.lines().filter(is).collect();
        hub.write("whom.csv", &(lines.join("\n") + "\n"));
    };
    let from: &[&str] = &["--from", "whom.csv", "--customer", "BAKE"];
    pick(&["eva@", "ivo@"]);
    ends(&hub, "hank", &[DELETE, from].concat(), 2);
    ends(&hub, "hank", &[DELETE, from, &["--yes"]].concat(), 0);
    assert_eq!(accounts(&hub), "ron root");
    ends(&hub, "hank", &[RESTORE, from, &["--yes"]].concat(), 0);
    assert_eq!(accounts(&hub), "eva ivo ron root");
    // A helpdesk agent deletes no administrator, and then nobody.
    pick(&["eva@", "root@"]);
    ends(&hub, "hank", &[DELETE, from, &["--yes"]].concat(), 4);
    hub.write("whom.csv", "customer,account\nBAKE,eva@bakery.example\nSTEEL,\n");
    let faulty = ends(&hub, "hank", &[DELETE, from, &["--yes"]].concat(), 5);
    assert!(faulty.contains("whom.csv:3: account: it is empty"), "{faulty}");
    assert_eq!(accounts(&hub), "eva ivo ron root");
}

/// Rules: G-6
#[test]
fn deletion_is_soft_for_thirty_days_to_the_second() {
    let hub = shop();
    let delete = [DELETE, EVA, &["--yes"]].concat();
    let restore = [RESTORE, EVA].concat();
    assert!(ends(&hub, "hank", &restore, 0).contains("nothing left to do"));
    ends(&hub, "hank", &delete, 0);
    assert!(ends(&hub, "hank", &delete, 0).contains("nothing left to do"));
    assert_eq!(accounts(&hub), "ivo ron root");
    let deleted = rows(
        &hub,
        &["customer", "user", "list", "--customer", "BAKE", "--deleted"],
        "account,state,deleted_at,restorable_until",
    );
    assert_eq!(
        deleted,
        format!("eva@bakery.example,deleted,{NOW},2026-12-21T08:00:00Z")
    );
    let late = "2026-12-21T08:00:01Z";
    let refused = at(&hub, late, "hank", &restore);
    assert_eq!(refused.code, 5, "{refused:?}");
    assert!(
        refused.stderr.contains("E0575") && refused.stderr.contains("could be restored for 30 days"),
        "{refused:?}"
    );
    // Whoever is gone is not there: not to be listed, deleted, changed, or given a licence.
    let list = ["customer", "user", "list", "--customer", "BAKE", "--deleted"];
    let listed = at(&hub, late, "hank", &list);
    assert!(listed.stderr.contains("nothing to show"), "{listed:?}");
    let update = [&["customer", "user", "update"], EVA, &["--name", "E"]].concat();
    let assign = [
        "license",
        "assign",
        "--customer",
        "BAKE",
        "--user",
        "eva@bakery.example",
        "--product",
        "Exchange Online",
    ];
    let licences = [
        "license",
        "list",
        "--customer",
        "BAKE",
        "--user",
        "eva@bakery.example",
    ];
    for args in [&delete[..], &update, &assign, &licences] {
        let gone = at(&hub, late, "ada", args);
        assert_eq!(gone.code, 3, "{args:?} {gone:?}");
        assert!(
            gone.stderr
                .contains("BAKE has nobody with the account eva@bakery.example"),
            "{gone:?}"
        );
    }
    let in_time = at(&hub, "2026-12-21T08:00:00Z", "hank", &restore);
    assert_eq!(in_time.code, 0, "{in_time:?}");
    assert_eq!(accounts(&hub), "eva ivo ron root");
}

/// Rules: G-6
#[test]
fn an_account_is_one_persons_until_that_person_is_gone() {
    let hub = shop();
    let create = [
        &["customer", "user", "create"],
        EVA,
        &["--name", "Another Eva", "--usage-location", "AT"],
    ]
    .concat();
    let taken = ends(&hub, "hank", &create, 5);
    assert!(
        taken.contains("E0578") && taken.contains("customer user update"),
        "{taken}"
    );
    hub.sql("INSERT INTO licence (customer_id, person_id, product_id) SELECT 3, 1, id FROM product WHERE name = 'Exchange Online'");
    ends(&hub, "hank", &[DELETE, EVA, &["--yes"]].concat(), 0);
    let still = ends(&hub, "hank", &create, 5);
    assert!(
        still.contains("E0578")
            && still.contains("can be restored until 2026-12-21T08:00:00Z")
            && still.contains("customer user restore eva@bakery.example"),
        "{still}"
    );
    let update = [&["customer", "user", "update"], EVA, &["--name", "E"]].concat();
    assert_eq!(run(&hub, "hank", &update).code, 5);
    let free = at(&hub, "2026-12-21T08:00:01Z", "hank", &create);
    assert_eq!(free.code, 0, "{free:?}");
    let list = ["customer", "user", "list", "--customer", "BAKE"];
    let names = rows(&hub, &list, "account,name,usage_location");
    assert!(names.starts_with("eva@bakery.example,Another Eva,AT "), "{names}");
    // Someone new begins with nothing of the one before.
    assert_eq!(held(&hub, "eva"), "");
}

/// Rules: G-6
#[test]
fn who_is_created_has_an_account_of_the_customers_domain_a_name_and_a_country() {
    let hub = shop();
    let create = |account: &str, more: &[&str]| {
        let args = [
            &[
                "customer",
                "user",
                "create",
                account,
                "--customer",
                "BAKE",
                "--name",
            ],
            more,
        ]
        .concat();
        let run = run(&hub, "hank", &args);
        (run.code, run.stderr)
    };
    for account in [
        "new@steel.example",
        "new@bakery.example.org",
        "new@notbakery.example",
    ] {
        let (code, told) = create(account, &["New"]);
        assert!(code == 5 && told.contains("E0579"), "{account}: {told}");
        assert!(told.contains("name@bakery.example"), "{told}");
    }
    assert_eq!(create("new", &["New"]).0, 2);
    assert_eq!(create("new@bakery.example", &["  "]).0, 2);
    for country in ["ch", "XX", "CHE"] {
        let (code, told) = create("new@bakery.example", &["New", "--usage-location", country]);
        assert!(code == 2 && told.contains("is no country"), "{country}: {told}");
    }
    assert_eq!(create("New@shop.Bakery.example", &["New"]).0, 0);
    assert_eq!(create("new@shop.bakery.example", &["New"]).0, 0);
    assert_eq!(accounts(&hub), "eva ivo New@shop.Bakery.example ron root");
    hub.sql("UPDATE customer SET domain = NULL WHERE code = 'BAKE'");
    let (code, told) = create("other@bakery.example", &["Other"]);
    assert!(code == 5 && told.contains("has no domain yet"), "{told}");
}

/// Rules: G-6 R-1 R-5
#[test]
fn helpdesk_agents_keep_people_except_administrators_and_only_of_their_own_customers() {
    let hub = shop();
    let root: &[&str] = &["root@bakery.example", "--customer", "BAKE"];
    let new: &[&str] = &["new@bakery.example", "--customer", "BAKE", "--name", "New"];
    let create: &[&str] = &["customer", "user", "create"];
    let update: &[&str] = &["customer", "user", "update"];
    let dry: &[&str] = &["--dry-run"];
    let people = [
        [create, new, dry].concat(),
        [update, EVA, &["--name", "E"], dry].concat(),
        [DELETE, EVA, dry].concat(),
    ];
    let administrators = [
        [create, new, &["--administrator"], dry].concat(),
        [update, EVA, &["--administrator", "yes"], dry].concat(),
        [update, root, &["--administrator", "no"], dry].concat(),
        [update, root, &["--name", "R"], dry].concat(),
        [DELETE, root, dry].concat(),
    ];
    for (who, of_people, of_administrators) in [
        ("ada", 0, 0),
        ("hank", 0, 4),
        ("ken", 4, 4),
        ("sid", 4, 4),
        ("gina", 4, 4),
        ("rita", 0, 0),
        ("rex", 4, 4),
        ("mia", 4, 4),
    ] {
        for args in &people {
            assert_eq!(run(&hub, who, args).code, of_people, "{who} {args:?}");
        }
        for args in &administrators {
            assert_eq!(run(&hub, who, args).code, of_administrators, "{who} {args:?}");
        }
    }
    // A role at one partner does not lend itself to the customers of another.
    hub.sql(
        "INSERT INTO partner_role VALUES (3, 'helpdesk-agent') ON CONFLICT DO NOTHING;
         INSERT INTO partner_person (id, partner_id, account, name) VALUES (30, 3, 'hank@alps.example', 'Hank');
         INSERT INTO partner_role VALUES (30, 'partner-admin');",
    );
    for args in &administrators {
        let run = run(&hub, "hank", args);
        assert!(run.code == 4 && run.stderr.contains("E0200"), "{args:?} {run:?}");
    }
    // Deleted administrators stay administrators.
    ends(&hub, "ada", &[DELETE, root, &["--yes"]].concat(), 0);
    ends(&hub, "hank", &[RESTORE, root].concat(), 4);
    // Who reads: the partner's people who look after the customer, and its own administrators.
    let list = ["customer", "user", "list", "--customer", "BAKE"];
    for (who, code) in [
        ("ada", 0),
        ("hank", 0),
        ("ken", 0),
        ("gina", 0),
        ("sid", 4),
        ("mia", 4),
        ("rex", 3),
    ] {
        assert_eq!(run(&hub, who, &list).code, code, "{who}");
    }
    hub.sql("UPDATE relationship SET status = 'removed' WHERE partner_id = 1 AND customer_id = 3");
    for who in ["ada", "hank"] {
        assert_eq!(run(&hub, who, &list).code, 3, "{who}");
    }
}

/// Rules: G-6 K-8 X-1
#[test]
fn deleting_asks_first_and_each_change_is_recorded() {
    let hub = shop();
    let unasked = ends(&hub, "hank", &[DELETE, EVA].concat(), 2);
    assert!(unasked.contains("--yes"), "{unasked}");
    let pending = [DELETE, EVA, &["--dry-run", "--detailed-exitcode"]].concat();
    ends(&hub, "hank", &pending, 6);
    assert_eq!(accounts(&hub), "eva ivo ron root");
    let many: &[&str] = &["eva@bakery.example", "EVA@bakery.example", "ivo@bakery.example"];
    let many = [DELETE, many, &["--customer", "BAKE", "--yes", "--reason", "Left"]].concat();
    ends(&hub, "hank", &many, 0);
    assert_eq!(accounts(&hub), "ron root");
    // One who is not there keeps all of them from being deleted.
    let wrong = [
        "ron@bakery.example",
        "nix@bakery.example",
        "--customer",
        "BAKE",
        "--yes",
    ];
    ends(&hub, "hank", &[DELETE, &wrong].concat(), 3);
    assert_eq!(accounts(&hub), "ron root");
    let told = rows(
        &hub,
        &["audit", "list", "--what", "customer-user:eva@bakery.example"],
        "action,reason",
    );
    assert_eq!(told, "customer-user.delete,Left");
}

/// Rules: G-6 G-7
#[test]
fn deleting_gives_licences_back_and_restoring_takes_those_again_of_which_a_seat_is_left() {
    let hub = shop();
    hub.sql("UPDATE subscription SET quantity = 1 WHERE code IN ('SUB-EX', 'SUB-IN')");
    let assign = |who: &str, product: &str| {
        let args = [
            "license",
            "assign",
            "--customer",
            "BAKE",
            "--user",
            who,
            "--product",
            product,
        ];
        run(&hub, "ken", &args).code
    };
    let (eva, ivo) = ("eva@bakery.example", "ivo@bakery.example");
    assert_eq!(assign(eva, "Exchange Online"), 0);
    assert_eq!(assign(eva, "Microsoft Intune"), 0);
    assert_eq!(assign(ivo, "Exchange Online"), 5);
    ends(&hub, "hank", &[DELETE, EVA, &["--yes"]].concat(), 0);
    assert_eq!(
        held(&hub, "eva"),
        "Exchange Online,given back Microsoft Intune,given back"
    );
    // The seat is free for someone else, and then it is not there any more.
    assert_eq!(assign(ivo, "Exchange Online"), 0);
    let restored = run(&hub, "hank", &[RESTORE, EVA, &["-o", "csv"]].concat());
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(
        restored
            .stdout
            .contains("changed,active,,Microsoft Intune,Exchange Online"),
        "{restored:?}"
    );
    assert!(
        restored
            .stderr
            .contains("eva@bakery.example has no Exchange Online any more: no seat is left"),
        "{restored:?}"
    );
    assert_eq!(held(&hub, "eva"), "Microsoft Intune,assigned");
    assert_eq!(held(&hub, "ivo"), "Exchange Online,assigned");
}
