//! Customers as their partners keep them, through the real binary (G-1, G-9, G-12).

use super::{bakery, by, listed, recorded, says};
use crate::harness::{Run, Sandbox};
use proptest::prelude::*;
use servhub::domain::partner::{CustomerType, Qualification, VETTING, Vetting, VettingStep};

/// A whole customer, with further options.
fn add(hub: &Sandbox, who: &str, domain: &str, more: &[&str]) -> Run {
    let name = format!("Company {}", domain.to_lowercase());
    let base = [
        "customer",
        "add",
        &name,
        "--domain",
        domain,
        "--street",
        "Main 1",
        "--city",
        "Bern",
        "--postal-code",
        "3000",
        "--country",
        "CH",
        "--contact-first",
        "Nina",
        "--contact-last",
        "Frei",
        "--mail",
        "nina@dairy.example",
    ];
    hub.run(by(who, &[&base, more].concat()))
}

fn shown(hub: &Sandbox, who: &str, customer: &str, columns: &str) -> String {
    listed(hub, who, &["customer", "show", customer], columns)
}

/// Rules: G-1 G-2 K-8
#[test]
fn whoever_adds_a_customer_serves_it_from_then_on() {
    let hub = bakery();
    let dry = add(
        &hub,
        "sid",
        "dairy.example",
        &["--dry-run", "--detailed-exitcode"],
    );
    says(&dry, 6, &["nothing was changed"]);
    let run = add(&hub, "sid", "Dairy.example", &[]);
    says(
        &run,
        0,
        &[
            "ALPS serves C0004 from now on, and is its partner of record",
            "done",
        ],
    );
    assert_eq!(
        shown(&hub, "sid", "C0004", "domain,partners,partner_of_record"),
        "dairy.example,ALPS,ALPS"
    );
    assert_eq!(recorded(&hub, "customer.add"), 2);
    // Again: the same in upper case changes nothing.
    says(
        &add(&hub, "sid", "DAIRY.example", &[]),
        0,
        &["nothing left to do"],
    );
    // Another partner is told that the domain is taken, and not whose it is.
    let taken = add(&hub, "rita", "DAIRY.EXAMPLE", &[]);
    says(&taken, 5, &["E0563", "relationship request dairy.example"]);
    assert!(
        !taken.stderr.contains("C0004") && !taken.stderr.contains("ALPS"),
        "{taken:?}"
    );
    // The partner itself, who knows it, is told.
    says(
        &add(&hub, "sid", "dairy.example", &["--phone", "+41 31 555"]),
        5,
        &["E0563", "customer update C0004"],
    );
    // Not its own domain, nor one of its people's.
    says(&add(&hub, "sid", "alps.example", &[]), 5, &["B-6"]);
}

/// Rules: G-1
#[test]
fn an_address_keeps_within_the_limits_of_the_vendor() {
    let hub = bakery();
    let long = "x".repeat(201);
    let name = "y".repeat(51);
    for (more, parts) in [
        (
            &["--region", &long][..],
            &["E0562", "the region has 201 characters, and may have 100"][..],
        ),
        (
            &["--phone", "none"],
            &["E0562", "\"none\" is no telephone number"],
        ),
        (&["--language", "German"], &["E0562", "two small letters"]),
        (&["--registration-number", &name], &["E0562", "51 characters"]),
        (&["--id", "a b"], &["E0562", "is no id"]),
    ] {
        says(&add(&hub, "ada", "dairy.example", more), 2, parts);
    }
    let bare = hub.run(by(
        "ada",
        &["customer", "add", "Dairy", "--domain", "dairy", "--country", "ch"],
    ));
    let every = [
        "\"dairy\" is no domain",
        "\"ch\" is no country",
        "the street is missing",
        "the first name of the contact is missing",
        "the mail is missing",
    ];
    says(&bare, 2, &every);
    // In some countries two numbers are compulsory.
    let kyiv = [
        "customer",
        "add",
        "Khlib",
        "--domain",
        "khlib.example",
        "--street",
        "S 1",
        "--city",
        "Kyiv",
        "--postal-code",
        "1",
        "--country",
        "UA",
        "--contact-first",
        "O",
        "--contact-last",
        "K",
        "--mail",
        "o@khlib.example",
    ];
    let told = [
        "the phone is missing, and it is compulsory in UA",
        "the registration number is missing",
    ];
    says(&hub.run(by("ada", &kyiv)), 2, &told);
    let whole = [
        &kyiv[..],
        &["--phone", "+380 44 555 0100", "--registration-number", "31000001"],
    ]
    .concat();
    says(&hub.run(by("ada", &whole)), 0, &["done"]);
    // What was complete stays so; what a file brought incomplete may, too.
    says(
        &hub.run(by("ada", &["customer", "update", "Khlib", "--phone", ""])),
        2,
        &["compulsory in UA"],
    );
    says(
        &hub.run(by("ada", &["customer", "update", "BAKE", "--city", "Basel"])),
        0,
        &["done"],
    );
    says(
        &hub.run(by("ada", &["customer", "update", "BAKE", "--country", "UA"])),
        2,
        &["compulsory in UA"],
    );
}

