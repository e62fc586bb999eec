//! The rules of filing as tables: every rule with each answer that it can give, without a store.

use servhub::domain::filing::{
    Account, BehalfFacts, Category, Channel, Draft, Family, Finding, Issue, OwnFacts, Partner, PartnerKind,
    PlanOf, Product, Publisher, SupportProfile, Verdict, on_behalf, own, refusal,
};
use servhub::domain::partner::{PlanKind, SupportLevel};
use servhub::domain::people::Role;
use servhub::domain::request::{CaseKind, Severity};
use servhub::domain::{Day, Quantity};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A request of which everything that is needed is known.
fn whole() -> Draft {
    Draft {
        title: some("Furnace is cold"),
        description: some("Since six in the morning"),
        product: some("Virtual Machines"),
        kind: Some(CaseKind::ProblemResolution),
        severity: Some(Severity::B),
        contact: some("pia@partner.example"),
        category: Some(Category::Defect),
        subscription: some("SUB-1"),
        ..Draft::default()
    }
}

/// Facts under which a partner's person may file for Azure.
fn azure() -> BehalfFacts {
    BehalfFacts {
        account: Account::new("pia@partner.example"),
        customer: "Steel Works".to_owned(),
        customer_domain: some("steel.example"),
        own_tenant: false,
        partner_of_record: Some(profile()),
        partner: Some(Partner {
            name: "Partner One".to_owned(),
            kind: PartnerKind::DirectBill,
            domains: vec!["partner.example".to_owned()],
            provider: None,
            support_level: None,
            plans: Vec::new(),
        }),
        roles: vec![Role::HelpdeskAgent],
        issues: Vec::new(),
        product: Product {
            name: "Virtual Machines".to_owned(),
            family: Some(Family::Azure),
            publisher: None,
        },
        delegated: Vec::new(),
        delegated_at_all: Vec::new(),
        subscription: some("SUB-1"),
        subscription_role: Some(("Support Request Contributor".to_owned(), None)),
        provider_gave_access: false,
    }
}

/// The same for a product whose access is delegated.
fn delegated(family: Family) -> BehalfFacts {
    let role = vec!["Service Support Administrator".to_owned()];
    BehalfFacts {
        product: Product {
            name: "The product".to_owned(),
            family: Some(family),
            publisher: None,
        },
        delegated: role.clone(),
        delegated_at_all: role,
        ..azure()
    }
}

fn profile() -> SupportProfile {
    SupportProfile {
        partner: "Partner One".to_owned(),
        mail: some("help@partner.example"),
        phone: some("+421 2 555"),
        site: some("https://partner.example/help"),
        hours: some("mon-fri 08:00-18:00"),
        ..SupportProfile::default()
    }
}

fn partner(facts: &mut BehalfFacts) -> &mut Partner {
    facts.partner.as_mut().unwrap()
}

fn ask(draft: &Draft, facts: &BehalfFacts) -> Vec<Finding> {
    on_behalf(draft, facts, Channel::Shell)
}

fn of<'a>(findings: &'a [Finding], rule: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.rule == rule).unwrap()
}

/// What one rule answers, in words: verdict, why and ways out.
#[track_caller]
fn says(findings: &[Finding], rule: &str, verdict: Verdict, parts: &[&str]) {
    let finding = of(findings, rule);
    assert_eq!(finding.verdict, verdict, "{finding:?}");
    let told = format!("{} | {}", finding.why, finding.way_out.join(" | "));
    for part in parts {
        assert!(told.contains(part), "\"{part}\" is not in: {told}");
    }
    let ways = finding.way_out.len();
    assert_eq!(
        ways > 0,
        verdict == Verdict::Refused,
        "whoever refuses says what to do instead: {finding:?}"
    );
}

use Verdict::{Holds, NotAsked, Refused};

