//! Random organisations, and the SQL that puts them into a store.

use super::partners::{Delegation, Filing, Intake, Partner, Relationship, Subscription};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The first day of everything; what happens, happens in the hundred days after it.
pub const FIRST: i32 = 20_500;
/// The day on which the questions are asked.
pub const TODAY: i32 = FIRST + 100;

/// A small generator of numbers, so that a failing organisation can be made again from its seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap()
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub fn maybe(&mut self, chance: usize, make: impl FnOnce(&mut Self) -> usize) -> Option<usize> {
        self.percent(chance).then(|| make(self))
    }
}

pub struct Contract {
    pub customer: usize,
    pub csam: Option<usize>,
    pub coordinator: Option<usize>,
    pub incidents: Option<usize>,
}

pub struct Package {
    pub contract: usize,
    pub add_on: bool,
    pub attached_to: BTreeSet<usize>,
}

pub struct Entitlement {
    pub package: usize,
    pub service: &'static str,
    pub limit: Option<i64>,
}

pub struct Workspace {
    pub customer: usize,
    pub is_default: bool,
    pub contracts: BTreeSet<usize>,
}

pub struct Member {
    pub workspace: usize,
    pub account: usize,
    pub status: &'static str,
    pub roles: BTreeSet<&'static str>,
    pub service_admin: bool,
}

pub struct Team {
    pub workspace: usize,
    pub members: BTreeSet<usize>,
    pub roles: BTreeSet<&'static str>,
}

pub struct Case {
    pub number: String,
    pub workspace: usize,
    pub contract: Option<usize>,
    pub entitlement: Option<usize>,
    pub kind: &'static str,
    pub class: Option<&'static str>,
    pub team: Option<usize>,
    pub named: Option<usize>,
    pub shares: BTreeSet<usize>,
    pub opened_on: i32,
}

pub struct Entry {
    pub entitlement: usize,
    pub workspace: usize,
    pub case: Option<usize>,
    pub day: i32,
    pub quantity: i64,
    pub corrects: Option<usize>,
    /// A request of a partner that it names instead of a case.
    pub filing: Option<usize>,
}

/// An organisation: everything by its place in a list. Keys in the store are one more.
pub struct Org {
    pub accounts: usize,
    pub customers: usize,
    pub administrators: Vec<(usize, usize)>,
    pub contracts: Vec<Contract>,
    pub packages: Vec<Package>,
    pub entitlements: Vec<Entitlement>,
    pub workspaces: Vec<Workspace>,
    pub members: Vec<Member>,
    pub teams: Vec<Team>,
    pub cases: Vec<Case>,
    pub entries: Vec<Entry>,
    pub partners: Vec<Partner>,
    pub relationships: Vec<Relationship>,
    pub delegations: Vec<Delegation>,
    pub subscriptions: Vec<Subscription>,
    pub filings: Vec<Filing>,
    pub intakes: Vec<Intake>,
}

const STATUSES: [&str; 8] = [
    "registered",
    "registered",
    "registered",
    "registered",
    "directory",
    "invited",
    "expired",
    "removed",
];
const ROLES: [&str; 9] = [
    "workspace-admin",
    "customer-activity",
    "customer-activity",
    "view-all-requests",
    "invite-users",
    "learning-manager",
    "learning",
    "health",
    "programs",
];
const SERVICES: [&str; 5] = [
    "reactive",
    "reactive",
    "advisory",
    "proactive",
    "proactive-credits",
];

/// How an account is written; upper and lower case are one.
pub fn account(place: usize, loud: bool) -> String {
    let text = format!("person{place}@firm.example");
    if loud { text.to_uppercase() } else { text }
}

pub fn entitlement_code(place: usize) -> String {
    format!("E-{place}")
}

pub fn workspace_code(place: usize) -> String {
    format!("W-{place}")
}

impl Org {
    pub fn roll(dice: &mut Dice) -> Self {
        let mut org = Self {
            accounts: 8,
            customers: 2,
            administrators: Vec::new(),
            contracts: Vec::new(),
            packages: Vec::new(),
            entitlements: Vec::new(),
            workspaces: Vec::new(),
            members: Vec::new(),
            teams: Vec::new(),
            cases: Vec::new(),
            entries: Vec::new(),
            partners: Vec::new(),
            relationships: Vec::new(),
            delegations: Vec::new(),
            subscriptions: Vec::new(),
            filings: Vec::new(),
            intakes: Vec::new(),
        };
        for customer in 0..org.customers {
            org.roll_customer(dice, customer);
        }
        org.roll_partners(dice);
        for customer in 0..org.customers {
            org.roll_cases(dice, customer);
            org.roll_entries(dice, customer);
        }
        org
    }