/// Rules: G-1 K-17
#[test]
fn a_file_of_customers_is_added_as_a_whole_or_not_at_all() {
    let hub = bakery();
    let head = "customer,name,domain,street,city,postal_code,country,contact_first,contact_last,mail,phone,registration_number\n";
    let good = "D1,Dairy,dairy.example,Main 1,Bern,3000,CH,Nina,Frei,nina@dairy.example,,\n,Mill,mill.example,Main 2,Bern,3000,CH,Max,Rot,max@mill.example,,\n";
    let bad = "D3,Khlib,khlib.example,S 1,Kyiv,1,UA,O,K,o@khlib.example,,\n,Bakery two,BAKERY.example,S 1,Bern,1,CH,O,K,o@b.example,,\n";
    hub.write("bad.csv", &format!("{head}{good}{bad}"));
    hub.write("good.csv", &format!("{head}{good}"));
    let from = |who: &str, file: &str, more: &[&str]| {
        hub.run(by(who, &[&["customer", "add", "--from", file], more].concat()))
    };
    let refused = from("ken", "bad.csv", &["--yes"]);
    let parts = [
        "2 of 4 customers cannot be added; nothing was changed",
        "bad.csv:4: phone: ",
        "bad.csv:4: registration_number: ",
        "bad.csv:5: bakery.example is the domain of a customer already",
    ];
    says(&refused, 2, &parts);
    assert_eq!(recorded(&hub, "customer.add"), 0);
    says(&from("ken", "good.csv", &[]), 2, &["E0103"]);
    says(
        &from("ken", "good.csv", &["--dry-run"]),
        0,
        &["nothing was changed"],
    );
    let done = from(
        "ken",
        "good.csv",
        &[
            "--yes",
            "-o",
            "csv",
            "--columns",
            "customer,partner,relationship,outcome",
        ],
    );
    says(&done, 0, &["ALPS serves the 2 of them"]);
    assert_eq!(done.stdout.lines().nth(1), Some("D1,ALPS,active,created"));
    assert_eq!(done.stdout.lines().nth(2), Some("C0005,ALPS,active,created"));
    says(&from("ken", "good.csv", &["--yes"]), 0, &["nothing left to do"]);
    // The owner of the store adds for nobody, unless a partner is named.
    let plain = hub.ok([
        "customer",
        "add",
        "--from",
        "good.csv",
        "--yes",
        "-o",
        "csv",
        "--columns",
        "outcome",
    ]);
    assert_eq!(
        plain.lines().collect::<Vec<_>>(),
        ["outcome", "unchanged", "unchanged"]
    );
    hub.write("odd.csv", "name,domin\nDairy,dairy.example\n");
    says(
        &from("ken", "odd.csv", &["--yes"]),
        2,
        &["no column \"domin\" in a file of customers"],
    );
}

/// Rules: G-1 R-1
#[test]
fn helpdesk_agents_and_people_of_the_customer_do_not_keep_customers() {
    let hub = bakery();
    for who in ["hank", "gina", "mia"] {
        says(&add(&hub, who, "dairy.example", &[]), 4, &["E0200"]);
        says(
            &hub.run(by(who, &["customer", "update", "BAKE", "--city", "Bern"])),
            4,
            &["E0200"],
        );
    }
    // A customer of another partner's is not there.
    says(
        &hub.run(by("rita", &["customer", "update", "STEEL", "--city", "Bern"])),
        3,
        &["E0110"],
    );
}

