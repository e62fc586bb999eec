//! `subscription.create` and `subscription.buy`

use crate::domain::partner::{Family, PartnerKind, SubscriptionStatus};
use crate::domain::sold::term::{Billing, Standing, Term, open_until};
use crate::domain::{Instant, Zone};
use crate::error::{Error, Result, codes};
use crate::hub::import::Verdict;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::{BuySubscriptions, SellSubscriptions};
use crate::policy::{Grant, Permission};
use crate::store::sqlite::{Sale, SubscriptionLine, Table};
use crate::store::{Named, Read};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// So many seats at most.
const MOST_SEATS: i64 = 1_000_000;

/// Sells a subscription to a customer (G-4).
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// Its id, so that doing it again changes nothing; made when not given.
    pub code: Option<String>,
    /// The customer, by name or id.
    pub customer: String,
    /// The partner that sells it, where there are several.
    pub partner: Option<String>,
    /// A product of the catalogue.
    pub product: String,
    /// What the customer calls it; the product's name when not given.
    pub name: Option<String>,
    /// How many seats.
    pub seats: i64,
    /// How long a term lasts; Azure is also sold by use, without one.
    pub term: Option<Term>,
    /// How often it is billed; monthly when not said.
    pub billing: Option<Billing>,
    /// It ends with its term, and is not renewed.
    pub ends_with_term: bool,
    /// Where the wish stands, such as `seats.csv:3`, for messages.
    pub origin: Option<String>,
}

impl Change for Create {
    const NAME: &'static str = "subscription.create";
    const ROUTE: Route = Route::post("/subscriptions");
    type Needs = SellSubscriptions;
    type Answer = SubscriptionLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<SubscriptionLine> {
        Ok(sell(at, self)?.0)
    }
}

/// Buys a subscription for one's own company, where its partner has allowed that (G-12).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Buy {
    /// What is bought, and for whom.
    pub purchase: Create,
}

impl Change for Buy {
    const NAME: &'static str = "subscription.buy";
    const ROUTE: Route = Route::post("/purchases");
    type Needs = BuySubscriptions;
    type Answer = SubscriptionLine;

    fn change(&self, at: &mut Writing<'_, BuySubscriptions>) -> Result<SubscriptionLine> {
        let wish = &self.purchase;
        let customer = at.reading().find(Named::Customer, &wish.customer)?;
        at.grant().on_customer(customer, &wish.customer)?;
        let product = Product::find(&at.reading(), &wish.product)?;
        let family = product.family;
        if !at.reading().may_buy_itself(customer, family)? {
            return Err(ask_partner(&at.reading(), customer, family)?);
        }
        let serving = at.reading().serving(customer)?;
        let mut sellers = Vec::new();
        for (id, _) in serving {
            if at.reading().way_of_selling(id)?.0 != PartnerKind::IndirectReseller {
                sellers.push(id);
            }
        }
        let wanted = wish.partner.as_deref();
        let wanted = wanted
            .map(|text| at.reading().find(Named::Partner, text))
            .transpose()?;
        let seller = match wanted {
            Some(id) => sellers.iter().find(|one| **one == id),
            None => sellers.first(),
        };
        let Some(partner) = seller.copied() else {
            return Err(ask_partner(&at.reading(), customer, family)?);
        };
        let sale = Sale {
            customer,
            partner,
            product: product.id,
        };
        Ok(put(at, wish, (sale, &product))?.0)
    }
}

fn ask_partner(read: &Read<'_>, customer: i64, family: Option<Family>) -> Result<Error> {
    let of = family.map_or("what is of no family".to_owned(), |family| family.to_string());
    let what = format!(
        "{} may not buy {of} for itself (G-12)",
        read.customer_code(customer)?
    );
    let error = codes::CANNOT_BUY.error(what);
    Ok(match read.partner_to_ask(customer)? {
        Some(partner) => error.hint(format!("ask {partner} to buy it for you")),
        None => error.hint("no partner serves the customer: `servhub partner find` shows whom to ask"),
    })
}

/// A product as it is sold.
#[derive(Debug)]
struct Product {
    id: i64,
    name: String,
    family: Option<Family>,
}

