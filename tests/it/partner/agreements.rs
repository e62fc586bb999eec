//! Agreements that customers make before they buy, through the real binary (G-8).

use super::{bakery, by, listed, recorded, says};
use crate::harness::{Run, Sandbox};
use proptest::prelude::*;
use servhub::domain::Instant;
use servhub::domain::partner::{AGREEMENT, AgreementStatus, AgreementStep, region_of};
use servhub::hub::agreement::{Confirm, Invite, Status};
use servhub::hub::{Context, Hub, Mode};
use servhub::policy::Actor;
use servhub::store::Db;

fn confirm(hub: &Sandbox, who: &str, day: &str, more: &[&str]) -> Run {
    let base = [
        "agreement",
        "confirm",
        "BAKE",
        "--first-name",
        "Nina",
        "--last-name",
        "Frei",
        "--mail",
        "nina@bakery.example",
        "--agreed-on",
        day,
    ];
    hub.run(by(who, &[&base, more].concat()))
}

fn status(hub: &Sandbox, who: &str, columns: &str) -> String {
    listed(hub, who, &["agreement", "status", "BAKE"], columns)
}

/// Rules: G-8
#[test]
fn versions_are_found_by_region_language_type_and_audience() {
    let hub = bakery();
    let find = |more: &[&str]| {
        listed(
            &hub,
            "sid",
            &[&["agreement", "template"], more].concat(),
            "template,valid_until",
        )
    };
    let one = [
        "--region",
        "europe",
        "--language",
        "sk",
        "--customer-type",
        "corporate",
        "--audience",
        "partner-led",
    ];
    assert_eq!(find(&one), "europe.sk.corporate.partner-led.2,");
    let all = find(&[&one[..], &["--all"]].concat());
    assert_eq!(
        all,
        "europe.sk.corporate.partner-led.2, europe.sk.corporate.partner-led.1,2025-12-31"
    );
    assert_eq!(
        find(&[
            "--language",
            "ja",
            "--customer-type",
            "education",
            "--audience",
            "direct"
        ]),
        "asia-pacific.ja.education.direct.2,"
    );
    assert_eq!(find(&["--language", "eo"]), "");
    for (country, region) in [
        ("SK", "europe"),
        ("US", "north-america"),
        ("BR", "latin-america"),
        ("JP", "asia-pacific"),
        ("KE", "middle-east-africa"),
    ] {
        assert_eq!(region_of(country), region);
    }
    says(&hub.run(by("hank", &["agreement", "template"])), 0, &[]);
    says(&hub.run(by("mia", &["agreement", "template"])), 4, &["E0200"]);
}

