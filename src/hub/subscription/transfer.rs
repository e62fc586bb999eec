//! Transfers: a partner that takes a customer over asks for its subscriptions, and the one that sold them answers (G-4).

use super::counter::Counter;
use super::create::{may_be_sold_to, named, seller};
use crate::domain::sold::term::{SUBSCRIPTION, SubscriptionStep};
use crate::domain::sold::transfer::{self, TRANSFER, TransferStatus, TransferStep, waits_until};
use crate::error::{Error, Result, codes};
use crate::hub::steps::no_way;
use crate::hub::{Change, Paged, Query, Reading, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::{ReadSubscriptions, SellSubscriptions};
use crate::store::Named;
use crate::store::sqlite::{Moving, Sold, Table, TransferFilter, TransferLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

impl Tabular for TransferLine {
    const SCHEMA: &'static str = "transfer.list/1";
    const COLUMNS: &'static [Column] = &[
        col("transfer"),
        col("customer"),
        col("source"),
        col("target"),
        col("status"),
        col("subscriptions"),
        col("requested_at"),
        col("lapses_at"),
        col("settled_at"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.code).into(),
            (&self.customer).into(),
            (&self.source).into(),
            (&self.target).into(),
            self.status.word().into(),
            self.subscriptions.clone().into(),
            self.requested_at.into(),
            self.lapses_at.into(),
            self.settled_at.into(),
        ]
    }
}

/// Lists transfers that one's partner has asked for or was asked for.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of this customer, by name or id.
    pub customer: Option<String>,
    /// Only those in any of these statuses; empty means all.
    pub statuses: Vec<TransferStatus>,
    /// How much of it.
    pub paged: Paged,
}

/// Transfers by their ids.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// The transfers.
    pub lines: Vec<TransferLine>,
    /// Where the next page starts.
    pub next: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "transfer.list";
    const ROUTE: Route = Route::get("/transfers");
    type Needs = ReadSubscriptions;
    type Answer = Listed;

    fn answer(&self, at: &Reading<'_, ReadSubscriptions>) -> Result<Listed> {
        let customer = self.customer.as_deref();
        let customer = customer.map(|text| at.find(Named::Customer, text)).transpose()?;
        let mut lines = at.transfers(TransferFilter {
            customer,
            statuses: &self.statuses,
            now: at.context().now,
            page: self.paged.page(),
        })?;
        let next = self.paged.cut(&mut lines, |line| &line.code);
        Ok(Listed { lines, next })
    }
}

/// Asks for subscriptions of a customer that another partner sold.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// The customer, by name or id.
    pub customer: String,
    /// Ids of the subscriptions, as the customer has them.
    pub subscriptions: Vec<String>,
    /// The partner that asks, where there are several.
    pub partner: Option<String>,
}

impl Change for Request {
    const NAME: &'static str = "transfer.request";
    const ROUTE: Route = Route::post("/transfers");
    type Needs = SellSubscriptions;
    type Answer = TransferLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<TransferLine> {
        let now = at.context().now;
        let named = named(&at.reading(), at.grant(), self.partner.as_deref())?;
        let customer_id = at.reading().find(Named::Customer, &self.customer)?;
        let target_id = seller(&at.reading(), at.grant(), (customer_id, &self.customer), named)?;
        may_be_sold_to(&at.reading(), customer_id, now)?;
        let wanted = self.wanted(at, customer_id)?;
        let source_id = self.source(&wanted, target_id)?;
        let subscriptions: Vec<i64> = wanted.iter().map(|(id, _)| *id).collect();
        if let Some(there) = asked(at, &subscriptions, target_id)? {
            return told(at, there);
        }
        let read = at.reading();
        let moving = Moving {
            line: TransferLine {
                code: read.free_code("transfer", "TR")?,
                customer: read.customer_code(customer_id)?,
                source: Some(read.code_of(Table::Partner, source_id)?),
                target: read.code_of(Table::Partner, target_id)?,
                status: TransferStatus::Pending,
                subscriptions: wanted.iter().map(|(_, sold)| sold.line.code.clone()).collect(),
                requested_at: now,
                lapses_at: waits_until(now),
                settled_at: None,
            },
            customer_id,
            source_id,
            target_id,
            subscriptions,
        };
        let id = at.put_transfer(&moving)?;
        let moving = at.reading().moving(id)?;
        at.record(
            &format!("transfer:{}", moving.line.code),
            None,
            Some(&moving.line),
        )?;
        told(at, moving)
    }
}

