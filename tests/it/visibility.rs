//! Random organisations: everything that a person is shown is compared with a slow model of V-1 to V-6 and A-5.

mod model;
mod org;
mod partners;
mod served;

use model::May;
use org::{Dice, Org, TODAY, account, entitlement_code, workspace_code};
use servhub::domain::activity::View;
use servhub::domain::{Day, Quantity};
use servhub::error::Result;
use servhub::hub::activity::{Details, Places, Report, ReportDetails, Row, Wanted};
use servhub::hub::entitlement::Step;
use servhub::hub::export::cpod::{Cpod, Delivery, Line, Sink};
use servhub::hub::export::{self, RowSink, Selection};
use servhub::hub::{Context, Hub, Query, access, entitlement, ledger, request};
use servhub::output::{Cell, Column, Tabular, Value};
use servhub::policy::Actor;
use servhub::store::Db;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::Path;

/// How many organisations.
const ORGANISATIONS: u64 = 64;

/// A quarter of the organisations; each quarter is a test of its own, so that they run side by side.
fn look_at_quarter(quarter: u64) {
    (quarter..ORGANISATIONS).step_by(4).for_each(look_at);
}

/// Rules: V-1 V-2 V-3 V-4 V-5 V-6 A-5 W-2 R-1
#[test]
fn everyone_sees_what_the_rules_say_and_nothing_tells_of_the_rest() {
    look_at_quarter(0);
}

/// Rules: V-1 V-2 V-3 V-4 V-5 V-6 A-5 W-2 R-1
#[test]
fn everyone_sees_what_the_rules_say_in_a_second_quarter() {
    look_at_quarter(1);
}

/// Rules: V-1 V-2 V-3 V-4 V-5 V-6 A-5 W-2 R-1
#[test]
fn everyone_sees_what_the_rules_say_in_a_third_quarter() {
    look_at_quarter(2);
}

/// Rules: V-1 V-2 V-3 V-4 V-5 V-6 A-5 W-2 R-1
#[test]
fn everyone_sees_what_the_rules_say_in_the_last_quarter() {
    look_at_quarter(3);
}

/// Looks at one organisation with everybody's eyes.
fn look_at(seed: u64) {
    let mut dice = Dice::new(seed);
    let org = Org::roll(&mut dice);
    let folder = tempfile::TempDir::new().unwrap();
    let store = folder.path().join("hub.db");
    drop(Db::open(&store).unwrap());
    crate::fixture::tamper(&store, &org.sql(&mut dice));
    let operator = Hub::local(Db::open(&store).unwrap(), context(None));
    let as_of = dice.percent(40).then_some(TODAY - 50);
    for who in 0..org.accounts {
        let Some(hub) = hub_of(&store, who, as_of, &mut dice) else {
            continue;
        };
        let eye = Eye {
            org: &org,
            hub,
            operator: &operator,
            who,
            up_to: as_of.unwrap_or(TODAY),
            label: format!("organisation {seed}, {}", account(who, false)),
        };
        eye.requests(&mut dice);
        eye.exported_requests();
        eye.explained(&mut dice);
        eye.ledger();
        eye.entitlements(&mut dice);
        eye.reports(&mut dice);
        eye.proof();
        eye.served(&mut dice);
    }
}

fn context(as_of: Option<i32>) -> Context {
    Context {
        actor: Actor::Operator("anna".to_owned()),
        now: Day::from_number(TODAY).start_utc(),
        as_of: as_of.map(Day::from_number),
        reason: None,
        ticket: None,
        origin: "test".to_owned(),
    }
}

/// The hub as a person finds it; none for an account that occurs nowhere.
fn hub_of(store: &Path, who: usize, as_of: Option<i32>, dice: &mut Dice) -> Option<Hub> {
    let hub = Hub::local(Db::open(store).unwrap(), context(as_of));
    hub.on_behalf_of(&account(who, dice.percent(30))).ok()
}

/// One person's eye on one organisation.
struct Eye<'a> {
    org: &'a Org,
    hub: Hub,
    operator: &'a Hub,
    who: usize,
    up_to: i32,
    label: String,
}