impl Product {
    fn find(read: &Read<'_>, text: &str) -> Result<Self> {
        let (found, id) = (read.product(text)?, read.key_of(Table::Product, text)?);
        let Some((found, id)) = found.zip(id) else {
            let known = read.catalogue()?;
            let near = crate::domain::near::nearest(text, known.iter().map(|one| one.name.as_str()));
            let error = codes::NOT_FOUND.error(format!("there is no product \"{text}\""));
            return Err(match near.as_slice() {
                [] => error.hint("`servhub product list` shows what there is"),
                near => error.hint(format!("did you mean {}?", near.join(", "))),
            });
        };
        Ok(Self {
            id,
            name: found.product.name,
            family: found.product.family,
        })
    }
}

/// Sells it; says whether it had been sold already.
pub(super) fn sell(
    at: &mut Writing<'_, SellSubscriptions>,
    wish: &Create,
) -> Result<(SubscriptionLine, Verdict)> {
    let named = named(&at.reading(), at.grant(), wish.partner.as_deref())?;
    let customer = at.reading().find(Named::Customer, &wish.customer)?;
    let partner = seller(&at.reading(), at.grant(), (customer, &wish.customer), named)?;
    let product = Product::find(&at.reading(), &wish.product)?;
    let sale = Sale {
        customer,
        partner,
        product: product.id,
    };
    put(at, wish, (sale, &product))
}

/// The partner that is named, for whom the person may sell.
pub(super) fn named(
    read: &Read<'_>,
    grant: &Grant<SellSubscriptions>,
    text: Option<&str>,
) -> Result<Option<i64>> {
    let Some(text) = text else {
        return Ok(None);
    };
    let id = read.find(Named::Partner, text)?;
    grant.on_partner(id, text)?;
    Ok(Some(id))
}

/// The partner that sells to a customer: the one that is named, or the only one of those that the person may sell for.
pub(super) fn seller(
    read: &Read<'_>,
    grant: &Grant<SellSubscriptions>,
    (customer, called): (i64, &str),
    named: Option<i64>,
) -> Result<i64> {
    let serving = read.serving(customer)?;
    let partner = match named {
        Some(id) => id,
        None => {
            let mut own = Vec::new();
            for (id, code) in serving.iter().filter(|(id, _)| grant.coverage().has_partner(*id)) {
                own.push((*id, code.clone(), read.way_of_selling(*id)?.0));
            }
            if own.len() > 1 {
                own.retain(|(.., kind)| *kind != PartnerKind::IndirectReseller);
            }
            match own.as_slice() {
                [(id, ..)] => *id,
                [] => return Err(not_served(called)),
                several => {
                    let codes: Vec<&str> = several.iter().map(|(_, code, _)| code.as_str()).collect();
                    let what = format!("{} sell to {called}", codes.join(", "));
                    return Err(codes::AMBIGUOUS.error(what).hint("say which with --partner"));
                }
            }
        }
    };
    if let (PartnerKind::IndirectReseller, provider) = read.way_of_selling(partner)? {
        let what = format!(
            "{} is an indirect reseller, whose provider sells subscriptions",
            read.partner_name(partner)?
        );
        let error = codes::CANNOT_BUY.error(what);
        return Err(match provider {
            Some(provider) => error.hint(format!("ask {provider}")),
            None => error,
        });
    }
    if !serving.iter().any(|(id, _)| *id == partner) {
        return Err(not_served(called));
    }
    Ok(partner)
}

fn not_served(customer: &str) -> Error {
    codes::CANNOT_BUY
        .error(format!("there is no active relationship with {customer} (G-2)"))
        .hint(format!("ask for one: `servhub relationship request {customer}`"))
}

/// Passes for a customer to whom subscriptions may be sold: it is not archived, and its agreement is on record (G-8).
pub(super) fn may_be_sold_to(read: &Read<'_>, customer: i64, now: Instant) -> Result<()> {
    let code = read.customer_code(customer)?;
    if read.is_archived_customer(customer)? {
        return Err(codes::CANNOT_BUY.error(format!("customer {code} is archived")));
    }
    if read.has_agreement(customer, now.day_in(&Zone::utc()))? {
        return Ok(());
    }
    Err(codes::CANNOT_BUY
        .error(format!("no agreement of customer {code} is on record (G-8)"))
        .hint(format!(
            "`servhub agreement invite {code}` asks for one, `servhub agreement confirm {code}` puts it on record"
        )))
}