/// Rules: G-1 G-2
#[test]
fn a_customer_is_archived_when_nothing_stands_any_more() {
    let hub = bakery();
    let archive = |who: Option<&str>, more: &[&str]| {
        let args = [&["customer", "archive", "BAKE", "--yes"], more].concat();
        match who {
            Some(who) => hub.run(by(who, &args)),
            None => hub.run(args),
        }
    };
    let ada = archive(Some("ada"), &[]);
    says(
        &ada,
        5,
        &[
            "E0561",
            "subscription SUB-AZ",
            "delegation D-1",
            "not this partner's: ",
            "relationship",
        ],
    );
    for other in ["RIVAL", "SUB-RV", "D-2", "relationship ALPS"] {
        assert!(!ada.stderr.contains(other), "{ada:?}");
    }
    let all = archive(None, &[]);
    says(
        &all,
        5,
        &[
            "relationship ALPS",
            "relationship RIVAL",
            "subscription SUB-RV",
            "delegation D-2",
        ],
    );
    hub.sql(
        "UPDATE subscription SET status = 'cancelled' WHERE customer_id = 3; UPDATE delegation SET ends_at = 1;
         UPDATE relationship SET status = 'removed' WHERE partner_id = 2;
         INSERT INTO support_case (number, partner_id, customer_id, kind, severity, state, title, opened_at)
           VALUES ('7901', 1, 3, 'advisory', 'C', 'open', 'Oven', 1790000000);",
    );
    says(&archive(Some("ada"), &[]), 5, &["1 in the way", "request 7901"]);
    hub.sql("UPDATE support_case SET state = 'resolved' WHERE number = '7901'");
    says(&archive(Some("ada"), &["--dry-run"]), 0, &["nothing was changed"]);
    says(&archive(Some("ada"), &[]), 0, &["done"]);
    // Its own relationship ended with it.
    says(&archive(Some("ada"), &[]), 3, &["E0110"]);
    says(&archive(None, &[]), 0, &["nothing left to do"]);
    let names =
        |more: &[&str]| hub.ok([&["customer", "list", "-o", "csv", "--columns", "customer"], more].concat());
    assert!(!names(&[]).contains("BAKE") && names(&["--archived"]).contains("BAKE"));
    says(
        &hub.run(["customer", "update", "BAKE", "--city", "Bern"]),
        5,
        &["E0564", "--undo"],
    );
    says(
        &hub.run(by("rita", &["relationship", "request", "bakery.example"])),
        5,
        &["E0564"],
    );
    says(&archive(None, &["--undo"]), 0, &["done"]);
    assert!(names(&[]).contains("BAKE"));
}

/// Rules: G-12 K-8
#[test]
fn a_customer_buys_for_itself_what_its_partner_allows() {
    let hub = bakery();
    let show = |who: &str| {
        listed(
            &hub,
            who,
            &["customer", "self-purchase", "show", "BAKE"],
            "family,allowed",
        )
    };
    let none = "azure,no microsoft-365,no dynamics-365,no ems,no";
    assert_eq!((show("gina"), show("rita")), (none.to_owned(), none.to_owned()));
    let set = |who: &str, verb: &str, more: &[&str]| {
        hub.run(by(
            who,
            &[&["customer", "self-purchase", verb, "BAKE"], more].concat(),
        ))
    };
    says(&set("sid", "allow", &["--family", "azure,ems"]), 0, &["done"]);
    says(
        &set("ken", "allow", &["--family", "ems"]),
        0,
        &["nothing left to do"],
    );
    assert_eq!(show("gina"), "azure,yes microsoft-365,no dynamics-365,no ems,yes");
    says(
        &set("rita", "deny", &["--family", "azure", "--dry-run"]),
        0,
        &["nothing was changed"],
    );
    says(&set("ada", "deny", &[]), 0, &["done"]);
    says(&set("ada", "deny", &[]), 0, &["nothing left to do"]);
    assert_eq!(show("gina"), none);
    for who in ["gina", "hank"] {
        says(&set(who, "allow", &["--family", "azure"]), 4, &["E0200"]);
    }
    assert_eq!(recorded(&hub, "customer.allow-self-purchase"), 1);
}

/// Rules: G-9 G-2
#[test]
fn a_support_contact_is_a_reseller_of_the_partner_that_serves_the_customer() {
    let hub = bakery();
    hub.sql(
        "UPDATE relationship SET status = 'active' WHERE partner_id = 4;
         INSERT INTO relationship (partner_id, customer_id, status, since_on) VALUES (3, 3, 'active', 20000);
         INSERT INTO partner_role VALUES (7, 'partner-admin');",
    );
    let set = |who: &str, more: &[&str]| {
        hub.run(by(
            who,
            &[&["customer", "support-contact", "set", "BAKE"], more].concat(),
        ))
    };
    let show = |who: &str| {
        listed(
            &hub,
            who,
            &["customer", "support-contact", "show", "BAKE"],
            "partner,reseller,name",
        )
    };
    says(&set("pia", &["--partner", "RES"]), 0, &["done"]);
    says(
        &set("pia", &["--partner", "Reseller"]),
        0,
        &["nothing left to do"],
    );
    // The customer, the provider and the reseller see it; another partner does not.
    for who in ["gina", "pia", "rex"] {
        assert_eq!(show(who), "PROV,RES,Reseller", "{who}");
    }
    assert_eq!(show("rita"), "");
    // One that sells through somebody else, or is nobody's reseller.
    says(&set("rita", &["--partner", "ALPS"]), 3, &["there is no partner"]);
    let operator = hub.run([
        "customer",
        "support-contact",
        "set",
        "BAKE",
        "--partner",
        "ALPS",
        "--of",
        "PROV",
    ]);
    says(
        &operator,
        5,
        &["E0500", "Alps Cloud does not sell through Provider", "G-9"],
    );
    says(&set("pia", &["--partner", "RES2"]), 0, &["done"]);
    says(&set("pia", &["--none"]), 0, &["done"]);
    assert_eq!(show("gina"), "");
    says(
        &hub.run(["customer", "support-contact", "set", "BAKE", "--partner", "RES"]),
        0,
        &["done"],
    );
    assert_eq!(show("gina"), "PROV,RES,Reseller");
}

