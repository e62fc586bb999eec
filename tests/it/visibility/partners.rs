//! Random partners: whom they serve, who works for them, what they sold, were delegated and filed. In keys of the
//! store everything is one more than its place in a list.

use super::org::{Dice, FIRST, Org, account, key, text};
use std::collections::BTreeSet;
use std::fmt::Write as _;

pub struct Partner {
    /// The indirect provider through which it sells.
    pub provider: Option<usize>,
    pub people: Vec<Agent>,
}

/// One of a partner's people; without roles they hold nothing.
pub struct Agent {
    pub account: usize,
    pub roles: BTreeSet<&'static str>,
}

pub struct Relationship {
    pub partner: usize,
    pub customer: usize,
    pub status: &'static str,
}

pub struct Delegation {
    pub partner: usize,
    pub customer: usize,
}

pub struct Subscription {
    pub partner: usize,
    pub customer: usize,
    /// A partner that was given access to it (B-4).
    pub given_to: Option<usize>,
}

/// A request of a partner.
pub struct Filing {
    pub number: String,
    pub partner: usize,
    /// None for the partner's own tenant.
    pub customer: Option<usize>,
    pub family: Option<&'static str>,
    pub filed_by: usize,
    pub named: Option<usize>,
    pub shares: BTreeSet<usize>,
    pub opened_on: i32,
}

/// What came in from a customer.
pub struct Intake {
    pub partner: usize,
    pub customer: usize,
    pub filing: Option<usize>,
}

const STATUSES: [&str; 5] = ["active", "active", "active", "requested", "removed"];
const ROLES: [&str; 5] = [
    "partner-admin",
    "admin-agent",
    "helpdesk-agent",
    "helpdesk-agent",
    "sales-agent",
];
const FAMILIES: [Option<&str>; 4] = [Some("azure"), Some("azure"), Some("microsoft-365"), None];

impl Org {
    pub fn roll_partners(&mut self, dice: &mut Dice) {
        for partner in 0..3 {
            let people = (0..self.accounts)
                .filter(|_| dice.percent(35))
                .collect::<Vec<_>>();
            let agent = |account| Agent {
                account,
                roles: (0..dice.below(3)).map(|_| dice.pick(&ROLES)).collect(),
            };
            self.partners.push(Partner {
                // The last one sells through the first one.
                provider: (partner == 2).then_some(0),
                people: people.into_iter().map(agent).collect(),
            });
            for customer in 0..self.customers {
                if dice.percent(70) {
                    let status = dice.pick(&STATUSES);
                    self.relationships.push(Relationship {
                        partner,
                        customer,
                        status,
                    });
                }
                if dice.percent(60) {
                    self.delegations.push(Delegation { partner, customer });
                }
                for _ in 0..dice.below(3) {
                    let given_to = dice.maybe(40, |dice| dice.below(3));
                    self.subscriptions.push(Subscription {
                        partner,
                        customer,
                        given_to,
                    });
                }
            }
        }
        self.roll_filings(dice);
    }

    fn roll_filings(&mut self, dice: &mut Dice) {
        let accounts = self.accounts;
        for _ in 0..6 + dice.below(6) {
            self.filings.push(Filing {
                number: format!("78{:06}", self.filings.len() * 7919 + 131_071),
                partner: dice.below(self.partners.len()),
                customer: dice.maybe(80, |dice| dice.below(2)),
                family: dice.pick(&FAMILIES),
                filed_by: dice.below(accounts),
                named: dice.maybe(50, |dice| dice.below(accounts)),
                shares: (0..accounts).filter(|_| dice.percent(12)).collect(),
                opened_on: FIRST + i32::try_from(dice.below(100)).unwrap(),
            });
        }
        for filing in 0..self.filings.len() {
            let of = &self.filings[filing];
            if let Some(customer) = of.customer.filter(|_| dice.percent(50)) {
                self.intakes.push(Intake {
                    partner: of.partner,
                    customer,
                    filing: dice.percent(60).then_some(filing),
                });
            }
        }
    }

    pub fn partner_sql(&self, dice: &mut Dice, sql: &mut String) {
        for (place, one) in self.partners.iter().enumerate() {
            self.agents_sql(dice, (place, one), sql);
        }
        for (place, one) in self.relationships.iter().enumerate() {
            writeln!(
                sql,
                "INSERT INTO relationship (id, partner_id, customer_id, status, since_on) VALUES ({}, {}, {}, '{}', {FIRST});",
                place + 1,
                one.partner + 1,
                one.customer + 1,
                one.status
            )
            .unwrap();
        }
        for (place, one) in self.delegations.iter().enumerate() {
            let id = place + 1;
            writeln!(
                sql,
                "INSERT INTO delegation (id, code, partner_id, customer_id, name, status) VALUES ({id}, 'D-{place}', {}, {}, 'Delegation {place}', 'active');
                 INSERT INTO delegation_role (delegation_id, role, group_id) VALUES ({id}, 'role', {});",
                one.partner + 1,
                one.customer + 1,
                one.partner + 1
            )
            .unwrap();
        }
        self.subscriptions_sql(sql);
        self.filings_sql(dice, sql);
    }

