//! How each operation is run, aimed at a place. See `tests/it/matrix.rs` for how to add one.

mod behalf;
mod cases;
mod file;
mod groups;
mod kept;
mod partner;
mod people;
mod sign_in;
mod sold;
mod tenant;

use super::place::{Place, sources};
use servhub::domain::activity::View;
use servhub::domain::entitlement::Service;
use servhub::domain::{Day, Quantity};
use servhub::error::Result;
use servhub::hub::activity::{Assessments, Details, Education, Places, Report, ReportDetails, Wanted};
use servhub::hub::export::{RowSink, Selection, activity, cpod, education, folder, requests};
use servhub::hub::import::Apply;
use servhub::hub::ledger::{Correct, Record, Target};
use servhub::hub::{
    Change, Export, Hub, Mode, Outlet, Query, activation, audit, contract, demo, entitlement, ledger, upkeep,
    workspace,
};
use servhub::output::{Drain, Value};
use std::cell::RefCell;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

/// What a row runs with.
pub struct At<'a> {
    pub hub: &'a mut Hub,
    pub place: &'a Place,
    pub mode: Mode,
    /// A folder for files.
    pub folder: &'a Path,
}

/// What an operation that ran came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It answered about what it was aimed at.
    Answered,
    /// It made a list; whether anything of the place is in it.
    Listed(bool),
    /// It ran as a change; whether it changed anything.
    Changed(bool),
}

type Run = Box<dyn Fn(&mut At<'_>) -> Result<Seen> + Sync>;

/// One way to run an operation.
pub struct Row {
    /// The operation's name.
    pub name: &'static str,
    /// What it is aimed with, where there are several ways.
    pub aim: &'static str,
    /// Runs it.
    pub run: Run,
    /// It does its work in an empty store only.
    pub wants_empty: bool,
    /// It does its work in a default workspace only.
    pub only_default: bool,
    /// Who does it where the operator cannot, because it is about the person who acts.
    pub by: Option<fn(&Place) -> String>,
}

impl Row {
    /// Whether it does its work at a place.
    pub fn works_at(&self, place: &Place) -> bool {
        !(self.wants_empty || self.only_default && place.tag == "-NEAR")
    }
}

fn row(
    name: &'static str,
    aim: &'static str,
    run: impl Fn(&mut At<'_>) -> Result<Seen> + Sync + 'static,
) -> Row {
    Row {
        name,
        aim,
        run: Box::new(run),
        wants_empty: false,
        only_default: false,
        by: None,
    }
}

/// A question about something that it names.
fn question<Q: Query + 'static>(aim: &'static str, make: fn(&Place) -> Q) -> Row {
    row(Q::NAME, aim, move |at| {
        at.hub.ask_here(&make(at.place)).map(|_| Seen::Answered)
    })
}

/// A report about something that it names.
fn report<E: Export + 'static>(aim: &'static str, make: fn(&Place) -> E) -> Row {
    report_at(aim, make)
}

fn report_at<E: Export + 'static>(aim: &'static str, make: impl Fn(&Place) -> E + Sync + 'static) -> Row {
    row(E::NAME, aim, move |at| {
        let folder = tempfile::tempdir_in(at.folder).unwrap();
        let mut files = Files(folder.path().to_owned());
        at.hub.export(&make(at.place), &mut files).map(|_| Seen::Answered)
    })
}

/// Takes a report into files of a folder.
struct Files(PathBuf);

impl Outlet for Files {
    fn open(&mut self, name: Option<&str>) -> Result<Drain> {
        let path = self.0.join(name.unwrap_or("report"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        Drain::file(&path)
    }
}

/// A question that answers with a list, which may or may not hold something of the place.
fn list<Q: Query<Answer: Debug> + 'static>(aim: &'static str, make: fn(&Place) -> Q) -> Row {
    list_of("", aim, make)
}

/// The same where the list holds more than what is asked about: a thing's name begins so, before the tag.
fn list_of<Q: Query<Answer: Debug> + 'static>(
    thing: &'static str,
    aim: &'static str,
    make: fn(&Place) -> Q,
) -> Row {
    row(Q::NAME, aim, move |at| {
        let answer = at.hub.ask_here(&make(at.place))?;
        Ok(Seen::Listed(at.place.has(&answer, thing)))
    })
}

