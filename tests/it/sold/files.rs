//! Many subscriptions at once, and the way out and in again.

use super::{at, done, shop};
use crate::fixture::count;
use crate::harness::Sandbox;
use crate::partner::recorded;

const NOW: &str = "2026-11-21T08:00:00Z";

fn rows(hub: &Sandbox, args: &[&str]) -> (i32, Vec<String>) {
    let more = [
        "--yes",
        "-o",
        "csv",
        "--columns",
        "subscription,outcome,seats,code",
    ];
    let run = at(hub, NOW, "sid", &[args, &more].concat());
    (run.code, run.stdout.lines().skip(1).map(str::to_owned).collect())
}

/// Rules: G-4 K-17
#[test]
fn a_file_sells_many_and_the_same_file_again_changes_nothing() {
    let hub = shop();
    hub.write(
        "new.csv",
        "subscription,customer,product,quantity,term,billing,auto_renew,name\n\
         N-1,BAKE,Exchange Online,10,P1Y,annual,yes,Mail\n\
         N-2,BAKE,Microsoft Azure,1,,,,\n\
         N-3,BAKE,Dynamics 365,0,P1Y,,no,\n\
         N-4,STEEL,Dynamics 365,3,P3Y,triennial,,\n\
         N-1,BAKE,Exchange Online,9,P1Y,,,\n",
    );
    let create = ["subscription", "create", "--from", "new.csv"];
    let (code, told) = rows(&hub, &create);
    assert_eq!(code, 5);
    // The steel works have no agreement.
    let all = [
        "N-1,created,10,",
        "N-2,created,1,",
        "N-3,refused,,E0100",
        "N-4,refused,,E0571",
        "N-1,refused,,E0500",
    ];
    assert_eq!(told, all);
    assert_eq!(
        count(
            &hub.store(),
            "SELECT count(*) FROM subscription WHERE code LIKE 'N-%'"
        ),
        0
    );
    let keep = [&create as &[&str], &["--keep-going"]].concat();
    assert_eq!(rows(&hub, &keep), (8, all.map(str::to_owned).to_vec()));
    let sold = recorded(&hub, "subscription.create-many");
    assert_eq!(sold, 2);
    let (_, told) = rows(&hub, &keep);
    assert_eq!(told[..2], ["N-1,unchanged,10,", "N-2,unchanged,1,"]);
    assert_eq!(recorded(&hub, "subscription.create-many"), sold);
}