    fn roll_customer(&mut self, dice: &mut Dice, customer: usize) {
        let accounts = self.accounts;
        for _ in 0..1 + dice.below(2) {
            let staff = |dice: &mut Dice| dice.maybe(60, |dice| dice.below(accounts));
            self.contracts.push(Contract {
                customer,
                csam: staff(dice),
                coordinator: staff(dice),
                incidents: staff(dice),
            });
        }
        for number in 0..2 + dice.below(2) {
            let linked = (0..self.contracts.len())
                .filter(|place| self.contracts[*place].customer == customer && dice.percent(60));
            let linked = linked.collect();
            self.workspaces.push(Workspace {
                customer,
                is_default: number == 0,
                contracts: linked,
            });
        }
        for _ in 0..dice.below(2) {
            self.administrators.push((customer, dice.below(accounts)));
        }
        for contract in 0..self.contracts.len() {
            if self.contracts[contract].customer == customer {
                self.roll_packages(dice, contract);
            }
        }
        for workspace in 0..self.workspaces.len() {
            if self.workspaces[workspace].customer == customer {
                self.roll_people(dice, workspace);
            }
        }
    }

    fn roll_packages(&mut self, dice: &mut Dice, contract: usize) {
        let customer = self.contracts[contract].customer;
        for add_on in [false, true] {
            let places = 0..self.workspaces.len();
            let attached_to: BTreeSet<usize> = places
                .filter(|place| self.workspaces[*place].customer == customer && dice.percent(45))
                .collect();
            // Attaching a package links its contract.
            for place in &attached_to {
                self.workspaces[*place].contracts.insert(contract);
            }
            self.packages.push(Package {
                contract,
                add_on,
                attached_to,
            });
            for _ in 0..1 + dice.below(2) {
                self.entitlements.push(Entitlement {
                    package: self.packages.len() - 1,
                    service: dice.pick(&SERVICES),
                    limit: dice.percent(70).then_some(20_000),
                });
            }
        }
    }

    fn roll_people(&mut self, dice: &mut Dice, workspace: usize) {
        let mut inside = Vec::new();
        for account in 0..self.accounts {
            if dice.percent(50) {
                let roles = (0..dice.below(3)).map(|_| dice.pick(&ROLES)).collect();
                self.members.push(Member {
                    workspace,
                    account,
                    status: dice.pick(&STATUSES),
                    roles,
                    service_admin: dice.percent(10),
                });
                inside.push(account);
            }
        }
        for _ in 0..dice.below(3) {
            self.teams.push(Team {
                workspace,
                members: inside.iter().copied().filter(|_| dice.percent(40)).collect(),
                roles: (0..dice.below(2)).map(|_| dice.pick(&ROLES)).collect(),
            });
        }
    }

    fn of_customer<T>(list: &[T], of: impl Fn(&T) -> bool) -> Vec<usize> {
        (0..list.len()).filter(|place| of(&list[*place])).collect()
    }

    fn roll_cases(&mut self, dice: &mut Dice, customer: usize) {
        let workspaces = Self::of_customer(&self.workspaces, |one| one.customer == customer);
        let contracts = Self::of_customer(&self.contracts, |one| one.customer == customer);
        let entitlements = Self::of_customer(&self.entitlements, |one| {
            self.contracts[self.packages[one.package].contract].customer == customer
        });
        for _ in 0..4 + dice.below(6) {
            let workspace = dice.pick(&workspaces);
            let teams = Self::of_customer(&self.teams, |team| {
                self.workspaces[team.workspace].customer == customer
                    && (team.workspace == workspace || team.members.len() == 1)
            });
            let accounts = self.accounts;
            let team = match teams.as_slice() {
                [] => None,
                some => dice.maybe(40, |dice| dice.pick(some)),
            };
            self.cases.push(Case {
                number: format!("77{:06}", self.cases.len() * 7919 + 131_071),
                workspace,
                contract: dice.maybe(80, |dice| dice.pick(&contracts)),
                entitlement: dice.maybe(80, |dice| dice.pick(&entitlements)),
                kind: dice.pick(&["problem-resolution", "advisory"]),
                class: dice.percent(15).then_some("SU"),
                team,
                named: dice.maybe(50, |dice| dice.below(accounts)),
                shares: (0..accounts).filter(|_| dice.percent(12)).collect(),
                opened_on: FIRST + i32::try_from(dice.below(100)).unwrap(),
            });
        }
    }