impl Request {
    /// The subscriptions by the ids that the customer has told. What is another customer's is not there.
    fn wanted(&self, at: &Writing<'_, SellSubscriptions>, customer: i64) -> Result<Vec<(i64, Sold)>> {
        let codes: BTreeSet<&str> = self.subscriptions.iter().map(String::as_str).collect();
        if codes.is_empty() {
            return Err(codes::BAD_VALUE.error("no subscription is named"));
        }
        let mut wanted = Vec::new();
        for code in codes {
            let found = at.reading().subscription_by_id(code)?;
            let Some((id, ..)) = found.filter(|(_, of, _)| *of == customer) else {
                let what = format!("customer {} has no subscription \"{code}\"", self.customer);
                let error = codes::NOT_FOUND.error(what);
                return Err(error.hint("ask the customer for the ids of its subscriptions"));
            };
            let sold = at.reading().sold(id, at.context().now)?;
            let next = SUBSCRIPTION.next(sold.line.status, SubscriptionStep::Transfer);
            next.map_err(|why| no_way(&format!("subscription {code}"), &why))?;
            wanted.push((id, sold));
        }
        Ok(wanted)
    }

    /// One transfer is answered by one partner.
    fn source(&self, wanted: &[(i64, Sold)], target: i64) -> Result<i64> {
        let sellers: BTreeSet<i64> = wanted
            .iter()
            .filter_map(|(_, sold)| sold.partners.first().copied())
            .collect();
        if sellers.contains(&target) {
            let own = wanted
                .iter()
                .find(|(_, sold)| sold.partners.first() == Some(&target));
            let code = own.map_or("one", |(_, sold)| sold.line.code.as_str());
            return Err(codes::RULE.error(format!("subscription {code} is the partner's own already")));
        }
        match sellers.into_iter().collect::<Vec<_>>().as_slice() {
            [source] => Ok(*source),
            _ => {
                let what = "not one partner sold all of these subscriptions, and each answers for its own";
                Err(codes::RULE.error(what).hint("ask for them in several transfers"))
            }
        }
    }
}

/// The transfer in which the same partner has asked for just these; refused while one of them waits in another one.
fn asked(at: &Writing<'_, SellSubscriptions>, subscriptions: &[i64], target: i64) -> Result<Option<Moving>> {
    let mut waiting = BTreeSet::new();
    for id in subscriptions {
        waiting.extend(at.reading().pending_transfer(*id, at.context().now)?);
    }
    let Some(first) = waiting.first() else {
        return Ok(None);
    };
    let moving = at.reading().moving(*first)?;
    let mut same = moving.subscriptions.clone();
    same.sort_unstable();
    let mut wanted = subscriptions.to_vec();
    wanted.sort_unstable();
    if moving.target_id == target && same == wanted {
        return Ok(Some(moving));
    }
    let error = codes::IN_THE_WAY.error("some of these subscriptions wait in another transfer already");
    Err(if moving.target_id == target {
        let code = &moving.line.code;
        error.hint(format!(
            "`servhub subscription transfer cancel {code}` takes that back"
        ))
    } else {
        error.hint("it ends when it is answered, or lapses")
    })
}

/// What is answered of a transfer: the target is not told who sold the subscriptions (G-2).
fn told(at: &Writing<'_, SellSubscriptions>, mut moving: Moving) -> Result<TransferLine> {
    if !at.grant().coverage().has_partner(moving.source_id) {
        moving.line.source = None;
    }
    Ok(moving.line)
}

/// Which side of a transfer a step belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Source,
    Target,
}

/// Hands the subscriptions of a transfer over to the partner that asks for them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Accept {
    /// Its id.
    pub transfer: String,
}

