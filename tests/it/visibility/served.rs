//! Whom partners serve, and what they sold, were delegated and took in, as everybody is shown it (G-2).

use super::Eye;
use super::org::{Dice, Org};
use servhub::hub::{Query, customer, delegation, intake, partner, subscription};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

impl Org {
    fn is_of(&self, who: usize, partner: usize) -> bool {
        !self.partner_roles(who, partner).is_empty()
    }

    /// A customer that one belongs to or looks after.
    fn is_own_customer(&self, who: usize, customer: usize) -> bool {
        let members = (0..self.workspaces.len())
            .filter(|place| self.workspaces[*place].customer == customer)
            .any(|place| self.is_member(who, place));
        members || self.is_global_admin(who, customer) || self.manages(who, customer)
    }

    /// Administers a customer or any workspace of it.
    fn administers_at(&self, who: usize, customer: usize) -> bool {
        let inside = (0..self.workspaces.len())
            .filter(|place| self.workspaces[*place].customer == customer)
            .any(|place| self.administers(who, place));
        inside || self.is_global_admin(who, customer)
    }

    fn is_of_any(&self, who: usize) -> bool {
        (0..self.partners.len()).any(|partner| self.is_of(who, partner))
    }

    fn administers_any(&self, who: usize) -> bool {
        (0..self.customers).any(|customer| self.administers_at(who, customer))
    }

    fn is_global_admin_of_any(&self, who: usize) -> bool {
        (0..self.customers).any(|customer| self.is_global_admin(who, customer))
    }

    fn works_for_any(&self, who: usize) -> bool {
        (0..self.partners.len()).any(|partner| self.works_on_requests(who, partner))
    }
}