/// Rules: G-8 G-2 K-8
#[test]
fn a_customer_is_invited_and_its_agreement_is_put_on_record() {
    let hub = bakery();
    says(
        &hub.run(by("sid", &["agreement", "status", "BAKE"])),
        0,
        &["nothing can be bought"],
    );
    hub.ok(by("sid", &["customer", "update", "BAKE", "--language", "de"]));
    says(
        &hub.run(by("ken", &["agreement", "invite", "BAKE"])),
        4,
        &["E0200", "sales-agent"],
    );
    let invited = hub.run(by("sid", &["agreement", "invite", "BAKE"]));
    says(&invited, 0, &["servhub:agreement/", "done"]);
    assert!(
        invited.stdout.contains("europe.de.corporate.partner-led.2"),
        "{invited:?}"
    );
    let again = hub.run(by("ada", &["agreement", "invite", "BAKE"]));
    says(&again, 0, &["nothing left to do"]);
    assert_eq!(again.stdout, invited.stdout);
    // The day is not to come, and the person is named.
    says(
        &confirm(&hub, "sid", "2026-11-22", &[]),
        2,
        &["2026-11-22 is still to come", "G-8"],
    );
    says(
        &confirm(&hub, "sid", "2025-09-30", &[]),
        5,
        &["counts from 2025-10-01"],
    );
    let nameless = [
        "agreement",
        "confirm",
        "BAKE",
        "--first-name",
        " ",
        "--last-name",
        "Frei",
        "--mail",
        "nina@bakery.example",
        "--agreed-on",
        "2026-11-02",
    ];
    says(
        &hub.run(by("sid", &nameless)),
        2,
        &["--first-name has 0 characters"],
    );
    let mailless = [
        "agreement",
        "confirm",
        "BAKE",
        "--first-name",
        "Nina",
        "--last-name",
        "Frei",
        "--mail",
        "nina",
        "--agreed-on",
        "2026-11-02",
    ];
    says(&hub.run(by("sid", &mailless)), 2, &["no mail address"]);
    says(&hub.run(by("sid", &nameless[..9])), 2, &["--agreed-on"]);
    says(
        &confirm(&hub, "sid", "2026-11-21", &["--dry-run"]),
        0,
        &["nothing was changed"],
    );
    says(&confirm(&hub, "sid", "2026-11-20", &[]), 0, &["done"]);
    let columns = "template,status,agreed_on,first_name,last_name,mail";
    let is = "europe.de.corporate.partner-led.2,confirmed,2026-11-20,Nina,Frei,nina@bakery.example";
    assert_eq!(status(&hub, "gina", columns), is);
    // A second confirmation of the same version changes nothing, whatever it says.
    says(
        &confirm(&hub, "ada", "2026-11-01", &[]),
        0,
        &["on record already", "nothing left to do"],
    );
    assert_eq!(status(&hub, "gina", columns), is);
    assert_eq!(recorded(&hub, "agreement.confirm"), 1);
    says(
        &hub.run(by("sid", &["agreement", "invite", "BAKE"])),
        5,
        &["E0560", "has agreed"],
    );
    says(
        &hub.run(by("sid", &["agreement", "status", "BAKE"])),
        0,
        &["may buy"],
    );
    // Every partner that serves the customer sees that there is one; which of them asked is its own matter.
    assert_eq!(status(&hub, "sid", "partner,status"), "ALPS,confirmed");
    assert_eq!(status(&hub, "rita", "partner,status"), ",confirmed");
    assert_eq!(status(&hub, "gina", "partner,status"), "ALPS,confirmed");
    says(
        &hub.run(by("rex", &["agreement", "status", "BAKE"])),
        3,
        &["E0110"],
    );
    says(
        &confirm(&hub, "rita", "2026-11-02", &["--partner", "ALPS"]),
        3,
        &["E0110"],
    );
    says(&confirm(&hub, "gina", "2026-11-02", &[]), 4, &["E0200"]);
}

/// Rules: G-8
#[test]
fn a_newer_version_is_confirmed_besides_and_one_that_ran_out_counts_no_more() {
    let hub = bakery();
    let old = ["--template", "europe.en.corporate.partner-led.1"];
    says(
        &confirm(&hub, "sid", "2026-01-01", &old),
        5,
        &["counts from 2019-10-01 to 2025-12-31"],
    );
    says(&confirm(&hub, "sid", "2025-12-31", &old), 0, &["done"]);
    says(
        &hub.run(by("sid", &["agreement", "status", "BAKE"])),
        0,
        &["no agreement that counts"],
    );
    says(
        &hub.run(by(
            "sid",
            &[
                "agreement",
                "invite",
                "BAKE",
                "--template",
                "europe.en.corporate.partner-led.1",
            ],
        )),
        5,
        &["E0560"],
    );
    says(
        &hub.run(by(
            "sid",
            &[
                "agreement",
                "invite",
                "BAKE",
                "--template",
                "europe.fr.corporate.direct.1",
            ],
        )),
        5,
        &["does not count today"],
    );
    says(&confirm(&hub, "sid", "2026-11-02", &[]), 0, &["done"]);
    assert_eq!(
        status(&hub, "sid", "version,agreed_on"),
        "2,2026-11-02 1,2025-12-31"
    );
    says(
        &hub.run(by("sid", &["agreement", "status", "BAKE"])),
        0,
        &["may buy"],
    );
    says(
        &confirm(&hub, "sid", "2026-11-02", &["--template", "nothing"]),
        3,
        &["no version nothing"],
    );
    says(
        &confirm(&hub, "sid", "2026-11-02", &["--language", "ja"]),
        3,
        &["no version in ja for europe", "there is one in cs, de"],
    );
    // What is approved is another type of customer.
    hub.sql("UPDATE customer SET qualification = 'education', vetting = 'approved' WHERE id = 3");
    says(
        &hub.run(by("sid", &["agreement", "invite", "BAKE"])),
        0,
        &["done"],
    );
    assert!(status(&hub, "sid", "template").contains("europe.en.education.partner-led.2"));
    hub.sql("UPDATE customer SET country = NULL WHERE id = 1");
    says(
        &hub.run(by("sid", &["agreement", "invite", "STEEL"])),
        2,
        &["has no country"],
    );
}