    fn agents_sql(&self, dice: &mut Dice, (place, one): (usize, &Partner), sql: &mut String) {
        let id = place + 1;
        let kind = match one.provider {
            Some(_) => "indirect-reseller",
            None => "indirect-provider",
        };
        writeln!(
            sql,
            "INSERT INTO partner (id, code, name, kind, domain, provider_id) VALUES ({id}, 'T-{place}', 'Partner {place}', '{kind}', 'partner{place}.example', {});
             INSERT INTO security_group (id, partner_id, name) VALUES ({id}, {id}, 'Crew {place}');",
            key(one.provider)
        )
        .unwrap();
        for agent in &one.people {
            let who = account(agent.account, dice.percent(30));
            let person = self.accounts * place + agent.account + 1;
            writeln!(
                sql,
                "INSERT INTO partner_person (id, partner_id, account, name) VALUES ({person}, {id}, '{who}', 'x');
                 INSERT INTO security_group_member VALUES ({id}, {person});"
            )
            .unwrap();
            for role in &agent.roles {
                writeln!(sql, "INSERT INTO partner_role VALUES ({person}, '{role}');").unwrap();
            }
        }
    }

    fn subscriptions_sql(&self, sql: &mut String) {
        for (place, one) in self.subscriptions.iter().enumerate() {
            let id = place + 1;
            writeln!(
                sql,
                "INSERT INTO subscription (id, code, customer_id, partner_id, product_id, name, status, starts_on)
                   SELECT {id}, 'B-{place}', {}, {partner}, p.id, 'Subscription {place}', 'active', {FIRST} FROM product p WHERE p.name = 'Microsoft Azure';
                 INSERT INTO subscription_role (subscription_id, role, group_id) VALUES ({id}, 'Owner', {partner});",
                one.customer + 1,
                partner = one.partner + 1
            )
            .unwrap();
            if one.given_to.is_some() {
                writeln!(
                    sql,
                    "INSERT INTO subscription_role (subscription_id, role, partner_id) VALUES ({id}, 'Contributor', {});",
                    key(one.given_to)
                )
                .unwrap();
            }
        }
    }

    fn filings_sql(&self, dice: &mut Dice, sql: &mut String) {
        for (place, one) in self.filings.iter().enumerate() {
            // Cases of workspaces come first.
            let id = self.cases.len() + place + 1;
            let named = text(one.named.map(|who| account(who, dice.percent(30))));
            let by = account(one.filed_by, dice.percent(30));
            writeln!(
                sql,
                "INSERT INTO support_case (id, number, partner_id, customer_id, kind, severity, state, title, contact, opened_at,
                   named_contact, filed_by, family, plan)
                 VALUES ({id}, '{}', {}, {}, 'problem-resolution', 'B', 'open', 'Title of {}', 'somebody@else.example', {}, {named}, '{by}', {}, 'csp');",
                one.number,
                one.partner + 1,
                key(one.customer),
                one.number,
                i64::from(one.opened_on) * 86_400 + 3_600,
                text(one.family.map(str::to_owned))
            )
            .unwrap();
            for who in &one.shares {
                let who = account(*who, dice.percent(30));
                writeln!(sql, "INSERT INTO case_share VALUES ({id}, '{who}');").unwrap();
            }
        }
        for (place, one) in self.intakes.iter().enumerate() {
            let case = one.filing.map(|filing| self.cases.len() + filing);
            writeln!(
                sql,
                "INSERT INTO intake (id, code, partner_id, customer_id, at, account, title, diagnosis, outcome, case_id)
                 VALUES ({}, 'I-{place}', {}, {}, {}, 'x', 'Title', 'Diagnosis', '{}', {});",
                place + 1,
                one.partner + 1,
                one.customer + 1,
                i64::from(FIRST) * 86_400,
                if case.is_some() { "escalated" } else { "open" },
                key(case)
            )
            .unwrap();
        }
    }
}

/// What the specification says of partners' people (4-partner.md), written as it reads.
impl Org {
    /// Roles of a person at a partner.
    pub fn partner_roles(&self, who: usize, partner: usize) -> BTreeSet<&'static str> {
        let people = self.partners[partner].people.iter();
        people
            .filter(|agent| agent.account == who)
            .flat_map(|agent| agent.roles.iter().copied())
            .collect()
    }

    /// Whether a person works on requests for a partner: everyone but a sales agent.
    pub fn works_on_requests(&self, who: usize, partner: usize) -> bool {
        let roles = self.partner_roles(who, partner);
        ["partner-admin", "admin-agent", "helpdesk-agent"]
            .iter()
            .any(|role| roles.contains(role))
    }

    /// The rules by which a person sees a request of a partner.
    pub fn filing_rules(&self, who: usize, filing: &Filing) -> Vec<&'static str> {
        let mut rules = Vec::new();
        if !self.works_on_requests(who, filing.partner) {
            return rules;
        }
        if filing.shares.contains(&who) {
            rules.push("V-2");
        }
        if filing.named == Some(who) {
            rules.push("V-3");
        }
        let roles = self.partner_roles(who, filing.partner);
        let for_azure = filing.family == Some("azure");
        if roles.contains("partner-admin")
            || roles.contains("admin-agent")
            || !for_azure
            || filing.filed_by == who
        {
            rules.push("partner");
        }
        rules
    }

    pub fn sees_filing(&self, who: usize, filing: &Filing) -> bool {
        !self.filing_rules(who, filing).is_empty()
    }
}