/// Rules: B-1 B-2 B-3 B-4 B-5 B-6 B-7 B-8 B-9 B-10 F-2
#[test]
fn the_rules_are_asked_in_the_order_of_the_specification() {
    let order = [
        "B-1", "B-2", "B-3", "B-4", "B-5", "B-6", "B-7", "B-8", "B-9", "F-2", "B-10",
    ];
    let findings = ask(&whole(), &azure());
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_ref()).collect();
    assert_eq!(rules, order);
    assert_eq!(refusal(&findings), None, "{findings:?}");

    // Each step puts one more thing in the way, the last rule first: the refusal moves forward.
    let mut facts = azure();
    let mut draft = Draft {
        description: None,
        ..whole()
    };
    let mut channel = Channel::Shell;
    let first = |draft: &Draft, facts: &BehalfFacts, channel| {
        let findings = on_behalf(draft, facts, channel);
        refusal(&findings).unwrap().rule.clone()
    };
    assert_eq!(first(&draft, &facts, channel), "F-2");
    channel = Channel::Phone;
    assert_eq!(first(&draft, &facts, channel), "B-8");
    draft.contact = some("eve@steel.example");
    assert_eq!(first(&draft, &facts, channel), "B-6");
    facts.product.family = None;
    assert_eq!(first(&draft, &facts, channel), "B-5");
    facts.product.family = Some(Family::Azure);
    facts.subscription_role = None;
    assert_eq!(first(&draft, &facts, channel), "B-4");
    draft.category = None;
    assert_eq!(first(&draft, &facts, channel), "B-3");
    facts.issues.push(issue("IS-1"));
    assert_eq!(first(&draft, &facts, channel), "B-2");
    facts.account = Account::new("ben@steel.example");
    assert_eq!(first(&draft, &facts, channel), "B-1");
}

/// Rules: B-1 P-1
#[test]
fn the_customers_own_people_are_sent_to_their_partner() {
    says(&ask(&whole(), &azure()), "B-1", Holds, &["pia@partner.example"]);
    for own in ["ben@steel.example", "BEN@Steel.Example", "ben@mill.steel.example"] {
        let mut facts = azure();
        facts.account = Account::new(own);
        let parts = [
            own,
            "Partner One",
            "help@partner.example",
            "+421 2 555",
            "mon-fri 08:00-18:00",
            "https://partner.example/help",
        ];
        says(&ask(&whole(), &facts), "B-1", Refused, &parts);
        facts.partner_of_record = None;
        says(&ask(&whole(), &facts), "B-1", Refused, &["no partner of record"]);
    }
    let mut near = azure();
    near.account = Account::new("joe@stainless-steel.example");
    says(&ask(&whole(), &near), "B-1", Holds, &[]);
    let mut stranger = azure();
    stranger.partner = None;
    says(
        &ask(&whole(), &stranger),
        "B-1",
        Refused,
        &["works for no partner"],
    );
    let bare = SupportProfile {
        partner: "Partner One".to_owned(),
        ..SupportProfile::default()
    };
    assert!(bare.tell().contains("no support contact is on record"));
}

fn issue(code: &str) -> Issue {
    Issue {
        code: code.to_owned(),
        title: "Mail is slow".to_owned(),
        update: some("a fix is on its way"),
    }
}

/// Rules: B-2
#[test]
fn a_known_issue_stops_the_filing_unless_it_is_said_to_be_something_else() {
    says(
        &ask(&whole(), &azure()),
        "B-2",
        Holds,
        &["no open issue of Virtual Machines"],
    );
    let mut facts = azure();
    facts.issues = vec![issue("IS-1"), issue("IS-2")];
    let told = [
        "IS-1",
        "Mail is slow",
        "a fix is on its way",
        "--not-covered-by IS-1 --because",
    ];
    says(&ask(&whole(), &facts), "B-2", Refused, &told);
    let not = |codes: &[&str], because: Option<&str>| Draft {
        not_covered_by: codes.iter().map(|code| (*code).to_owned()).collect(),
        because: because.map(str::to_owned),
        ..whole()
    };
    // Each open issue has to be ruled out, and somebody has to say why.
    let answers = [
        (not(&["IS-1"], Some("other error")), Refused, "IS-2"),
        (not(&["IS-9"], Some("other error")), Refused, "IS-1"),
        (not(&["IS-1", "IS-2"], None), Refused, "--because"),
        (not(&["IS-1", "IS-2"], Some("  ")), Refused, "--because"),
        (not(&["IS-1", "is-2"], Some("other error")), Holds, "other error"),
    ];
    for (draft, verdict, part) in answers {
        says(&ask(&draft, &facts), "B-2", verdict, &[part]);
    }
    facts.issues = vec![Issue {
        update: None,
        ..issue("IS-1")
    }];
    says(&ask(&whole(), &facts), "B-2", Refused, &["no update yet"]);
}