/// Rules: G-4 K-17
#[test]
fn a_file_sets_the_seats_of_many() {
    let hub = shop();
    hub.write("seats.csv", "subscription;quantity\nSUB-EX;30\nSUB-AZ;2\n");
    let set = ["subscription", "set-quantity", "--from", "seats.csv"];
    let dry = [&set as &[&str], &["--dry-run"]].concat();
    let changed = ["SUB-EX,changed,30,", "SUB-AZ,changed,2,"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(rows(&hub, &dry), (0, changed.clone()));
    assert_eq!(recorded(&hub, "subscription.set-quantities"), 0);
    assert_eq!(rows(&hub, &set), (0, changed));
    let same = ["SUB-EX,unchanged,30,", "SUB-AZ,unchanged,2,"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(rows(&hub, &set), (0, same));
    assert_eq!(recorded(&hub, "subscription.set-quantities"), 2);
    // Another partner's is not there, and undoes the rest.
    hub.write(
        "seats.csv",
        "subscription,quantity\nSUB-EX,31\nSUB-RV,9\nSUB-AZ,1\n",
    );
    let (code, told) = rows(&hub, &set);
    assert_eq!(
        (code, &told[1][..], &told[2][..]),
        (5, "SUB-RV,refused,,E0110", "SUB-AZ,refused,,E0570")
    );
    assert_eq!(
        done(&hub, NOW, "sid", &["subscription", "show", "SUB-EX"], "seats"),
        "30"
    );
    hub.write("seats.csv", "subscription,quantity,colour\nSUB-EX,31,red\n");
    let run = at(&hub, NOW, "sid", &set);
    assert!(
        run.code == 2 && run.stderr.contains("E0303") && run.stderr.contains("colour"),
        "{run:?}"
    );
    hub.write("seats.csv", "subscription,quantity\nSUB-EX,many\n,3\n");
    let run = at(&hub, NOW, "sid", &set);
    assert!(
        run.code == 5
            && run.stderr.contains("seats.csv:2: quantity: \"many\"")
            && run.stderr.contains("seats.csv:3: subscription"),
        "{run:?}"
    );
}

/// Rules: G-4 U-2
#[test]
fn a_saved_plan_sells_and_sets_seats_as_it_says_or_not_at_all() {
    let hub = shop();
    let run = |args: &[&str], code: i32| {
        let run = at(&hub, NOW, "sid", args);
        assert_eq!(run.code, code, "{run:?}");
        run.stderr
    };
    let sold = || {
        count(
            &hub.store(),
            "SELECT count(*) FROM subscription WHERE code LIKE 'N-%'",
        )
    };
    let head = "subscription,customer,product,quantity,term,billing\n";
    let sheet = format!("{head}N-1,BAKE,Exchange Online,10,P1Y,annual\nN-2,BAKE,Dynamics 365,0,P1Y,\n");
    hub.write("new.csv", &sheet);
    let plan = ["subscription", "plan", "new.csv", "--out", "new.plan"];
    // One is refused: there is no plan unless it is to be left out.
    run(&plan, 5);
    assert!(!hub.path("new.plan").exists());
    run(&[&plan as &[&str], &["--keep-going"]].concat(), 8);
    let apply = ["subscription", "apply", "new.plan", "--yes"];
    run(&[&apply as &[&str], &["--dry-run"]].concat(), 8);
    assert_eq!(sold(), 0);
    run(&apply, 8);
    assert_eq!(sold(), 1);
    // What it said has been done; and another file is not what was planned.
    assert!(run(&apply, 5).contains("E0302"));
    hub.write("new.csv", head);
    assert!(run(&apply, 5).contains("new.csv has changed"));
    hub.write("seats.csv", "subscription,quantity\nSUB-EX,30\nN-1,12\n");
    let plan = [
        "subscription",
        "plan",
        "seats.csv",
        "--quantities",
        "--out",
        "seats.plan",
        "--detailed-exitcode",
    ];
    run(&plan, 6);
    let rows = std::fs::read_to_string(hub.path("seats.plan")).unwrap();
    assert_eq!(rows.lines().count(), 3, "{rows}");
    let apply = ["subscription", "apply", "seats.plan", "--yes"];
    let seats = |id: &str| done(&hub, NOW, "sid", &["subscription", "show", id], "seats");
    let _ = done(
        &hub,
        NOW,
        "sid",
        &["subscription", "set-quantity", "N-1", "11"],
        "seats",
    );
    run(&apply, 0);
    assert_eq!((seats("SUB-EX").as_str(), seats("N-1").as_str()), ("30", "12"));
    // Somebody else was quicker: the plan promised a change that is none any more.
    hub.write("seats.csv", "subscription,quantity\nSUB-EX,31\nN-1,13\n");
    run(&plan, 6);
    let _ = done(
        &hub,
        NOW,
        "sid",
        &["subscription", "set-quantity", "N-1", "13"],
        "seats",
    );
    assert!(run(&apply, 5).contains("E0302"));
    assert_eq!(seats("SUB-EX"), "30");
    assert!(run(&["delegation", "apply", "seats.plan", "--yes"], 2).contains("servhub subscription apply"));
    let stream = run(&["subscription", "plan", "-", "--out", "p.plan"], 2);
    assert!(stream.contains("standard input"), "{stream}");
}

/// What stands in a folder that was exported, and in one that is exported after it was imported elsewhere.
///
/// Rules: G-4 G-5 K-17
#[test]
fn transfers_reservations_and_returns_survive_the_way_out_and_in() {
    let hub = shop();
    // It lasted longer than access is delegated for.
    hub.sql("DELETE FROM delegation WHERE code = 'D-0'");
    let _ = done(
        &hub,
        NOW,
        "sid",
        &[
            "subscription",
            "create",
            "--customer",
            "BAKE",
            "--product",
            "Exchange Online",
            "--id",
            "SUB-1",
            "--term",
            "P1Y",
            "--billing",
            "annual",
        ],
        "seats",
    );
    let _ = done(
        &hub,
        NOW,
        "rita",
        &[
            "subscription",
            "transfer",
            "request",
            "SUB-1",
            "SUB-EX",
            "--customer",
            "BAKE",
        ],
        "status",
    );
    let calculation = done(
        &hub,
        NOW,
        "sid",
        &[
            "reservation",
            "exchange",
            "RES-A",
            "--quantity",
            "1",
            "--for",
            "name=New,sku=E8,quantity=2,term=P3Y,price=5000.00,id=RES-N",
        ],
        "calculation",
    );
    let _ = done(
        &hub,
        NOW,
        "sid",
        &[
            "reservation",
            "exchange",
            "RES-A",
            "--confirm",
            &calculation,
            "--yes",
        ],
        "bought",
    );
    let folder = |hub: &Sandbox, name: &str| {
        hub.ok(["export", "folder", name]);
        let read = |file: &str| std::fs::read_to_string(hub.path(name).join(file)).unwrap();
        [
            "subscriptions.csv",
            "transfers.csv",
            "reservations.csv",
            "reservation_returns.csv",
        ]
        .map(read)
    };
    let first = folder(&hub, "out");
    assert!(first[0].contains("SUB-1,BAKE,ALPS,Exchange Online,Exchange Online,active,1,2026-11-21,2027-11-20,P1Y,annual,yes,2026-11-28T08:00:00Z"), "{}", first[0]);
    assert!(
        first[1].contains(",BAKE,ALPS,RIVAL,pending,SUB-1;SUB-EX,"),
        "{}",
        first[1]
    );
    assert!(
        first[2].contains("RES-N,BAKE,ALPS,New,E8,,2,P3Y,USD,500000,") && first[2].contains(",RES-A"),
        "{}",
        first[2]
    );
    assert_eq!(first[3].lines().count(), 2, "{}", first[3]);
    let other = Sandbox::new();
    let from = hub.path("out");
    other.ok(["import".as_ref(), from.as_os_str(), "--yes".as_ref()]);
    assert_eq!(folder(&other, "out"), first);
    let again = other.run(["import".as_ref(), from.as_os_str(), "--yes".as_ref()]);
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
}
