//! Rows around the people of customers and their licences (G-6, G-7).

use super::super::place::{Place, sources};
use super::super::tenant::account;
use super::{At, Row, Seen, apply, change, list_of, question, row};
use servhub::domain::tenant::Wish;
use servhub::error::{Result, codes};
use servhub::hub::import::{Applied, ApplyCustomerPeople, ApplyLicences};
use servhub::hub::{Change, Done, licence, tenant};

pub fn rows() -> Vec<Row> {
    people().into_iter().chain(files()).chain(licences()).collect()
}

fn create(place: &Place, administrator: bool) -> tenant::Create {
    tenant::Create {
        customer: place.customer.to_owned(),
        account: account(place, "new"),
        person: Wish {
            name: Some("New".to_owned()),
            administrator: Some(administrator),
            ..Wish::default()
        },
    }
}

fn update(place: &Place, who: &str) -> tenant::Update {
    tenant::Update {
        customer: place.customer.to_owned(),
        account: account(place, who),
        person: Wish {
            name: Some("Named anew".to_owned()),
            ..Wish::default()
        },
    }
}

fn delete(place: &Place, who: &str) -> tenant::Delete {
    tenant::Delete {
        customer: place.customer.to_owned(),
        accounts: vec![account(place, who)],
    }
}

fn people() -> Vec<Row> {
    vec![
        list_of("Person user", "customer", |place| tenant::List {
            customer: place.customer.to_owned(),
            ..tenant::List::default()
        }),
        list_of("Person deleted", "deleted", |place| tenant::List {
            customer: place.customer.to_owned(),
            deleted: true,
            ..tenant::List::default()
        }),
        change("someone", |place| create(place, false)),
        change("an administrator", |place| create(place, true)),
        change("someone", |place| update(place, "user")),
        change("an administrator", |place| update(place, "root")),
        change("someone", |place| delete(place, "user")),
        change("an administrator", |place| delete(place, "root")),
        change("someone", |place| tenant::Restore {
            customer: place.customer.to_owned(),
            accounts: vec![account(place, "deleted")],
        }),
    ]
}

fn files() -> Vec<Row> {
    let new = |administrator: &'static str| {
        move |at: &mut At<'_>| {
            let (customer, account) = (at.place.customer, account(at.place, "new"));
            let text = format!(
                "customer,account,name,administrator\n{customer},{account},New{tag},{administrator}\n",
                tag = at.place.tag
            );
            let rows = apply(written(at, "customer_people", &text));
            let done = at.hub.carry_out(&ApplyCustomerPeople { rows }, at.mode)?;
            came(&done)
        }
    };
    vec![
        row(<ApplyCustomerPeople as Change>::NAME, "someone", new("no")),
        row(
            <ApplyCustomerPeople as Change>::NAME,
            "an administrator",
            new("yes"),
        ),
    ]
}

fn written(at: &At<'_>, kind: &str, text: &str) -> Vec<servhub::hub::import::Source> {
    std::fs::create_dir_all(at.folder).unwrap();
    // Each file has a folder of its own, which stays until the test ends.
    let folder = tempfile::tempdir_in(at.folder).unwrap().keep();
    std::fs::write(folder.join(format!("{kind}.csv")), text).unwrap();
    sources(&folder)
}

/// A fault of a row is the answer of a whole file; here it counts like the error that it was made from.
fn came(done: &Done<Applied>) -> Result<Seen> {
    match done.answer.report.faults.first() {
        Some(fault) => {
            let id = fault.code.as_deref().unwrap();
            let code = codes::ALL.iter().find(|code| code.id == id).unwrap();
            Err(code.error(&fault.reason).hint(&fault.fix))
        }
        None => Ok(Seen::Changed(done.changed)),
    }
}

fn licences() -> Vec<Row> {
    let products = || vec!["Microsoft 365".to_owned()];
    let file = |who: &'static str, revoke: bool| {
        move |at: &mut At<'_>| {
            let (customer, account) = (at.place.customer, account(at.place, who));
            let text = format!("customer,account,products\n{customer},{account},Microsoft 365\n");
            let rows = apply(written(at, "licenses", &text));
            let done = at.hub.carry_out(&ApplyLicences { rows, revoke }, at.mode)?;
            came(&done)
        }
    };
    vec![
        question("customer", |place| licence::List {
            customer: place.customer.to_owned(),
            user: None,
        }),
        list_of("licensed", "person", |place| licence::List {
            customer: place.customer.to_owned(),
            user: Some(account(place, "licensed")),
        }),
        each(move |place| licence::Assign {
            customer: place.customer.to_owned(),
            accounts: vec![account(place, "user")],
            products: products(),
        }),
        each(move |place| licence::Revoke {
            customer: place.customer.to_owned(),
            accounts: vec![account(place, "licensed")],
            products: products(),
        }),
        row(<ApplyLicences as Change>::NAME, "assign", file("user", false)),
        row(<ApplyLicences as Change>::NAME, "revoke", file("licensed", true)),
    ]
}

/// A change whose refusals are outcomes of people.
fn each<C: Change<Answer = Vec<licence::Given>> + 'static>(
    make: impl Fn(&Place) -> C + Sync + 'static,
) -> Row {
    row(C::NAME, "someone", move |at| {
        let done = at.hub.carry_out(&make(at.place), at.mode)?;
        match &done.answer[0].code {
            Some(id) => {
                let code = codes::ALL.iter().find(|code| code.id == *id).unwrap();
                Err(code.error(done.answer[0].reason.clone().unwrap()))
            }
            None => Ok(Seen::Changed(done.changed)),
        }
    })
}
