//! Rows around tokens and the operators of a shared hub.

use super::{Row, change, list};
use servhub::domain::token::{Scope, Scopes};
use servhub::hub::{operator, token};

pub fn rows() -> Vec<Row> {
    vec![
        list("", |_| token::List::default()),
        Row {
            by: Some(|place| place.grouped.clone()),
            ..change("", |_| token::Create {
                name: "New".to_owned(),
                scopes: Scopes::of([Scope::Read]),
                days: 90,
            })
        },
        change("token", |place| token::Revoke {
            tokens: vec![place.token.clone()],
        }),
        list("", |_| operator::List),
        change("account", |place| operator::Appoint {
            account: place.member.clone(),
        }),
        change("operator", |place| operator::Dismiss {
            account: place.operator.clone(),
        }),
    ]
}