impl Eye<'_> {
    /// Asks; the answer comes exactly when the permission is held, and tells of no case that is not seen.
    fn ask<Q: Query>(&self, may: May, query: &Q) -> Option<Q::Answer>
    where
        Q::Answer: Debug,
    {
        let answer = self.hub.ask_here(query);
        let held = self.org.may_at_all(self.who, may);
        match answer {
            Ok(answer) => {
                assert!(held, "{}: {} was answered", self.label, Q::NAME);
                self.tells_nothing(Q::NAME, &format!("{answer:?}"));
                Some(answer)
            }
            Err(error) => {
                assert!(!held, "{}: {} failed: {error:?}", self.label, Q::NAME);
                assert_eq!(error.code.id, "E0200", "{}: {}", self.label, Q::NAME);
                None
            }
        }
    }

    /// The number of a case that is not seen stands nowhere.
    fn tells_nothing(&self, what: &str, text: &str) {
        let cases = self.org.cases.iter();
        let hidden = cases
            .filter(|case| !self.org.sees(self.who, case))
            .map(|case| &case.number);
        let filings = self.org.filings.iter();
        let filed = filings
            .filter(|filing| !self.org.sees_filing(self.who, filing))
            .map(|filing| &filing.number);
        for number in hidden.chain(filed) {
            assert!(
                !text.contains(number),
                "{}: {what} tells of {number}: {text}",
                self.label
            );
        }
    }

    fn same<T: PartialEq + Debug>(&self, what: &str, shown: &T, model: &T) {
        assert_eq!(shown, model, "{}: {what} (shown, model)", self.label);
    }

    fn visible_hours(
        &self,
        may: May,
        number: &str,
        services: &[&str],
        inside: &dyn Fn(usize) -> bool,
    ) -> i64 {
        let org = self.org;
        let mut sum = 0;
        for entry in &org.entries {
            let names = org
                .named_to(self.who, entry)
                .is_some_and(|case| case.number == number);
            let service = org.entitlements[entry.entitlement].service;
            let counts = services.is_empty() || services.contains(&service);
            if names
                && counts
                && entry.day <= self.up_to
                && inside(entry.workspace)
                && org.shows(self.who, may, entry)
            {
                sum += entry.quantity;
            }
        }
        sum
    }

    fn requests(&self, dice: &mut Dice) {
        let all = request::List {
            places: Places::AllWorkspaces,
            ..request::List::default()
        };
        let Some((lines, _)) = self.ask(May::Requests, &all) else {
            return;
        };
        let shown: Vec<String> = lines.iter().map(|line| line.0.case.number.clone()).collect();
        let seen = self.org.cases.iter().filter(|case| self.org.sees(self.who, case));
        let filings = self.org.filings.iter();
        let filed = filings.filter(|filing| self.org.sees_filing(self.who, filing));
        let mut model: Vec<_> = seen
            .map(|case| (case.opened_on, &case.number))
            .chain(filed.map(|filing| (filing.opened_on, &filing.number)))
            .collect();
        model.sort_by_key(|one| std::cmp::Reverse(*one));
        self.same(
            "request list",
            &shown,
            &model.iter().map(|(_, number)| (*number).clone()).collect(),
        );
        if dice.percent(30) {
            self.pages(&shown);
        }
        for case in self.org.cases.iter().filter(|_| dice.percent(25)) {
            self.shown(&case.number, &self.org.rules(self.who, case));
        }
        for filing in self.org.filings.iter().filter(|_| dice.percent(40)) {
            self.shown(&filing.number, &self.org.filing_rules(self.who, filing));
        }
    }

    /// One request is shown when a rule shows it, and otherwise answers like one that is not there.
    fn shown(&self, number: &str, rules: &[&str]) {
        let show = request::Show {
            number: number.to_owned(),
            who: false,
        };
        match self.hub.ask(&show) {
            Ok(shown) => {
                assert_eq!(shown.rules, rules, "{}: {number} shown", self.label);
                assert!(!rules.is_empty(), "{}: {number} shown", self.label);
                self.tells_nothing("request show", &format!("{shown:?}"));
            }
            Err(error) => {
                assert!(rules.is_empty(), "{}: {error:?}", self.label);
                assert_eq!(error.message, format!("there is no request \"{number}\""));
            }
        }
    }

    /// The list in pages of three is the same list, and its tokens name nothing that is not seen.
    fn pages(&self, whole: &[String]) {
        let (mut shown, mut after) = (Vec::new(), None);
        loop {
            let page = request::List {
                places: Places::AllWorkspaces,
                limit: Some(3),
                after,
                ..request::List::default()
            };
            let (lines, next) = self.hub.ask(&page).unwrap();
            shown.extend(lines.iter().map(|line| line.0.case.number.clone()));
            match next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        self.same("request list in pages", &shown.as_slice(), &whole);
    }

    fn exported_requests(&self) {
        let query = export::requests::Requests {
            selection: Selection::default(),
            sink: RefCell::new(Kept::default()),
        };
        if self.ask(May::Requests, &query).is_none() {
            return;
        }
        let rows = query.sink.into_inner().0;
        self.tells_nothing("export requests", &rows.concat().join("|"));
        let place = |name| column(export::requests::COLUMNS, name);
        let (number, hours) = (place("number"), place("hours"));
        let shown: BTreeMap<String, String> = rows
            .iter()
            .map(|row| (row[number].clone(), row[hours].clone()))
            .collect();
        let mut model = BTreeMap::new();
        for case in &self.org.cases {
            if self.org.sees(self.who, case) && case.opened_on <= self.up_to {
                let hours =
                    self.visible_hours(May::Requests, &case.number, &["reactive", "advisory"], &|_| true);
                model.insert(case.number.clone(), Quantity::from_hundredths(hours).to_string());
            }
        }
        for filing in &self.org.filings {
            if self.org.sees_filing(self.who, filing) && filing.opened_on <= self.up_to {
                model.insert(filing.number.clone(), Quantity::ZERO.to_string());
            }
        }
        self.same("export requests", &shown, &model);
    }

    /// What `access explain` says is what the model says, rule by rule.
    fn explained(&self, dice: &mut Dice) {
        let case = &self.org.cases[dice.below(self.org.cases.len())];
        let explain = access::Explain {
            person: account(self.who, dice.percent(30)),
            number: case.number.clone(),
        };
        let answer = self.operator.ask(&explain).unwrap();
        let shown: Vec<&str> = answer.iter().filter_map(|one| one.rule.as_deref()).collect();
        self.same("access explain", &shown, &self.org.rules(self.who, case));
        assert!(
            answer.iter().all(|one| !one.because.is_empty()),
            "{}: {answer:?}",
            self.label
        );
        self.explained_filing(dice);
    }

    /// The same for a request of a partner, and everyone who sees it at once.
    fn explained_filing(&self, dice: &mut Dice) {
        let filing = &self.org.filings[dice.below(self.org.filings.len())];
        let explain = access::Explain {
            person: account(self.who, dice.percent(30)),
            number: filing.number.clone(),
        };
        let answer = self.operator.ask(&explain).unwrap();
        let shown: Vec<&str> = answer.iter().filter_map(|one| one.rule.as_deref()).collect();
        self.same(
            "access explain of a partner's request",
            &shown,
            &self.org.filing_rules(self.who, filing),
        );
        assert!(
            answer.iter().all(|one| !one.because.is_empty()),
            "{}: {answer:?}",
            self.label
        );
        let show = request::Show {
            number: filing.number.clone(),
            who: true,
        };
        let answer = self.operator.ask(&show).unwrap();
        let shown: BTreeSet<(String, String)> = answer
            .who
            .iter()
            .filter_map(|one| Some((one.person.to_lowercase(), one.rule.clone()?)))
            .collect();
        let mut model = BTreeSet::new();
        for who in 0..self.org.accounts {
            let rules = self.org.filing_rules(who, filing);
            model.extend(
                rules
                    .into_iter()
                    .map(|rule| (account(who, false), rule.to_owned())),
            );
        }
        self.same("who sees a partner's request", &shown, &model);
    }

    fn ledger(&self) {
        let Some((lines, _)) = self.ask(May::Activity, &ledger::List::default()) else {
            return;
        };
        let shown: Vec<_> = lines
            .iter()
            .map(|line| {
                (
                    line.entry.id,
                    line.entry.quantity.hundredths(),
                    line.entry.reference.clone(),
                )
            })
            .collect();
        let mut model = Vec::new();
        for (place, entry) in self.org.entries.iter().enumerate() {
            if self.org.shows(self.who, May::Activity, entry)
                && self
                    .org
                    .shows_entitlement(self.who, May::Activity, entry.entitlement)
            {
                let named = self.org.number_told(self.who, entry).cloned();
                model.push((i64::try_from(place + 1).unwrap(), entry.quantity, named));
            }
        }
        self.same("ledger list", &shown, &model);
    }

    /// The rest of an entitlement: told or not, and right.
    fn rest(&self, may: May, place: usize) -> Option<i64> {
        let limit = self.org.entitlements[place].limit?;
        let told = self.org.tells_rest(self.who, may, place);
        told.then(|| limit - self.org.used(self.who, may, place, self.up_to, &|_| true))
    }

    fn entitlements(&self, dice: &mut Dice) {
        let Some((lines, _)) = self.ask(May::Activity, &entitlement::List::default()) else {
            return;
        };
        let shown: BTreeMap<String, _> = lines
            .iter()
            .map(|line| {
                let rest = line.usage().remaining.map(Quantity::hundredths);
                (line.entitlement.code.clone(), (line.everyone.hundredths(), rest))
            })
            .collect();
        let mut model = BTreeMap::new();
        for place in 0..self.org.entitlements.len() {
            if self.org.shows_entitlement(self.who, May::Activity, place) {
                let used = self
                    .org
                    .used(self.who, May::Activity, place, self.up_to, &|_| true);
                model.insert(entitlement_code(place), (used, self.rest(May::Activity, place)));
            }
        }
        self.same("entitlements list", &shown, &model);
        let place = dice.below(self.org.entitlements.len());
        self.explain_entitlement(place);
    }

    fn explain_entitlement(&self, place: usize) {
        let explain = entitlement::Explain {
            entitlement: entitlement_code(place),
        };
        if !self.org.shows_entitlement(self.who, May::Activity, place) {
            let error = self.hub.ask(&explain).unwrap_err();
            assert!(
                ["E0110", "E0200"].contains(&error.code.id),
                "{}: {error:?}",
                self.label
            );
            return;
        }
        let (line, steps) = self.hub.ask(&explain).unwrap();
        self.tells_nothing("entitlements explain", &format!("{steps:?} {}", line.sentence()));
        let mut shown: Vec<i64> = Vec::new();
        let mut sum = 0;
        for step in &steps {
            match step {
                Step::Entry(entry, _, consumed, left) => {
                    sum += entry.quantity.hundredths();
                    assert_eq!(consumed.hundredths(), sum, "{}: running sum", self.label);
                    assert_eq!(
                        left.is_some(),
                        self.rest(May::Activity, place).is_some(),
                        "{}",
                        self.label
                    );
                    shown.push(entry.id);
                }
                Step::Sum(line) => assert_eq!(line.everyone.hundredths(), sum, "{}: sum", self.label),
            }
        }
        shown.sort_unstable();
        let mut model = Vec::new();
        for (number, entry) in self.org.entries.iter().enumerate() {
            let here = entry.entitlement == place && entry.day <= self.up_to;
            if here && self.org.shows(self.who, May::Activity, entry) {
                model.push(i64::try_from(number + 1).unwrap());
            }
        }
        self.same("entitlements explain", &shown, &model);
    }

    fn reports(&self, dice: &mut Dice) {
        if !self.org.may_at_all(self.who, May::Activity) {
            assert_eq!(
                self.hub.ask(&Report::default()).unwrap_err().code.id,
                "E0200",
                "{}",
                self.label
            );
            return;
        }
        let workspace = dice.below(self.org.workspaces.len());
        if self.org.may(self.who, May::Activity, workspace) {
            self.report(Some(workspace));
            self.case_views(Some(workspace));
        } else {
            let error = self.hub.ask(&Report {
                wanted: wanted(Some(workspace)),
                limit: None,
            });
            let error = error.unwrap_err();
            assert!(
                ["E0110", "E0200"].contains(&error.code.id),
                "{}: {error:?}",
                self.label
            );
        }
        self.report(None);
        if dice.percent(50) {
            self.case_views(None);
            self.draws();
        }
    }

    /// Whether the package of an entitlement is on the report of a workspace, or of any that the person sees (C-3).
    fn on_report(&self, place: usize, workspace: Option<usize>) -> bool {
        let attached = &self.org.packages[self.org.entitlements[place].package].attached_to;
        match workspace {
            Some(workspace) => attached.contains(&workspace),
            None => attached
                .iter()
                .any(|one| self.org.may(self.who, May::Activity, *one)),
        }
    }

    fn report(&self, workspace: Option<usize>) {
        let shown = self.ask(
            May::Activity,
            &Report {
                wanted: wanted(workspace),
                limit: None,
            },
        );
        let rows: Vec<Vec<Cell>> = shown.unwrap().rows.iter().map(Tabular::cells).collect();
        let place = |name| column(Row::COLUMNS, name);
        let (mut tiles, mut add_ons, mut rests) = (0, BTreeMap::new(), BTreeMap::new());
        for row in &rows {
            let consumed = hundredths(&row[place("consumed")]).unwrap_or_default();
            match row[place("part")].to_string().as_str() {
                "enterprise-wide" => tiles += consumed,
                "add-on" => {
                    let code = row[place("entitlement")].to_string();
                    rests.insert(code.clone(), hundredths(&row[place("remaining")]));
                    add_ons.insert(code, consumed);
                }
                _ => {}
            }
        }
        let (mut model_tiles, mut model_add_ons, mut model_rests) = (0, BTreeMap::new(), BTreeMap::new());
        for one in 0..self.org.entitlements.len() {
            if !self.on_report(one, workspace) {
                continue;
            }
            let inside = |place: usize| workspace.is_none_or(|workspace| workspace == place);
            let used = self.org.used(self.who, May::Activity, one, self.up_to, &inside);
            if self.org.packages[self.org.entitlements[one].package].add_on {
                model_add_ons.insert(entitlement_code(one), used);
                model_rests.insert(entitlement_code(one), self.rest(May::Activity, one));
            } else {
                model_tiles += used;
            }
        }
        self.same("tiles of the report", &tiles, &model_tiles);
        self.same("add-on lines of the report", &add_ons, &model_add_ons);
        self.same("what the report says is left", &rests, &model_rests);
        self.exported_report(workspace, rows.len());
    }

    fn exported_report(&self, workspace: Option<usize>, rows: usize) {
        let query = export::activity::Activity {
            wanted: wanted(workspace),
            sink: RefCell::new(Kept::default()),
        };
        self.ask(May::Activity, &query).unwrap();
        let kept = query.sink.into_inner().0;
        self.tells_nothing("export activity", &kept.concat().join("|"));
        self.same("rows of export activity", &kept.len(), &rows);
    }

    /// Every case that is seen stands in exactly one of the three views, with the hours that are seen.
    fn case_views(&self, workspace: Option<usize>) {
        let mut shown: Vec<(String, i64)> = Vec::new();
        for view in [View::Reactive, View::Advisory, View::OtherCases] {
            let details = Details {
                wanted: wanted(workspace),
                limit: None,
            };
            let detail = self.ask(May::Activity, &ReportDetails { details, view }).unwrap();
            let place = |name| column(&detail.listing.columns, name);
            let (part, case, hours) = (place("part"), place("case"), place("hours"));
            for row in &detail.listing.rows {
                if row[part] != Cell::Text("entitlements".to_owned()) {
                    shown.push((row[case].to_string(), hundredths(&row[hours]).unwrap()));
                } else {
                    self.head(row, &detail.listing.columns, workspace);
                }
            }
        }
        shown.sort();
        let inside = |place: usize| workspace.is_none_or(|workspace| workspace == place);
        let mut model = Vec::new();
        for case in &self.org.cases {
            let here = inside(case.workspace) && self.org.may(self.who, May::Activity, case.workspace);
            if here && case.opened_on <= self.up_to && self.org.sees(self.who, case) {
                model.push((
                    case.number.clone(),
                    self.visible_hours(May::Activity, &case.number, &[], &inside),
                ));
            }
        }
        model.sort();
        self.same("cases of the detail views", &shown, &model);
    }

    /// The total at the head of a detail view is the sum of what is seen.
    fn head(&self, row: &[Cell], columns: &[Column], workspace: Option<usize>) {
        let code = row[column(columns, "entitlement")].to_string();
        let place: usize = code.trim_start_matches("E-").parse().unwrap();
        let inside = |place: usize| workspace.is_none_or(|workspace| workspace == place);
        let used = self.org.used(self.who, May::Activity, place, self.up_to, &inside);
        self.same(
            "head of a view",
            &hundredths(&row[column(columns, "consumed")]),
            &Some(used),
        );
        let rest = self.rest(May::Activity, place);
        self.same(
            "rest at the head of a view",
            &hundredths(&row[column(columns, "remaining")]),
            &rest,
        );
    }

    /// Deliveries without an engagement, and draws on credits: every entry behind the view, and no other.
    fn draws(&self) {
        for (view, services, name) in [
            (View::Proactive, &["proactive", "proactive-credits"][..], "entry"),
            (View::Credits, &["proactive-credits"][..], "entry"),
        ] {
            let details = Details {
                wanted: wanted(None),
                limit: None,
            };
            let detail = self.ask(May::Activity, &ReportDetails { details, view }).unwrap();
            let entry = column(&detail.listing.columns, name);
            let cells = detail.listing.rows.iter().map(|row| &row[entry]);
            let shown: BTreeSet<String> = cells
                .filter(|cell| **cell != Cell::Empty)
                .map(Cell::to_string)
                .collect();
            let mut model = BTreeSet::new();
            for (number, entry) in self.org.entries.iter().enumerate() {
                let service = self.org.entitlements[entry.entitlement].service;
                if services.contains(&service)
                    && entry.day <= self.up_to
                    && self.org.shows(self.who, May::Activity, entry)
                    && self
                        .org
                        .shows_entitlement(self.who, May::Activity, entry.entitlement)
                {
                    model.insert((number + 1).to_string());
                }
            }
            self.same("entries of a view", &shown, &model);
        }
    }

    fn proof(&self) {
        let query = Cpod {
            selection: Selection::default(),
            summary: false,
            sink: RefCell::new(Proof::default()),
        };
        if self.ask(May::Proof, &query).is_none() {
            return;
        }
        let proof = query.sink.into_inner();
        self.tells_nothing("export cpod", &proof.text);
        let (mut lines, mut deliveries) = (BTreeMap::new(), BTreeSet::new());
        for place in 0..self.org.entitlements.len() {
            if self.org.shows_entitlement(self.who, May::Proof, place) {
                let used = self.org.used(self.who, May::Proof, place, self.up_to, &|_| true);
                lines.insert(entitlement_code(place), (used, self.rest(May::Proof, place)));
            }
        }
        for (number, entry) in self.org.entries.iter().enumerate() {
            if entry.day <= self.up_to && self.org.shows(self.who, May::Proof, entry) {
                deliveries.insert(i64::try_from(number + 1).unwrap());
            }
        }
        self.same("lines of the proof", &proof.lines, &lines);
        self.same("deliveries of the proof", &proof.deliveries, &deliveries);
    }
}