/// Rules: G-8
#[test]
fn every_step_of_an_agreement_leads_on_or_says_what_does() {
    let table = [
        (AgreementStatus::Invited, ["confirmed"]),
        (AgreementStatus::Confirmed, ["-"]),
    ];
    super::cycle::agrees(&AGREEMENT, AgreementStatus::ALL, AgreementStep::ALL, &table);
}

/// What somebody does about which version.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Invite(usize),
    Confirm(usize, i32),
}

const VERSIONS: [&str; 2] = [
    "europe.en.corporate.partner-led.2",
    "europe.sk.corporate.partner-led.2",
];
const TODAY: i32 = 20_778;

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0..2_usize).prop_map(Deed::Invite),
        (0..2_usize, -30..3_i32).prop_map(|(version, days)| Deed::Confirm(version, days)),
    ]
}

/// Of each version: whether it is on record since a day, or only asked for.
type Model = [Option<Option<i32>>; 2];

fn after(model: Model, deed: Deed) -> Result<(Model, bool), ()> {
    let mut next = model;
    match deed {
        Deed::Invite(version) => match model[version] {
            Some(Some(_)) => Err(()),
            Some(None) => Ok((model, false)),
            None => {
                next[version] = Some(None);
                Ok((next, true))
            }
        },
        Deed::Confirm(version, days) => match model[version] {
            Some(Some(_)) => Ok((model, false)),
            _ if days > 0 => Err(()),
            _ => {
                next[version] = Some(Some(days));
                Ok((next, true))
            }
        },
    }
}

fn do_it(hub: &mut Hub, deed: Deed) -> Result<bool, ()> {
    let customer = "BAKE".to_owned();
    let done = match deed {
        Deed::Invite(version) => hub.carry_out(
            &Invite {
                customer,
                template: Some(VERSIONS[version].to_owned()),
                ..Invite::default()
            },
            Mode::Apply,
        ),
        Deed::Confirm(version, days) => hub.carry_out(
            &Confirm {
                customer,
                first_name: format!("Nina{days}"),
                last_name: "Frei".to_owned(),
                mail: "nina@bakery.example".to_owned(),
                phone: None,
                agreed_on: servhub::domain::Day::from_number(TODAY + days),
                template: Some(VERSIONS[version].to_owned()),
                language: None,
                audience: None,
                partner: None,
            },
            Mode::Apply,
        ),
    };
    done.map(|done| done.changed).map_err(|_| ())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rules: G-8
    #[test]
    fn agreements_go_as_the_model_says(deeds in proptest::collection::vec(deed(), 1..16)) {
        let sandbox = Sandbox::on_file();
        sandbox.ok(["customer", "list"]);
        sandbox.sql("INSERT INTO customer (code, name, domain, country) VALUES ('BAKE', 'Bakery', 'bakery.example', 'CH')");
        let context = Context {
            actor: Actor::Operator("tester".to_owned()),
            now: Instant::from_seconds(i64::from(TODAY) * 86_400 + 3_600),
            as_of: None,
            reason: None,
            ticket: None,
            origin: "test".to_owned(),
        };
        let mut hub = Hub::local(Db::open(&sandbox.store()).unwrap(), context);
        let mut model: Model = [None, None];
        for deed in deeds {
            let expected = after(model, deed);
            prop_assert_eq!(do_it(&mut hub, deed), expected.map(|(_, changed)| changed), "{:?} from {:?}", deed, model);
            model = expected.map_or(model, |(after, _)| after);
            let stood = hub.ask(&Status { customer: "BAKE".to_owned() }).unwrap();
            prop_assert_eq!(stood.on_record, model.iter().any(|one| matches!(one, Some(Some(_)))));
            for (version, one) in VERSIONS.iter().zip(model) {
                let line = stood.lines.iter().find(|line| line.template == *version);
                let agreed = line.and_then(|line| line.agreed_on).map(|day| day.number() - TODAY);
                prop_assert_eq!(line.map(|_| agreed), one, "{}", version);
                // Who agreed first stays on record.
                let name = line.and_then(|line| line.first_name.clone());
                prop_assert_eq!(name, one.flatten().map(|days| format!("Nina{days}")));
            }
        }
    }
}