/// Rules: B-3
#[test]
fn only_what_must_be_escalated_is_filed() {
    let words = [
        "undocumented-issue",
        "service-unavailable",
        "defect",
        "network-disruption",
        "regional-multitenant",
        "billing",
        "dispute",
        "fraud",
    ];
    assert_eq!(Category::WORDS, words);
    for category in Category::ALL {
        let draft = Draft {
            category: Some(*category),
            ..whole()
        };
        says(&ask(&draft, &azure()), "B-3", Holds, &[category.word()]);
    }
    let none = Draft {
        category: None,
        ..whole()
    };
    says(&ask(&none, &azure()), "B-3", Refused, &words);
}

/// Rules: B-4
#[test]
fn azure_needs_a_support_role_on_the_subscription() {
    says(
        &ask(&whole(), &azure()),
        "B-4",
        Holds,
        &["Support Request Contributor on subscription SUB-1"],
    );
    let mut through = azure();
    through.subscription_role = Some(("Owner".to_owned(), some("Night desk")));
    says(
        &ask(&whole(), &through),
        "B-4",
        Holds,
        &["through group Night desk"],
    );
    let alone = "a helpdesk agent alone cannot file for Azure";
    let group = "`servhub request support-group --subscription SUB-1`";
    let roles: [(&[Role], bool); 5] = [
        (&[Role::HelpdeskAgent], true),
        (&[Role::HelpdeskAgent, Role::AdminAgent], false),
        (&[Role::HelpdeskAgent, Role::PartnerAdmin], false),
        (&[Role::AdminAgent], false),
        (&[], false),
    ];
    for (roles, is_alone) in roles {
        let facts = BehalfFacts {
            roles: roles.to_vec(),
            subscription_role: None,
            // Delegated roles are of no help with Azure.
            ..delegated(Family::Azure)
        };
        let findings = ask(&whole(), &facts);
        says(
            &findings,
            "B-4",
            Refused,
            &["no support role on subscription SUB-1", group],
        );
        assert_eq!(of(&findings, "B-4").why.contains(alone), is_alone, "{roles:?}");
    }
    let mut nowhere = azure();
    nowhere.subscription = None;
    says(
        &ask(&whole(), &nowhere),
        "B-4",
        Refused,
        &["Steel Works has no Azure subscription SUB-1", "--subscription"],
    );
    let unnamed = Draft {
        subscription: None,
        ..whole()
    };
    says(
        &ask(&unnamed, &nowhere),
        "B-4",
        Refused,
        &["needs the subscription", "--subscription"],
    );
}

/// Rules: B-4
#[test]
fn elsewhere_an_active_delegated_role_has_to_cover_the_product() {
    for family in [Family::Microsoft365, Family::Dynamics365, Family::Ems] {
        let mut facts = delegated(family);
        says(
            &ask(&whole(), &facts),
            "B-4",
            Holds,
            &["Service Support Administrator covers The product"],
        );
        facts.delegated.clear();
        facts.delegated_at_all = vec!["Global Reader".to_owned()];
        says(
            &ask(&whole(), &facts),
            "B-4",
            Refused,
            &["(Global Reader)", "Service Support Administrator"],
        );
        facts.delegated_at_all.clear();
        says(
            &ask(&whole(), &facts),
            "B-4",
            Refused,
            &["holds no active delegated role at Steel Works"],
        );
        // A role on a subscription is of no help there.
        assert!(facts.subscription_role.is_some());
    }
}

/// Rules: B-4
#[test]
fn an_indirect_reseller_files_through_its_provider_or_with_its_access() {
    let kinds = [
        (PartnerKind::DirectBill, false, Holds),
        (PartnerKind::IndirectProvider, false, Holds),
        (PartnerKind::IndirectReseller, false, Refused),
        (PartnerKind::IndirectReseller, true, Holds),
    ];
    for (kind, gave_access, verdict) in kinds {
        for mut facts in [azure(), delegated(Family::Microsoft365)] {
            partner(&mut facts).kind = kind;
            partner(&mut facts).provider = some("Big Distributor");
            facts.provider_gave_access = gave_access;
            let parts: &[&str] = match verdict {
                Refused => &[
                    "have Big Distributor file it",
                    "give access to the customer's subscription",
                ],
                _ => &[],
            };
            says(&ask(&whole(), &facts), "B-4", verdict, parts);
        }
    }
    // With its provider's access it still needs a role of its own.
    let mut facts = azure();
    partner(&mut facts).kind = PartnerKind::IndirectReseller;
    facts.provider_gave_access = true;
    facts.subscription_role = None;
    says(&ask(&whole(), &facts), "B-4", Refused, &["no support role"]);
}