    fn roll_entries(&mut self, dice: &mut Dice, customer: usize) {
        let workspaces = Self::of_customer(&self.workspaces, |one| one.customer == customer);
        let entitlements = Self::of_customer(&self.entitlements, |one| {
            self.contracts[self.packages[one.package].contract].customer == customer
        });
        for _ in 0..10 + dice.below(16) {
            let case = dice.maybe(75, |dice| dice.below(self.cases.len()));
            // Most hours are recorded where the case is, some elsewhere.
            let home = case.map(|case| self.cases[case].workspace);
            let at_home = home.filter(|home| self.workspaces[*home].customer == customer && dice.percent(75));
            let entry = Entry {
                entitlement: dice.pick(&entitlements),
                workspace: at_home.unwrap_or_else(|| dice.pick(&workspaces)),
                case,
                day: FIRST + i32::try_from(dice.below(100)).unwrap(),
                quantity: 25 * i64::try_from(1 + dice.below(40)).unwrap(),
                corrects: None,
                filing: match case {
                    None => dice.maybe(20, |dice| dice.below(self.filings.len())),
                    Some(_) => None,
                },
            };
            self.entries.push(entry);
            if dice.percent(12) {
                let corrected = self.entries.len() - 1;
                let original = &self.entries[corrected];
                let reversal = Entry {
                    quantity: -original.quantity,
                    corrects: Some(corrected),
                    ..*original
                };
                self.entries.push(reversal);
            }
        }
    }

    /// The statements that put it into an empty store.
    pub fn sql(&self, dice: &mut Dice) -> String {
        let mut sql = String::from("BEGIN;\n");
        self.frame_sql(dice, &mut sql);
        self.people_sql(dice, &mut sql);
        self.cases_sql(dice, &mut sql);
        self.partner_sql(dice, &mut sql);
        self.entries_sql(&mut sql);
        sql += "INSERT INTO ledger_total SELECT entitlement_id, workspace_id, sum(quantity), count(*), max(delivered_on)
                FROM ledger GROUP BY 1, 2;\nCOMMIT;";
        sql
    }

    fn frame_sql(&self, dice: &mut Dice, sql: &mut String) {
        let (start, end) = (FIRST - 100, FIRST + 500);
        for place in 0..self.customers {
            let id = place + 1;
            writeln!(
                sql,
                "INSERT INTO customer (id, code, name) VALUES ({id}, 'C-{place}', 'Customer {place}');"
            )
            .unwrap();
        }
        for (place, one) in self.contracts.iter().enumerate() {
            let mut staff = |who: Option<usize>| text(who.map(|who| account(who, dice.percent(30))));
            writeln!(
                sql,
                "INSERT INTO contract (id, customer_id, number, kind, starts_on, ends_on, csam, account_coordinator, incident_manager)
                 VALUES ({id}, {}, 'K-{place}', 'unified', {start}, {end}, {}, {}, {});
                 INSERT INTO schedule (id, contract_id, code, kind, starts_on, ends_on) VALUES ({id}, {id}, 'S-{place}', 'add-on', {start}, {end});",
                one.customer + 1,
                staff(one.csam),
                staff(one.coordinator),
                staff(one.incidents),
                id = place + 1
            )
            .unwrap();
        }
        for (place, one) in self.workspaces.iter().enumerate() {
            let id = place + 1;
            writeln!(
                sql,
                "INSERT INTO workspace (id, customer_id, code, name, is_default) VALUES ({id}, {}, 'W-{place}', 'Space {place}', {});",
                one.customer + 1,
                i32::from(one.is_default)
            )
            .unwrap();
            for contract in &one.contracts {
                writeln!(
                    sql,
                    "INSERT INTO workspace_contract VALUES ({id}, {});",
                    contract + 1
                )
                .unwrap();
            }
        }
        for (place, one) in self.packages.iter().enumerate() {
            let id = place + 1;
            let kind = if one.add_on { "add-on" } else { "enterprise-wide" };
            writeln!(
                sql,
                "INSERT INTO package (id, schedule_id, code, name, kind, starts_on, ends_on)
                 VALUES ({id}, {}, 'P-{place}', 'Package {place}', '{kind}', {start}, {end});",
                one.contract + 1
            )
            .unwrap();
            for workspace in &one.attached_to {
                writeln!(
                    sql,
                    "INSERT INTO workspace_package VALUES ({}, {id}, {start});",
                    workspace + 1
                )
                .unwrap();
            }
        }
        for (place, one) in self.entitlements.iter().enumerate() {
            let (allowance, quantity) = match one.limit {
                Some(limit) => ("limited", limit.to_string()),
                None => ("as-needed", "NULL".to_owned()),
            };
            writeln!(
                sql,
                "INSERT INTO entitlement (id, package_id, code, service, category, allowance, quantity, unit, description)
                 VALUES ({}, {}, 'E-{place}', '{}', 'consumable', '{allowance}', {quantity}, 'hours', 'Line {place}');",
                place + 1,
                one.package + 1,
                one.service
            )
            .unwrap();
        }
    }