/// Passes for a number of seats.
pub(super) fn check_seats(seats: i64) -> Result<()> {
    if (1..=MOST_SEATS).contains(&seats) {
        return Ok(());
    }
    let what = format!("{seats} is no number of seats: it is between 1 and {MOST_SEATS}");
    Err(codes::BAD_VALUE.error(what))
}

fn put<P: Permission>(
    at: &mut Writing<'_, P>,
    wish: &Create,
    (sale, product): (Sale, &Product),
) -> Result<(SubscriptionLine, Verdict)> {
    check_seats(wish.seats)?;
    let now = at.context().now;
    if let Some(there) = wish.is_there(at, sale, product)? {
        return Ok((there, Verdict::Unchanged));
    }
    may_be_sold_to(&at.reading(), sale.customer, now)?;
    let line = wish.line(at, sale, product)?;
    let id = at.put_subscription(sale, &line)?;
    let line = at.reading().sold(id, now)?.line;
    at.record(&format!("subscription:{}", line.code), None, Some(&line))?;
    Ok((line, Verdict::Created))
}

impl Create {
    /// The subscription of that id, if this very purchase was made.
    fn is_there<P: Permission>(
        &self,
        at: &Writing<'_, P>,
        sale: Sale,
        product: &Product,
    ) -> Result<Option<SubscriptionLine>> {
        let Some(code) = &self.code else {
            return Ok(None);
        };
        let Some((id, customer, partner)) = at.reading().subscription_by_id(code)? else {
            return Ok(None);
        };
        let sold = at.reading().sold(id, at.context().now)?;
        let same = (customer, partner, sold.product_id) == (sale.customer, sale.partner, product.id);
        if same && sold.line.term == self.term {
            return Ok(Some(sold.line));
        }
        let error = codes::RULE.error(format!("the id {code} is taken by another subscription"));
        Err(error.hint("choose another one, or leave it out"))
    }

    fn line<P: Permission>(
        &self,
        at: &Writing<'_, P>,
        sale: Sale,
        product: &Product,
    ) -> Result<SubscriptionLine> {
        self.check_term(product)?;
        let now = at.context().now;
        let starts = now.day_in(&Zone::utc());
        let standing = Standing {
            status: SubscriptionStatus::Active,
            term: self.term,
            auto_renew: self.term.is_some() && !self.ends_with_term,
            starts,
            ends: self.term.map(|term| term.last_day(starts)),
            cancel_until: self.term.map(|_| open_until(now)),
        };
        let name = self
            .name
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let code = self.code.clone();
        let line = SubscriptionLine {
            code: code.map_or_else(|| at.reading().free_code("subscription", "SUB"), Ok)?,
            customer: at.reading().customer_code(sale.customer)?,
            partner: at.reading().code_of(Table::Partner, sale.partner)?,
            product: product.name.clone(),
            family: product.family,
            name: name.unwrap_or(&product.name).to_owned(),
            status: standing.status,
            seats: self.seats,
            starts,
            ends: standing.ends,
            term: self.term,
            billing: Some(self.billing.unwrap_or(Billing::Monthly)),
            auto_renew: standing.auto_renew,
            renews: None,
            next_ends: None,
            cancel_until: standing.cancel_until,
        };
        Ok(line.standing_so(standing))
    }

    /// What is not sold by use has a term, and is billed as that allows.
    fn check_term(&self, product: &Product) -> Result<()> {
        let Some(term) = self.term else {
            if product.family == Some(Family::Azure) {
                return match self.billing {
                    None | Some(Billing::Monthly) => Ok(()),
                    Some(other) => {
                        let what = format!("what is sold by use is billed monthly, and not {other}");
                        Err(codes::BAD_VALUE.error(what))
                    }
                };
            }
            let what = format!("{} is sold for a term (G-4)", product.name);
            let hint = format!("say how long with --term: {}", Term::WORDS.join(", "));
            return Err(codes::BAD_VALUE.error(what).hint(hint));
        };
        match self.billing.filter(|billing| !term.takes(*billing)) {
            None => Ok(()),
            Some(billing) => Err(codes::BAD_VALUE.error(format!("a term of {term} is not billed {billing}"))),
        }
    }
}