/// An export, which may or may not hold something of the place.
fn export<Q: Query + 'static>(aim: &'static str, make: fn(&Place) -> Q, told: fn(&Q) -> String) -> Row {
    row(Q::NAME, aim, move |at| {
        let query = make(at.place);
        at.hub.ask_here(&query)?;
        Ok(Seen::Listed(at.place.is_in(&told(&query))))
    })
}

/// A change.
fn change<C: Change + 'static>(aim: &'static str, make: fn(&Place) -> C) -> Row {
    row(C::NAME, aim, move |at| {
        let done = at.hub.carry_out(&make(at.place), at.mode)?;
        Ok(Seen::Changed(done.changed))
    })
}

/// A change that looks by itself for the places it is about.
fn everywhere<C: Change<Answer: Debug> + 'static>(aim: &'static str, make: fn(&Place) -> C) -> Row {
    row(C::NAME, aim, move |at| {
        let done = at.hub.carry_out(&make(at.place), at.mode)?;
        match at.place.is_in(&done.answer) {
            true => Ok(Seen::Changed(done.changed)),
            false => Ok(Seen::Listed(false)),
        }
    })
}

/// Every row, in the order of the matrix.
pub fn rows() -> Vec<Row> {
    let mut all = contracts();
    all.extend(figures());
    all.extend(workspaces());
    all.extend(people::rows());
    all.extend(groups::rows());
    all.extend(cases::rows());
    all.extend(behalf::rows());
    all.extend(file::rows());
    all.extend(kept::rows());
    all.extend(partner::rows());
    all.extend(sold::rows());
    all.extend(tenant::rows());
    all.extend(sign_in::rows());
    all.extend(deliveries());
    all.extend(exports());
    all.extend(the_store());
    all
}

fn contracts() -> Vec<Row> {
    vec![
        list("", |_| contract::List::default()),
        question("contract", |place| contract::Show {
            contract: place.contract.clone(),
        }),
        list("", |_| contract::Expiring {
            within: 90,
            customer: None,
        }),
        change("contract", |place| activation::Activate {
            contract: Some(place.next_contract.clone()),
            due: false,
            codes: false,
        }),
        row(<activation::Activate as Change>::NAME, "all that are due", |at| {
            let due = activation::Activate {
                contract: None,
                due: true,
                codes: false,
            };
            let done = at.hub.carry_out(&due, at.mode)?;
            if at.place.is_in(&done.answer) {
                Ok(Seen::Changed(done.changed))
            } else {
                Ok(Seen::Listed(false))
            }
        }),
    ]
}

fn here(place: &Place) -> Wanted {
    Wanted {
        places: Places::Workspaces(vec![place.workspace.clone()]),
        ..Wanted::default()
    }
}

fn figures() -> Vec<Row> {
    vec![
        list("", |_| entitlement::List::default()),
        list("workspace", |place| entitlement::List {
            wanted: here(place),
            ..entitlement::List::default()
        }),
        question("entitlement", |place| entitlement::Show {
            entitlement: place.entitlement.clone(),
        }),
        question("entitlement", |place| entitlement::Explain {
            entitlement: place.entitlement.clone(),
        }),
        list("", |_| Report::default()),
        list("workspace", |place| Report {
            wanted: here(place),
            limit: None,
        }),
        list_of("Case ", "cases", |_| details(View::Reactive)),
        list_of("Course ", "", |_| Education(Details::default())),
        list_of("Assessment ", "", |_| Assessments(Details::default())),
    ]
}

fn details(view: View) -> ReportDetails {
    ReportDetails {
        details: Details::default(),
        view,
    }
}

fn workspaces() -> Vec<Row> {
    vec![
        list("", |_| workspace::List::default()),
        question("workspace", |place| workspace::Show {
            workspace: place.workspace.clone(),
        }),
        change("customer", |place| workspace::Create {
            customer: place.customer.to_owned(),
            name: "New".to_owned(),
            code: None,
            administrator: "new@x.example".to_owned(),
            allow_personal: false,
            contracts: Vec::new(),
        }),
        change("workspace", |place| workspace::Attach {
            workspace: place.workspace.clone(),
            packages: vec![place.free.clone()],
            contracts: Vec::new(),
        }),
        change("workspace", |place| workspace::Detach {
            workspace: place.workspace.clone(),
            package: place.spare.clone(),
        }),
        change("workspace", |place| workspace::Archive {
            workspace: place.workspace.clone(),
        }),
    ]
}

fn record(target: Target) -> Record {
    Record {
        target,
        quantity: Quantity::whole(1),
        on: Some("2026-06-01".parse::<Day>().unwrap()),
        reference: None,
        note: None,
        late: false,
        source: "matrix".to_owned(),
        key: None,
    }
}