impl Change for Accept {
    const NAME: &'static str = "transfer.accept";
    const ROUTE: Route = Route::post("/transfers/{transfer}/accept");
    type Needs = SellSubscriptions;
    type Answer = TransferLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<TransferLine> {
        let step = (TransferStep::Accept, TransferStatus::Accepted);
        answer(at, &self.transfer, Side::Source, step)
    }
}

/// Keeps the subscriptions of a transfer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Reject {
    /// Its id.
    pub transfer: String,
}

impl Change for Reject {
    const NAME: &'static str = "transfer.reject";
    const ROUTE: Route = Route::post("/transfers/{transfer}/reject");
    type Needs = SellSubscriptions;
    type Answer = TransferLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<TransferLine> {
        let step = (TransferStep::Reject, TransferStatus::Rejected);
        answer(at, &self.transfer, Side::Source, step)
    }
}

/// Takes one's own request for a transfer back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Cancel {
    /// Its id.
    pub transfer: String,
}

impl Change for Cancel {
    const NAME: &'static str = "transfer.cancel";
    const ROUTE: Route = Route::post("/transfers/{transfer}/cancel");
    type Needs = SellSubscriptions;
    type Answer = TransferLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<TransferLine> {
        let step = (TransferStep::Cancel, TransferStatus::Cancelled);
        answer(at, &self.transfer, Side::Target, step)
    }
}

/// Takes a step, unless it has been taken.
fn answer(
    at: &mut Writing<'_, SellSubscriptions>,
    transfer: &str,
    side: Side,
    (step, there): (TransferStep, TransferStatus),
) -> Result<TransferLine> {
    let now = at.context().now;
    let id = at.reading().find(Named::Transfer, transfer)?;
    let before = at.reading().moving(id)?;
    let of = match side {
        Side::Source => before.source_id,
        Side::Target => before.target_id,
    };
    at.grant().on_partner(of, &side_name(&before, side))?;
    if before.line.status == there {
        return told(at, before);
    }
    let status = transfer::at(before.line.status, before.line.lapses_at, now);
    let subject = format!("transfer {}", before.line.code);
    let status = TRANSFER
        .next(status, step)
        .map_err(|why| no_way(&subject, &why))?;
    if status == TransferStatus::Accepted {
        hand_over(at, &before)?;
    }
    at.keep_transfer(id, status, now)?;
    let after = at.reading().moving(id)?;
    let subject = format!("transfer:{}", before.line.code);
    at.record(&subject, Some(&before.line), Some(&after.line))?;
    told(at, after)
}

/// What a refusal calls the partner on a side: the other one's name is not told.
fn side_name(moving: &Moving, side: Side) -> String {
    match side {
        Side::Source => "that sold the subscriptions".to_owned(),
        Side::Target => moving.line.target.clone(),
    }
}

/// Moves the subscriptions as a whole, or none of them.
fn hand_over(at: &mut Writing<'_, SellSubscriptions>, moving: &Moving) -> Result<()> {
    let now = at.context().now;
    let serving = at.reading().serving(moving.customer_id)?;
    if !serving.iter().any(|(id, _)| *id == moving.target_id) {
        let what = format!(
            "{} has no active relationship with {} (G-2)",
            moving.line.target, moving.line.customer
        );
        return Err(codes::CANNOT_BUY.error(what));
    }
    may_be_sold_to(&at.reading(), moving.customer_id, now)?;
    for id in &moving.subscriptions {
        let sold = at.reading().sold(*id, now)?;
        if sold.partners.first() != Some(&moving.source_id) {
            return Err(moved_on(&sold.line.code));
        }
        let counter = Counter { id: *id, sold };
        let status = counter.step(SubscriptionStep::Transfer)?;
        let target = moving.line.target.clone();
        at.hand_over(*id, (moving.source_id, moving.target_id))?;
        counter.keep(at, |line| {
            line.status = status;
            line.partner = target;
        })?;
    }
    Ok(())
}

fn moved_on(subscription: &str) -> Error {
    let what = format!("subscription {subscription} is not the partner's own any more");
    codes::RULE
        .error(what)
        .hint("reject the transfer; the target can ask whoever sells it now")
}