    fn people_sql(&self, dice: &mut Dice, sql: &mut String) {
        for (place, (customer, who)) in self.administrators.iter().enumerate() {
            let who = account(*who, dice.percent(30));
            writeln!(
                sql,
                "INSERT INTO administrator (id, customer_id, account, name) VALUES ({}, {}, '{who}', 'x');",
                place + 1,
                customer + 1
            )
            .unwrap();
        }
        for (place, one) in self.members.iter().enumerate() {
            let id = place + 1;
            writeln!(
                sql,
                "INSERT INTO member (id, workspace_id, account, name, account_kind, status, service_admin, invited_at)
                 VALUES ({id}, {}, '{}', 'x', 'work', '{}', {}, 0);",
                one.workspace + 1,
                account(one.account, dice.percent(30)),
                one.status,
                i32::from(one.service_admin)
            )
            .unwrap();
            for role in &one.roles {
                writeln!(sql, "INSERT INTO member_role VALUES ({id}, '{role}');").unwrap();
            }
        }
        for (place, one) in self.teams.iter().enumerate() {
            let id = place + 1;
            writeln!(
                sql,
                "INSERT INTO team (id, workspace_id, code, name, kind) VALUES ({id}, {}, 'G-{place}', 'Group {place}', 'local');",
                one.workspace + 1
            )
            .unwrap();
            for role in &one.roles {
                writeln!(sql, "INSERT INTO team_role VALUES ({id}, '{role}');").unwrap();
            }
            for who in &one.members {
                let member = self
                    .members
                    .iter()
                    .position(|member| member.workspace == one.workspace && member.account == *who);
                writeln!(
                    sql,
                    "INSERT INTO team_member VALUES ({id}, {});",
                    member.unwrap() + 1
                )
                .unwrap();
            }
        }
    }

    fn cases_sql(&self, dice: &mut Dice, sql: &mut String) {
        for (place, one) in self.cases.iter().enumerate() {
            let id = place + 1;
            let package = one
                .entitlement
                .map(|entitlement| self.entitlements[entitlement].package);
            let named = text(one.named.map(|who| account(who, dice.percent(30))));
            writeln!(
                sql,
                "INSERT INTO support_case (id, number, workspace_id, contract_id, package_id, entitlement_id, kind, class, severity,
                   state, title, contact, opened_at, team_id, named_contact)
                 VALUES ({id}, '{}', {}, {}, {}, {}, '{}', {}, 'B', 'open', 'Title of {}', 'somebody@else.example', {}, {}, {named});",
                one.number,
                one.workspace + 1,
                key(one.contract),
                key(package),
                key(one.entitlement),
                one.kind,
                text(one.class.map(str::to_owned)),
                one.number,
                i64::from(one.opened_on) * 86_400 + 3_600,
                key(one.team),
            )
            .unwrap();
            for who in &one.shares {
                let who = account(*who, dice.percent(30));
                writeln!(sql, "INSERT INTO case_share VALUES ({id}, '{who}');").unwrap();
            }
        }
    }

    fn entries_sql(&self, sql: &mut String) {
        sql.push_str(
            "INSERT INTO source VALUES (1, 'timesheet');\nINSERT INTO recording VALUES (1, 'x', 0);\n",
        );
        for (place, one) in self.entries.iter().enumerate() {
            let case = one.case.map(|case| &self.cases[case].number);
            let filing = || one.filing.map(|filing| &self.filings[filing].number);
            let reference = case.or_else(filing).cloned();
            let note = reference.as_ref().map(|number| format!("on {number}"));
            let reason = one
                .corrects
                .map(|_| format!("wrong: {}", reference.as_deref().unwrap_or("none")));
            writeln!(
                sql,
                "INSERT INTO ledger (id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id, source_key,
                   recording_id, corrects, reason) VALUES ({}, {}, {}, {}, {}, {}, {}, 1, 'k{place}', 1, {}, {});",
                place + 1,
                one.entitlement + 1,
                one.workspace + 1,
                one.day,
                one.quantity,
                text(reference.clone()),
                text(note),
                key(one.corrects),
                text(reason)
            )
            .unwrap();
        }
    }
}

pub fn text(text: Option<String>) -> String {
    text.map_or_else(|| "NULL".to_owned(), |text| format!("'{text}'"))
}

pub fn key(place: Option<usize>) -> String {
    place.map_or_else(|| "NULL".to_owned(), |place| (place + 1).to_string())
}