/// Rules: B-4 B-5 B-10
#[test]
fn in_its_own_tenant_a_partner_needs_a_plan_of_its_own() {
    let mut facts = azure();
    facts.own_tenant = true;
    facts.customer = "Partner One".to_owned();
    facts.customer_domain = some("partner.example");
    let with = |plan: Option<&str>| Draft {
        plan: plan.map(str::to_owned),
        ..whole()
    };
    says(
        &ask(&with(None), &facts),
        "B-5",
        Refused,
        &["not covered", "is needed first"],
    );
    partner(&mut facts).plans = vec![
        PlanOf {
            id: "PL-1".to_owned(),
            what: PlanKind::Premier,
        },
        PlanOf {
            id: "PL-2".to_owned(),
            what: PlanKind::AzurePlan,
        },
    ];
    says(
        &ask(&with(None), &facts),
        "B-5",
        Refused,
        &["not covered", "--plan with one of PL-1, PL-2"],
    );
    says(
        &ask(&with(Some("PL-9")), &facts),
        "B-5",
        Refused,
        &["PL-9 is no plan", "PL-1, PL-2"],
    );
    let findings = ask(&with(Some("PL-2")), &facts);
    says(&findings, "B-5", Holds, &["PL-2 (azure-plan)"]);
    says(&findings, "B-1", Holds, &[]);
    says(&findings, "B-4", NotAsked, &[]);
    says(&findings, "B-6", Holds, &[]);
    says(&findings, "B-9", NotAsked, &[]);
    says(&findings, "B-10", Holds, &["own tenant of Partner One"]);
    assert_eq!(refusal(&findings), None);
    // A sound plan lends nothing to a customer's request.
    let mut customers = delegated(Family::Dynamics365);
    partner(&mut customers).plans = partner(&mut facts).plans.clone();
    says(&ask(&with(Some("PL-1")), &customers), "B-5", Refused, &[]);
}

/// Rules: B-5
#[test]
fn each_family_has_its_plan_and_dynamics_needs_advanced_support() {
    says(
        &ask(&whole(), &azure()),
        "B-5",
        Holds,
        &["plan Cloud Solution Provider"],
    );
    for family in [Family::Microsoft365, Family::Ems] {
        says(&ask(&whole(), &delegated(family)), "B-5", Holds, &[]);
    }
    let levels = [
        (None, Refused),
        (Some(SupportLevel::Advanced), Holds),
        (Some(SupportLevel::Premier), Holds),
    ];
    for (level, verdict) in levels {
        let mut facts = delegated(Family::Dynamics365);
        partner(&mut facts).support_level = level;
        let parts: &[&str] = match verdict {
            Refused => &["Advanced Support for Partners", "holds none"],
            _ => &[],
        };
        says(&ask(&whole(), &facts), "B-5", verdict, parts);
    }
    let mut other = azure();
    other.product.family = None;
    let findings = ask(&whole(), &other);
    says(
        &findings,
        "B-5",
        Refused,
        &["azure, microsoft-365, dynamics-365, ems"],
    );
    assert_eq!(refusal(&findings).unwrap().rule, "B-5");
}

/// Rules: B-5
#[test]
fn billing_is_included_for_every_partner_and_needs_no_plan() {
    for category in [Category::Billing, Category::Dispute, Category::Fraud] {
        let draft = Draft {
            category: Some(category),
            ..whole()
        };
        says(
            &ask(&draft, &delegated(Family::Dynamics365)),
            "B-5",
            Holds,
            &["included"],
        );
        let mut own = azure();
        own.own_tenant = true;
        says(&ask(&draft, &own), "B-5", Holds, &["included"]);
        // What no partner files for is not filed for under another name.
        let mut other = azure();
        other.product.family = None;
        says(&ask(&draft, &other), "B-5", Refused, &["azure"]);
    }
    let others = Category::ALL.iter().filter(|category| !category.is_billing());
    for category in others {
        let draft = Draft {
            category: Some(*category),
            ..whole()
        };
        says(
            &ask(&draft, &delegated(Family::Dynamics365)),
            "B-5",
            Refused,
            &["Advanced"],
        );
    }
}