fn wanted(workspace: Option<usize>) -> Wanted {
    Wanted {
        places: workspace.map_or(Places::AllWorkspaces, |place| {
            Places::Workspaces(vec![workspace_code(place)])
        }),
        ..Wanted::default()
    }
}

fn column(columns: &[Column], name: &str) -> usize {
    columns.iter().position(|column| column.name == name).unwrap()
}

fn hundredths(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Quantity(quantity) => Some(quantity.hundredths()),
        _ => None,
    }
}

/// Keeps the rows of an export as text.
#[derive(Debug, Default)]
struct Kept(Vec<Vec<String>>);

impl RowSink for Kept {
    fn row(&mut self, values: &[Value<'_>]) -> Result<()> {
        let text = |value: &Value<'_>| match value {
            Value::Quantity(quantity) => quantity.to_string(),
            Value::Text(text) => (*text).to_owned(),
            other => format!("{other:?}"),
        };
        self.0.push(values.iter().map(text).collect());
        Ok(())
    }
}

/// Keeps what the proof of delivery says.
#[derive(Debug, Default)]
struct Proof {
    lines: BTreeMap<String, (i64, Option<i64>)>,
    deliveries: BTreeSet<i64>,
    text: String,
}

impl Sink for Proof {
    fn line(&mut self, line: &Line) -> Result<()> {
        let figures = (
            line.usage.consumed.hundredths(),
            line.usage.remaining.map(Quantity::hundredths),
        );
        self.lines.insert(line.row.entitlement.clone(), figures);
        self.text += &format!("{line:?}");
        Ok(())
    }

    fn delivery(&mut self, _line: &Line, delivery: &Delivery<'_>) -> Result<()> {
        self.deliveries.insert(delivery.id);
        self.text += &format!("{delivery:?}");
        Ok(())
    }

    fn wants_annex(&self) -> bool {
        true
    }

    fn annex(&mut self, row: servhub::hub::export::cpod::Annex) -> Result<()> {
        self.text += &format!("{row:?}");
        Ok(())
    }
}
