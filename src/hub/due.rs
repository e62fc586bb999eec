//! `due.list`: everything that ends soon, in one place (G-3).

use super::{Query, Reading, Route};
use crate::domain::Instant;
use crate::domain::words::words;
use crate::error::Result;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::{
    ReadAgreements, ReadCustomers, ReadDelegations, ReadReservations, ReadSubscriptions,
};
use crate::policy::{Permission, PermissionId};
use crate::store::Named;
use crate::store::sqlite::{Ending, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const DAY: i64 = 86_400;
/// So many days ahead people are warned of an end (G-3), the last one first.
const WARNED: [i64; 3] = [1, 7, 30];

/// Lists what ends within some days, the soonest first, of every kind that the acting person may read.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Within so many days.
    pub within: i64,
    /// Only at this customer, by name or id.
    pub customer: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

words! {
    /// What ends.
    Kind, "kind of thing that ends" {
        /// Delegated access.
        Delegation = "delegation",
        /// A request for delegated access, which lapses.
        DelegationRequest = "delegation-request",
        /// A request for a relationship, which lapses.
        RelationshipRequest = "relationship-request",
        /// An agreement, whose version runs out.
        Agreement = "agreement",
        /// A subscription that is not renewed.
        Subscription = "subscription",
        /// A reservation.
        Reservation = "reservation",
    }
}

/// One of those things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// Its id: for a relationship that of the partner, for an agreement that of its version.
    pub id: String,
    /// Id of the customer.
    pub customer: String,
    /// Id of the partner, where that is to be told.
    pub partner: Option<String>,
    /// What it is called.
    pub name: String,
    /// The moment before which it ends.
    pub at: Instant,
    /// Whole days until then.
    pub days_left: i64,
    /// 1, 7 or 30: at most so many days are left.
    pub warning: Option<i64>,
}

/// What ends, and what was left out.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Dues {
    /// The soonest first.
    pub lines: Vec<Line>,
    /// How many there are in all.
    pub total: usize,
    /// Kinds that the acting person may not read, and the permission for each.
    pub left_out: Vec<(Kind, PermissionId)>,
}

impl Query for List {
    const NAME: &'static str = "due.list";
    const ROUTE: Route = Route::get("/due");
    type Needs = ReadCustomers;
    type Answer = Dues;

    fn answer(&self, at: &Reading<'_, ReadCustomers>) -> Result<Dues> {
        let customer = self.customer.as_deref();
        let customer = customer.map(|text| at.find(Named::Customer, text)).transpose()?;
        let mut dues = within(at, self.within, customer)?;
        dues.lines.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(dues)
    }
}

/// What ends within so many days.
pub(super) fn within(at: &Reading<'_, ReadCustomers>, days: i64, customer: Option<i64>) -> Result<Dues> {
    let now = at.context().now;
    let span = Span {
        now,
        until: now.plus_seconds(days * DAY),
        customer,
    };
    let mut dues = Dues {
        lines: Vec::new(),
        total: 0,
        left_out: Vec::new(),
    };
    for source in SOURCES {
        match (source.ask)(at, span)? {
            Some(found) => dues
                .lines
                .extend(found.into_iter().map(|one| line(source.kind, one, now))),
            None => dues.left_out.push((source.kind, source.needs)),
        }
    }
    dues.lines
        .sort_by(|a, b| (a.at, a.kind, &a.customer, &a.id).cmp(&(b.at, b.kind, &b.customer, &b.id)));
    dues.total = dues.lines.len();
    Ok(dues)
}

fn line(kind: Kind, one: Ending, now: Instant) -> Line {
    let left = now.seconds_until(one.at);
    Line {
        kind,
        id: one.code,
        customer: one.customer,
        partner: one.partner,
        name: one.name,
        at: one.at,
        days_left: left / DAY,
        warning: WARNED.into_iter().find(|days| left <= days * DAY),
    }
}

/// How the endings of one kind are read; none without the permission to.
type Ask = fn(&Reading<'_, ReadCustomers>, Span) -> Result<Option<Vec<Ending>>>;

/// Where something that ends is found: to add a kind, add its entry to [`SOURCES`].
struct Source {
    kind: Kind,
    needs: PermissionId,
    ask: Ask,
}

macro_rules! sources {
    ($($kind:ident: $needs:ident => $ending:ident),+ $(,)?) => {
        /// Every kind, each read through its own permission on the same moment.
        const SOURCES: &[Source] = &[$(Source {
            kind: Kind::$kind,
            needs: <$needs as Permission>::ID,
            ask: |at, span| at.through::<$needs, _>(|part| part.$ending(span)),
        }),+];
    };
}

sources! {
    Delegation: ReadDelegations => ending_delegations,
    DelegationRequest: ReadDelegations => lapsing_delegations,
    RelationshipRequest: ReadCustomers => lapsing_relationships,
    Agreement: ReadAgreements => ending_agreements,
    Subscription: ReadSubscriptions => ending_subscriptions,
    Reservation: ReadReservations => ending_reservations,
}

impl Tabular for Line {
    const SCHEMA: &'static str = "due.list/1";
    const COLUMNS: &'static [Column] = &[
        col("due_at"),
        col("days_left"),
        col("warning"),
        col("kind"),
        col("id"),
        col("customer"),
        col("partner"),
        col("name"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.at.into(),
            self.days_left.into(),
            self.warning.into(),
            self.kind.word().into(),
            (&self.id).into(),
            (&self.customer).into(),
            (&self.partner).into(),
            (&self.name).into(),
        ]
    }
}