/// Rules: B-6
#[test]
fn the_contact_is_one_of_the_partners_own_people() {
    let contact = |account: Option<&str>| Draft {
        contact: account.map(str::to_owned),
        ..whole()
    };
    let table = [
        (Some("pia@partner.example"), Holds, "own people"),
        (Some("Pia@PARTNER.example"), Holds, "own people"),
        (
            Some("ben@steel.example"),
            Refused,
            "the customer's domain steel.example",
        ),
        (Some("ben@mill.steel.example"), Refused, "the customer's domain"),
        (
            Some("joe@elsewhere.example"),
            Refused,
            "none of Partner One's own people",
        ),
        (Some("nobody"), Refused, "none of Partner One's own people"),
        (None, NotAsked, "no contact"),
    ];
    for (account, verdict, part) in table {
        let mut parts = vec![part];
        if verdict == Refused {
            parts.push("such as pia@partner.example");
        }
        says(&ask(&contact(account), &azure()), "B-6", verdict, &parts);
    }
    let mut stranger = azure();
    stranger.partner = None;
    says(
        &ask(&contact(Some("joe@x.example")), &stranger),
        "B-6",
        NotAsked,
        &[],
    );
}

/// Rules: B-7 B-4 B-5
#[test]
fn a_product_of_the_marketplace_goes_to_its_publisher() {
    says(&ask(&whole(), &azure()), "B-7", NotAsked, &[]);
    let mut facts = delegated(Family::Microsoft365);
    facts.product = Product {
        name: "Invoice Robot".to_owned(),
        family: None,
        publisher: Some(Publisher {
            name: "Robots Inc".to_owned(),
            link: some("https://robots.example/help"),
            mail: some("help@robots.example"),
            phone: some("+1 555"),
        }),
    };
    let findings = ask(&whole(), &facts);
    let parts = [
        "Invoice Robot",
        "Robots Inc",
        "https://robots.example/help",
        "help@robots.example",
        "+1 555",
    ];
    says(&findings, "B-7", Refused, &parts);
    // Nobody is sent to have roles delegated or plans bought for what is not filed for here.
    assert_eq!(refusal(&findings).unwrap().rule, "B-7");
    says(&findings, "B-4", NotAsked, &[]);
    says(&findings, "B-5", NotAsked, &[]);
    facts.product.publisher = Some(Publisher {
        name: "Robots Inc".to_owned(),
        ..Publisher::default()
    });
    says(
        &ask(&whole(), &facts),
        "B-7",
        Refused,
        &["Robots Inc, of whom no way"],
    );
}

/// Rules: B-8
#[test]
fn nothing_is_filed_by_phone() {
    says(&ask(&whole(), &azure()), "B-8", Holds, &[]);
    let called = on_behalf(&whole(), &azure(), Channel::Phone);
    says(&called, "B-8", Refused, &["by phone", "file it here"]);
}

/// Rules: B-9
#[test]
fn without_rights_at_the_customer_azure_needs_domain_and_subscription() {
    says(
        &ask(&whole(), &azure()),
        "B-9",
        Holds,
        &["https://portal.azure.com/steel.example"],
    );
    let unnamed = Draft {
        subscription: None,
        ..whole()
    };
    says(
        &ask(&unnamed, &azure()),
        "B-9",
        Refused,
        &["--subscription", "https://portal.azure.com/steel.example"],
    );
    let mut unknown = azure();
    unknown.customer_domain = None;
    says(
        &ask(&whole(), &unknown),
        "B-9",
        Refused,
        &["the domain of Steel Works is needed"],
    );
    for facts in [delegated(Family::Azure), delegated(Family::Microsoft365)] {
        says(&ask(&unnamed, &facts), "B-9", NotAsked, &[]);
    }
}