impl Eye<'_> {
    /// Everything around partners.
    pub fn served(&self, dice: &mut Dice) {
        self.customers();
        self.partners(dice);
        self.subscriptions(dice);
        self.delegations();
        self.intakes();
    }

    fn ask_if<Q: Query<Answer: Debug>>(&self, held: bool, query: &Q) -> Option<Q::Answer> {
        match self.hub.ask_here(query) {
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

    /// Customers, with those of their partners that one is told of.
    fn customers(&self) {
        let (org, who) = (self.org, self.who);
        let own = |customer: &usize| org.is_own_customer(who, *customer);
        let held = org.is_of_any(who) || (0..org.customers).any(|customer| own(&customer));
        let Some((lines, _)) = self.ask_if(held, &customer::List::default()) else {
            return;
        };
        let code = |text: &String| text.split(' ').next().unwrap().to_owned();
        let shown: BTreeMap<String, BTreeSet<String>> = lines
            .iter()
            .map(|line| (line.code.clone(), line.partners.iter().map(code).collect()))
            .collect();
        let mut model = BTreeMap::new();
        for customer in 0..org.customers {
            let relations = org.relationships.iter().filter(|one| one.customer == customer);
            let relations: Vec<_> = relations.collect();
            let is_served = relations
                .iter()
                .any(|one| one.status == "active" && org.is_of(who, one.partner));
            if own(&customer) || is_served {
                let told = relations
                    .iter()
                    .filter(|one| own(&customer) || org.is_of(who, one.partner));
                let partners = told.map(|one| format!("T-{}", one.partner)).collect();
                model.insert(format!("C-{customer}"), partners);
            }
        }
        self.same("customer list", &shown, &model);
    }

    fn partners(&self, dice: &mut Dice) {
        let (org, who) = (self.org, self.who);
        let held = org.is_of_any(who) || org.administers_any(who);
        let Some(lines) = self.ask_if(held, &partner::List::default()) else {
            return;
        };
        let shown: BTreeSet<String> = lines.iter().map(|line| line.code.clone()).collect();
        let mut model = BTreeSet::new();
        for (place, one) in org.partners.iter().enumerate() {
            let sells_for_own = one.provider.is_some_and(|provider| org.is_of(who, provider));
            let provides_own = |(other, reseller): (usize, &super::partners::Partner)| {
                reseller.provider == Some(place) && org.is_of(who, other)
            };
            let serves_own = org.relationships.iter().any(|relation| {
                relation.partner == place
                    && relation.status != "removed"
                    && org.administers_at(who, relation.customer)
            });
            let own_provider = org.partners.iter().enumerate().any(provides_own);
            if org.is_of(who, place) || sells_for_own || own_provider || serves_own {
                model.insert(format!("T-{place}"));
            }
        }
        self.same("partner list", &shown, &model);
        self.partner(dice.below(org.partners.len()));
    }

    /// The people and groups of a partner are shown to its own people alone.
    fn partner(&self, place: usize) {
        let show = partner::Show {
            partner: format!("T-{place}"),
        };
        let Ok(shown) = self.hub.ask(&show) else {
            return;
        };
        let people = match self.org.is_of(self.who, place) {
            true => self.org.partners[place].people.len(),
            false => 0,
        };
        self.same("people of a partner", &shown.people.len(), &people);
    }

    fn subscriptions(&self, dice: &mut Dice) {
        let (org, who) = (self.org, self.who);
        let held = org.is_of_any(who) || org.is_global_admin_of_any(who);
        let Some(listed) = self.ask_if(held, &subscription::List::default()) else {
            return;
        };
        let shown: BTreeSet<String> = listed.lines.iter().map(|line| line.code.clone()).collect();
        let mut model = BTreeSet::new();
        for (place, one) in org.subscriptions.iter().enumerate() {
            let is_own = org.is_global_admin(who, one.customer) || org.is_of(who, one.partner);
            if is_own || one.given_to.is_some_and(|partner| org.is_of(who, partner)) {
                model.insert(format!("B-{place}"));
            }
        }
        self.same("subscription list", &shown, &model);
        for (place, one) in org.subscriptions.iter().enumerate().filter(|_| dice.percent(25)) {
            let show = subscription::Show {
                subscription: format!("B-{place}"),
            };
            let Ok((_, roles)) = self.hub.ask(&show) else {
                assert!(!model.contains(&format!("B-{place}")), "{}", self.label);
                continue;
            };
            assert!(model.contains(&format!("B-{place}")), "{}", self.label);
            let is_sellers = org.is_global_admin(who, one.customer) || org.is_of(who, one.partner);
            let given = one
                .given_to
                .is_some_and(|partner| is_sellers || org.is_of(who, partner));
            let told: Vec<bool> = roles.iter().map(|role| role.partner.is_some()).collect();
            let due: Vec<bool> = [(given, true), (is_sellers, false)]
                .into_iter()
                .filter_map(|(told, kind)| told.then_some(kind))
                .collect();
            self.same("roles on a subscription", &told, &due);
        }
    }

    fn delegations(&self) {
        let (org, who) = (self.org, self.who);
        let held = org.works_for_any(who) || org.is_global_admin_of_any(who);
        let Some((lines, _)) = self.ask_if(held, &delegation::List::default()) else {
            return;
        };
        let shown: BTreeSet<String> = lines.iter().map(|line| line.delegation.code.clone()).collect();
        let mut model = BTreeSet::new();
        for (place, one) in org.delegations.iter().enumerate() {
            if org.is_global_admin(who, one.customer) || org.works_on_requests(who, one.partner) {
                model.insert(format!("D-{place}"));
            }
        }
        self.same("delegation list", &shown, &model);
    }

    /// What came in names the request that it was escalated with to those alone who see that.
    fn intakes(&self) {
        let (org, who) = (self.org, self.who);
        let Some((lines, _)) = self.ask_if(org.works_for_any(who), &intake::List::default()) else {
            return;
        };
        let shown: BTreeMap<String, Option<String>> = lines
            .iter()
            .map(|line| (line.code.clone(), line.request.clone()))
            .collect();
        let mut model = BTreeMap::new();
        for (place, one) in org.intakes.iter().enumerate() {
            if org.works_on_requests(who, one.partner) {
                let filing = one.filing.map(|filing| &org.filings[filing]);
                let seen = filing.filter(|filing| org.sees_filing(who, filing));
                model.insert(format!("I-{place}"), seen.map(|filing| filing.number.clone()));
            }
        }
        self.same("intake list", &shown, &model);
        let shared = self.hub.ask(&intake::Share::default()).unwrap().0;
        let all = shared.solved + shared.escalated + shared.open;
        self.same("what came in", &all, &i64::try_from(model.len()).unwrap());
    }
}