/// Rules: G-1
#[test]
fn a_qualification_is_asked_for_and_vetted() {
    let hub = bakery();
    let update = |more: &[&str]| hub.run(by("sid", &[&["customer", "update", "BAKE"], more].concat()));
    let stands = || shown(&hub, "ada", "BAKE", "qualification,vetting,vetting_reason");
    assert_eq!(stands(), "none,none,");
    says(&update(&["--vetting", "approved"]), 5, &["E0560", "none", "ask"]);
    says(&update(&["--vetting", "in-review"]), 2, &["--qualification"]);
    says(&update(&["--qualification", "education"]), 0, &["done"]);
    says(
        &update(&["--qualification", "education"]),
        0,
        &["nothing left to do"],
    );
    assert_eq!(stands(), "education,in-review,");
    says(
        &update(&["--qualification", "nonprofit"]),
        5,
        &["E0560", "in-review"],
    );
    says(&update(&["--vetting-reason", "Too early"]), 2, &["has no reason"]);
    says(
        &update(&["--vetting", "denied", "--vetting-reason", "No school"]),
        0,
        &["done"],
    );
    assert_eq!(stands(), "education,denied,No school");
    says(
        &update(&["--vetting", "approved"]),
        5,
        &["E0560", "goes on by ask, drop"],
    );
    // Asking again after a denial, and the answer in one go.
    says(
        &update(&["--qualification", "education", "--vetting", "approved"]),
        0,
        &["done"],
    );
    assert_eq!(stands(), "education,approved,");
    says(&update(&["--qualification", "none"]), 0, &["done"]);
    assert_eq!(stands(), "none,none,");
}

/// Where each step leads from each state, in the order of [`VettingStep::ALL`]: ask, approve, deny, drop.
const TABLE: &[(Vetting, [&str; 4])] = &[
    (Vetting::None, ["in-review", "-", "-", "-"]),
    (Vetting::InReview, ["-", "approved", "denied", "none"]),
    (Vetting::Approved, ["in-review", "-", "-", "none"]),
    (Vetting::Denied, ["in-review", "-", "-", "none"]),
];

/// Rules: G-1
#[test]
fn every_step_of_a_vetting_leads_on_or_says_what_does() {
    super::cycle::agrees(&VETTING, Vetting::ALL, VettingStep::ALL, TABLE);
}

/// Whether the vendor was asked, and what it said.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Model {
    Silent,
    Waiting,
    Answered(bool),
}

impl Model {
    fn step(self, step: VettingStep) -> Option<Self> {
        match (step, self) {
            (VettingStep::Ask, Self::Waiting) => None,
            (VettingStep::Ask, _) => Some(Self::Waiting),
            (VettingStep::Approve, Self::Waiting) => Some(Self::Answered(true)),
            (VettingStep::Deny, Self::Waiting) => Some(Self::Answered(false)),
            (VettingStep::Drop, Self::Waiting | Self::Answered(_)) => Some(Self::Silent),
            _ => None,
        }
    }

    fn state(self) -> Vetting {
        match self {
            Self::Silent => Vetting::None,
            Self::Waiting => Vetting::InReview,
            Self::Answered(true) => Vetting::Approved,
            Self::Answered(false) => Vetting::Denied,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rules: G-1
    #[test]
    fn a_vetting_goes_as_the_model_says(steps in proptest::collection::vec(proptest::sample::select(VettingStep::ALL), 1..30)) {
        let (mut model, mut state) = (Model::Silent, Vetting::None);
        for step in steps {
            let came = VETTING.next(state, step).ok();
            let expected = model.step(step);
            prop_assert_eq!(came, expected.map(Model::state), "{} from {}", step, state);
            if let (Some(to), Some(after)) = (came, expected) {
                (state, model) = (to, after);
            }
            // Only what is approved makes another type of customer.
            let special = CustomerType::of(Qualification::Education, state) == CustomerType::Education;
            prop_assert_eq!(special, model == Model::Answered(true));
        }
    }
}