/// Rules: B-10
#[test]
fn the_context_is_always_said() {
    says(&ask(&whole(), &azure()), "B-10", Holds, &["customer Steel Works"]);
    // Also when something stands in the way.
    let findings = ask(&Draft::default(), &azure());
    says(&findings, "B-10", Holds, &["customer Steel Works"]);
}

/// Facts under which someone files for oneself.
fn contact_of_mill() -> OwnFacts {
    OwnFacts {
        workspace: "W-1".to_owned(),
        account: "ben@steel.example".to_owned(),
        is_support_contact: true,
        contracts_in_force: vec!["0100".to_owned()],
        entitlement: Some(("E-1".to_owned(), None)),
        contact_is_member: true,
        ..OwnFacts::default()
    }
}

/// The rule that refuses first, with all that it says; empty when none does.
fn first(draft: &Draft, facts: &OwnFacts) -> String {
    refusal(&own(draft, facts)).map_or(String::new(), |finding| {
        assert!(!finding.way_out.is_empty(), "{finding:?}");
        format!(
            "{}: {} | {}",
            finding.rule,
            finding.why,
            finding.way_out.join(" | ")
        )
    })
}

/// Rules: F-1 F-2 B-1 C-5 W-2 W-5 E-5
#[test]
fn for_oneself_each_rule_stands_in_the_way_alone() {
    type Spoil = fn(&mut Draft, &mut OwnFacts);
    let table: [(Spoil, &[&str]); 10] = [
        (|_, _| (), &[]),
        (
            |_, facts| facts.partner_of_record = Some(profile()),
            &["B-1", "help@partner.example"],
        ),
        (
            |_, facts| facts.is_support_contact = false,
            &[
                "F-1",
                "ben@steel.example is no support contact of workspace W-1",
                "nobody is one yet",
            ],
        ),
        (
            |_, facts| {
                facts.is_support_contact = false;
                facts.support_contacts = vec!["ana@steel.example".to_owned(), "cyd@steel.example".to_owned()];
            },
            &[
                "F-1",
                "ask ana@steel.example or cyd@steel.example",
                "user contact ben@steel.example",
            ],
        ),
        (
            |_, facts| facts.archived = true,
            &["F-1", "archived (W-5)", "another workspace"],
        ),
        (
            |_, facts| {
                facts.contracts_in_force.clear();
                facts.last_ended = Some(("0099".to_owned(), Day::from_number(20_700)));
            },
            &["F-1", "contract 0099 ended on 2026-09-04", "(C-5)", "renewed"],
        ),
        (
            |_, facts| facts.contracts_in_force.clear(),
            &[
                "F-1",
                "no contract in force is linked",
                "servhub workspace attach",
            ],
        ),
        (
            |_, facts| facts.entitlement = None,
            &["F-1", "no entitlement in force", "servhub entitlements list"],
        ),
        (
            |draft, _| {
                draft.title = some("  ");
                draft.severity = None;
            },
            &["F-2", "title, severity is missing", "add --title --severity"],
        ),
        (
            |draft, facts| {
                draft.contact = some("joe@x.example");
                facts.contact_is_member = false;
            },
            &["F-2", "joe@x.example is no member", "servhub user invite"],
        ),
    ];
    for (spoil, parts) in table {
        let (mut draft, mut facts) = (whole(), contact_of_mill());
        spoil(&mut draft, &mut facts);
        let told = first(&draft, &facts);
        assert_eq!(told.is_empty(), parts.is_empty(), "{told}");
        for part in parts {
            assert!(told.contains(part), "\"{part}\" is not in: {told}");
        }
    }
    // More than was bought is recorded as it is: what is used up stops nobody.
    let used = OwnFacts {
        entitlement: Some(("E-1".to_owned(), Some(Quantity::from_hundredths(-150)))),
        ..contact_of_mill()
    };
    assert_eq!(first(&whole(), &used), "");
}

/// Rules: F-1 F-2
#[test]
fn what_is_not_known_yet_is_not_held_against_anybody() {
    let facts = OwnFacts {
        entitlement: None,
        contact_is_member: false,
        ..contact_of_mill()
    };
    let findings = own(&Draft::default(), &facts);
    let refused: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.verdict == Refused)
        .map(|finding| finding.why.as_str())
        .collect();
    assert_eq!(
        refused,
        ["title, description, product, kind, severity, contact is missing"]
    );
}