fn deliveries() -> Vec<Row> {
    vec![
        list("", |_| ledger::List::default()),
        list("workspace", |place| ledger::List {
            workspace: Some(place.workspace.clone()),
            ..ledger::List::default()
        }),
        list("a case's entries", |place| ledger::List {
            reference: Some(place.case.clone()),
            ..ledger::List::default()
        }),
        change("entitlement", |place| {
            record(Target::Entitlement(place.entitlement.clone(), None))
        }),
        change("draw", |place| {
            record(Target::Draw(place.workspace.clone(), Service::Proactive))
        }),
        change("entry", |place| Correct { entry: place.entry }),
        change("entry on a case", |place| Correct {
            entry: place.case_entry,
        }),
    ]
}

/// Keeps what an export tells.
#[derive(Default)]
struct Told(String);

impl RowSink for Told {
    fn row(&mut self, values: &[Value<'_>]) -> Result<()> {
        self.0 += &format!("{values:?}");
        Ok(())
    }
}

impl cpod::Sink for Told {
    fn line(&mut self, line: &cpod::Line) -> Result<()> {
        self.0 += &format!("{line:?}");
        Ok(())
    }

    fn delivery(&mut self, line: &cpod::Line, delivery: &cpod::Delivery<'_>) -> Result<()> {
        self.0 += &format!("{line:?}{delivery:?}");
        Ok(())
    }
}

fn told<S>(sink: &RefCell<S>, text: fn(&S) -> &str) -> String {
    text(&sink.borrow()).to_owned()
}

fn cpod(selection: Selection) -> cpod::Cpod<Told> {
    cpod::Cpod {
        selection,
        summary: false,
        sink: RefCell::default(),
    }
}

fn exports() -> Vec<Row> {
    vec![
        export(
            "",
            |_| cpod(Selection::default()),
            |query| told(&query.sink, |told| &told.0),
        ),
        export(
            "a case",
            |_| cpod(Selection::default()),
            // The title of a case stands in its deliveries only.
            |query| {
                told(&query.sink, |told| &told.0)
                    .replace("Case -", "\u{1}")
                    .replace('-', " ")
                    .replace('\u{1}', "-")
            },
        ),
        export(
            "contract",
            |place| {
                cpod(Selection {
                    contracts: vec![place.contract.clone()],
                    ..Selection::default()
                })
            },
            |query| told(&query.sink, |told| &told.0),
        ),
        export(
            "",
            |_| activity::Activity::<Told> {
                wanted: Wanted::default(),
                sink: RefCell::default(),
            },
            |query| told(&query.sink, |told| &told.0),
        ),
        export(
            "",
            |_| education::Education::<Told> {
                selection: Selection::default(),
                sink: RefCell::default(),
            },
            |query| told(&query.sink, |told| &told.0),
        ),
        export(
            "",
            |_| requests::Requests::<Told> {
                selection: Selection::default(),
                sink: RefCell::default(),
            },
            |query| told(&query.sink, |told| &told.0),
        ),
    ]
}

fn the_store() -> Vec<Row> {
    vec![
        report("", |_| folder::Folder {}),
        question("", |_| audit::List::default()),
        report("", |_| audit::File {
            wanted: audit::Wanted::default(),
            output: audit::Form::Jsonl,
        }),
        question("", |_| audit::Verify::default()),
        question("", |_| upkeep::Doctor),
        report("", |_| upkeep::Backup::default()),
        row(<Apply as Change>::NAME, "", |at| {
            let sources = one_customer(at.folder);
            let done = at.hub.carry_out(&apply(sources), at.mode)?;
            Ok(Seen::Changed(done.changed))
        }),
        Row {
            wants_empty: true,
            ..row(<demo::Fill as Change>::NAME, "", |at| {
                let sources = one_customer(at.folder);
                let done = at.hub.carry_out(&demo::Fill { sources }, at.mode)?;
                Ok(Seen::Changed(done.changed))
            })
        },
    ]
}

fn one_customer(folder: &Path) -> Vec<servhub::hub::import::Source> {
    let folder = folder.join("in");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("customers.csv"), "customer,name\nGAMMA,Gamma\n").unwrap();
    sources(&folder)
}

fn apply(sources: Vec<servhub::hub::import::Source>) -> Apply {
    Apply {
        sources,
        ..Apply::default()
    }
}
