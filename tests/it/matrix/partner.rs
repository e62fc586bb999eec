//! The partner of a place: it serves the place's customer, and what is its own has the place's tag in its name. Two
//! places share a customer, so that one sees whether a partner learns anything of the other that serves it (G-2).

use super::holders::Holder;
use super::place::Place;
use rusqlite::Connection;
use servhub::domain::people::Role;

/// What a partner has, by the names under which an operation asks for it.
#[derive(Debug, Clone, Default)]
pub struct Partner {
    /// Its id; its name is the same with "Partner" before it.
    pub code: String,
    /// What its people's accounts end in.
    pub domain: String,
    /// A helpdesk agent, who filed the requests and may file for all that was sold or delegated.
    pub agent: String,
    /// The administrator.
    pub head: String,
    /// A sales agent.
    pub seller: String,
    /// Which the agent is in, and nobody else.
    pub group: String,
    /// A plan of its own.
    pub plan: String,
    /// Access to the customer, which the group holds.
    pub delegation: String,
    /// Access that the customer was asked for.
    pub wish: String,
    /// An Azure subscription of the customer, for which the group may file.
    pub subscription: String,
    /// A subscription of the customer that is not Azure.
    pub office: String,
    /// A request outside Azure.
    pub filed: String,
    /// A request for Azure.
    pub cloud: String,
    /// A resolved request outside Azure.
    pub settled: String,
    /// What came in from the customer and is open.
    pub intake: String,
}

impl Partner {
    pub fn new(number: usize, tag: &str) -> Self {
        let small = tag.to_lowercase();
        let domain = format!("q{small}.example");
        Self {
            code: format!("Q{tag}"),
            agent: format!("agent@{domain}"),
            head: format!("head@{domain}"),
            seller: format!("seller@{domain}"),
            domain,
            group: format!("Crew{tag}"),
            plan: format!("OWN-PLAN{tag}"),
            delegation: format!("GDAP{tag}"),
            wish: format!("WISH{tag}"),
            subscription: format!("AZ{tag}"),
            office: format!("MS{tag}"),
            filed: format!("{number}101"),
            cloud: format!("{number}102"),
            settled: format!("{number}103"),
            intake: format!("IN{tag}"),
        }
    }

    /// Numbers without a tag.
    pub fn numbers(&self) -> [&String; 3] {
        [&self.filed, &self.cloud, &self.settled]
    }
}

/// Puts the partner of a place into the store past the program.
pub fn settle(conn: &Connection, place: &Place) {
    let Partner {
        code,
        domain,
        group,
        plan,
        delegation,
        wish,
        agent,
        ..
    } = &place.partner;
    let (tag, customer) = (place.tag, place.customer);
    let of_record = i32::from(tag != "-NEAR");
    conn.execute_batch(&format!(
        "INSERT INTO partner (code, name, kind, domain, support_level, mail, phone)
           VALUES ('{code}', 'Partner {code}', 'indirect-provider', '{domain}', 'advanced', 'help@{domain}', 'phone{tag}');
         INSERT INTO partner_plan (partner_id, code, kind, starts_on, ends_on)
           SELECT id, '{plan}', 'premier', 20000, 30000 FROM partner WHERE code = '{code}';
         INSERT INTO relationship (partner_id, customer_id, status, of_record, since_on)
           SELECT p.id, c.id, 'active', {of_record}, 20000 FROM partner p, customer c WHERE p.code = '{code}' AND c.code = '{customer}';
         INSERT INTO security_group (partner_id, name) SELECT id, '{group}' FROM partner WHERE code = '{code}';
         INSERT INTO delegation (code, partner_id, customer_id, name, status, starts_at, ends_at)
           SELECT '{delegation}', p.id, c.id, 'Delegation {delegation}', 'active', 1700000000, 1900000000
           FROM partner p, customer c WHERE p.code = '{code}' AND c.code = '{customer}';
         INSERT INTO delegation_role (delegation_id, role, group_id)
           SELECT d.id, 'f023fd81-a637-4b56-95fd-791ac0226033', g.id FROM delegation d, security_group g
           WHERE d.code = '{delegation}' AND g.name = '{group}';
         INSERT INTO delegation (code, partner_id, customer_id, name, status, days, asked_at)
           SELECT '{wish}', p.id, c.id, 'Delegation {wish}', 'approval-pending', 90, 1795000000
           FROM partner p, customer c WHERE p.code = '{code}' AND c.code = '{customer}';
         INSERT INTO delegation_role (delegation_id, role)
           SELECT id, 'f2ef992c-3afb-46b9-b7cf-a126ee74c451' FROM delegation WHERE code = '{wish}';"
    ))
    .unwrap();
    for (account, role) in people(place) {
        person(conn, code, account, Some(role));
    }
    conn.execute(
        "INSERT INTO security_group_member (group_id, person_id) SELECT g.id, q.id FROM security_group g, partner_person q
         WHERE g.name = ?1 AND q.account = ?2",
        [group, agent],
    )
    .unwrap();
    sell(conn, place);
    change_hands(conn, place);
    super::tenant::settle(conn, place);
    file(conn, place);
    keep(conn, place);
}

/// What partners keep of customers: one that this partner alone serves, one that it may ask, a partner that asked the place's
/// customer, and a reseller of its own.
fn keep(conn: &Connection, place: &Place) {
    let (tag, small, customer) = (place.tag, place.tag.to_lowercase(), place.customer);
    let code = &place.partner.code;
    conn.execute_batch(&format!(
        "INSERT INTO customer (code, name, domain, country) VALUES ('CU{tag}', 'Client {tag}', 'cu{small}.example', 'SK'),
           ('NEW{tag}', 'Newcomer {tag}', 'new{small}.example', 'SK');
         INSERT INTO relationship (partner_id, customer_id, status, of_record, since_on)
           SELECT p.id, c.id, 'active', 1, 20000 FROM partner p, customer c WHERE p.code = '{code}' AND c.code = 'CU{tag}';
         INSERT INTO partner (code, name, kind, domain, provider_id) VALUES ('Z{tag}', 'Asker {tag}', 'direct-bill', 'z{small}.example', NULL);
         INSERT INTO partner (code, name, kind, domain, provider_id)
           SELECT 'Handelshaus{tag}', 'Vendor {tag}', 'indirect-reseller', 'v{small}.example', id FROM partner WHERE code = '{code}';
         INSERT INTO relationship (partner_id, customer_id, status, since_on, code, until_on)
           SELECT p.id, c.id, 'requested', 20700, 'ASK{tag}', 20790 FROM partner p, customer c
           WHERE p.code = 'Z{tag}' AND c.code = '{customer}';
         INSERT INTO self_purchase (customer_id, family) SELECT id, 'ems' FROM customer WHERE code = '{customer}' ON CONFLICT DO NOTHING;"
    ))
    .unwrap();
}

fn people(place: &Place) -> [(&String, Role); 3] {
    let Partner {
        agent, head, seller, ..
    } = &place.partner;
    [
        (agent, Role::HelpdeskAgent),
        (head, Role::PartnerAdmin),
        (seller, Role::SalesAgent),
    ]
}

/// One of a partner's people, with a role or, no longer, without.
pub fn person(conn: &Connection, partner: &str, account: &str, role: Option<Role>) {
    let sql = "INSERT INTO partner_person (partner_id, account, name) SELECT id, ?2, ?2 FROM partner WHERE code = ?1";
    assert_eq!(conn.execute(sql, [partner, account]).unwrap(), 1);
    if let Some(role) = role {
        let sql =
            "INSERT INTO partner_role (person_id, role) SELECT id, ?2 FROM partner_person WHERE account = ?1";
        assert_eq!(conn.execute(sql, [account, role.word()]).unwrap(), 1);
    }
}

/// What was sold to the customer.
fn sell(conn: &Connection, place: &Place) {
    let Partner {
        code,
        subscription,
        office,
        group,
        ..
    } = &place.partner;
    let customer = place.customer;
    for (id, product) in [(subscription, "Microsoft Azure"), (office, "Microsoft 365")] {
        conn.execute_batch(&format!(
            "INSERT INTO subscription (code, customer_id, partner_id, product_id, name, status, quantity, starts_on, ends_on,
                 term, auto_renew)
               SELECT '{id}', c.id, p.id, o.id, 'Subscription {id}', 'active', 5, 20000, 30000, 'P1Y', 0
               FROM customer c, partner p, product o WHERE c.code = '{customer}' AND p.code = '{code}' AND o.name = '{product}';"
        ))
        .unwrap();
    }
    conn.execute(
        "INSERT INTO subscription_role (subscription_id, role, group_id)
           SELECT s.id, 'Support Request Contributor', g.id FROM subscription s, security_group g WHERE s.code = ?1 AND g.name = ?2",
        [subscription, group],
    )
    .unwrap();
}

/// What may be sold, taken over and given back. OTHER is a partner that serves every customer, and has no people.
fn change_hands(conn: &Connection, place: &Place) {
    let Partner { code, office, .. } = &place.partner;
    let (tag, customer) = (place.tag, place.customer);
    let of = format!(
        "FROM customer c, partner p, partner x WHERE c.code = '{customer}' AND p.code = '{code}' AND x.code = 'OTHER'"
    );
    conn.execute_batch(&format!(
        "INSERT INTO partner (code, name, kind, domain)
           SELECT 'OTHER', 'Other one', 'direct-bill', 'other-one.example' WHERE NOT EXISTS (SELECT 1 FROM partner WHERE code = 'OTHER');
         INSERT INTO relationship (partner_id, customer_id, status, since_on)
           SELECT x.id, c.id, 'active', 20000 {of} AND NOT EXISTS (SELECT 1 FROM relationship r WHERE r.partner_id = x.id AND r.customer_id = c.id);
         INSERT INTO agreement (customer_id, template_id, status, first_name, last_name, mail, agreed_on)
           SELECT c.id, t.id, 'confirmed', 'A', 'B', 'a@b.example', 20400 FROM customer c, agreement_template t
           WHERE c.code = '{customer}' AND t.code = 'europe.en.corporate.direct.2'
             AND NOT EXISTS (SELECT 1 FROM agreement a WHERE a.customer_id = c.id AND a.template_id = t.id);
         INSERT INTO self_purchase (customer_id, family) SELECT id, 'ems' FROM customer WHERE code = '{customer}' ON CONFLICT DO NOTHING;
         UPDATE subscription SET cancel_until = 1900000000 WHERE code = '{office}';
         INSERT INTO subscription (code, customer_id, partner_id, product_id, name, status, starts_on, cancel_until)
           SELECT 'STILL{tag}', c.id, p.id, o.id, 'Still', 'suspended', 20000, 1900000000 FROM customer c, partner p, product o
           WHERE c.code = '{customer}' AND p.code = '{code}' AND o.name = 'Dynamics 365';
         INSERT INTO subscription (code, customer_id, partner_id, product_id, name, status, starts_on)
           SELECT v.column1 || '{tag}', c.id, p.id, o.id, 'Theirs', 'active', 20000
           FROM (VALUES ('THEIRS'), ('WAITS')) v, customer c, partner p, product o
           WHERE c.code = '{customer}' AND p.code = 'OTHER' AND o.name = 'Dynamics 365';
         INSERT INTO transfer (code, customer_id, source_id, target_id, status, requested_at, lapses_at)
           SELECT 'GIVE{tag}', c.id, p.id, x.id, 'pending', 1795000000, 1797000000 {of};
         INSERT INTO transfer (code, customer_id, source_id, target_id, status, requested_at, lapses_at)
           SELECT 'TAKE{tag}', c.id, x.id, p.id, 'pending', 1795000000, 1797000000 {of};
         INSERT INTO transfer_item (transfer_id, subscription_id)
           SELECT t.id, s.id FROM transfer t, subscription s WHERE t.code = 'GIVE{tag}' AND s.code = '{office}';
         INSERT INTO transfer_item (transfer_id, subscription_id)
           SELECT t.id, s.id FROM transfer t, subscription s WHERE t.code = 'TAKE{tag}' AND s.code = 'WAITS{tag}';
         INSERT INTO reservation (code, customer_id, partner_id, name, sku, quantity, term, currency, paid, starts_at, ends_at, status)
           SELECT 'RV{tag}', c.id, p.id, 'Reserved', 'D4s', 1, 'P1Y', 'USD', 1000, 1795132800, 1826668800, 'active' {of};
         INSERT INTO calculation (code, reservation_id, kind, made_at, valid_until, before, quantity, returned, used, refund, counted, cost, purchases)
           SELECT 'CALC{tag}', id, 'refund', 1795248000, 1795248900,
             '{code} 1 1000 USD 2026-11-20T00:00:00Z 2027-11-20T00:00:00Z', 1, 1000, 0, 1000, 1000, 0, '[]'
           FROM reservation WHERE code = 'RV{tag}';"
    ))
    .unwrap();
}

/// What the partner filed, and what came in.
fn file(conn: &Connection, place: &Place) {
    let Partner {
        code,
        agent,
        head,
        subscription,
        filed,
        cloud,
        settled,
        intake,
        ..
    } = &place.partner;
    let (tag, customer) = (place.tag, place.customer);
    for (number, title, family, product, state) in [
        (filed, "Filed", "microsoft-365", "Exchange Online", "open"),
        (cloud, "Cloud", "azure", "Microsoft Azure", "open"),
        (settled, "Settled", "microsoft-365", "Exchange Online", "resolved"),
    ] {
        let of = if family == "azure" { subscription } else { "" };
        conn.execute_batch(&format!(
            "INSERT INTO support_case (number, partner_id, customer_id, kind, severity, state, product, title, contact, named_contact,
               filed_by, opened_at, family, subscription, plan)
             SELECT '{number}', p.id, c.id, 'problem-resolution', 'B', '{state}', '{product}', '{title} {tag}', '{agent}', '{agent}',
               '{agent}', 1772352000, '{family}', nullif('{of}', ''), 'csp' FROM partner p, customer c
             WHERE p.code = '{code}' AND c.code = '{customer}';
             INSERT INTO case_share (case_id, account) SELECT id, '{head}' FROM support_case WHERE number = '{number}';
             INSERT INTO case_file (case_id, at, account, name, size, sha256, content)
               SELECT id, 0, '{agent}', 'kept.txt', 4, x'00', x'6b657074' FROM support_case WHERE number = '{number}';"
        ))
        .unwrap();
    }
    conn.execute_batch(&format!(
        "INSERT INTO intake (code, partner_id, customer_id, at, account, reporter, title, diagnosis, outcome)
           SELECT '{intake}', p.id, c.id, 1772352000, '{agent}', 'Reporter {tag}', 'Asked {tag}', 'Looked at {tag}', 'open'
           FROM partner p, customer c WHERE p.code = '{code}' AND c.code = '{customer}';"
    ))
    .unwrap();
}

/// Someone of the own place's partner, and someone of it who no longer holds the role.
pub fn holder(conn: &Connection, own: &Place, role: Role) -> Holder {
    let Partner { code, domain, .. } = &own.partner;
    let (active, inactive) = (format!("{role}@{domain}"), format!("{role}-no-more@{domain}"));
    person(conn, code, &active, Some(role));
    person(conn, code, &inactive, None);
    Holder {
        name: role.word().to_owned(),
        account: Some(active),
        inactive: Some(inactive),
    }
}

/// A helpdesk agent with whom what was filed is shared, also what is for Azure.
pub fn sharer(conn: &Connection, own: &Place) -> Holder {
    let account = format!("shared@{}", own.partner.domain);
    person(conn, &own.partner.code, &account, Some(Role::HelpdeskAgent));
    for number in own.partner.numbers() {
        let sql =
            "INSERT INTO case_share (case_id, account) SELECT id, ?2 FROM support_case WHERE number = ?1";
        assert_eq!(conn.execute(sql, [number, &account]).unwrap(), 1);
    }
    known_as("helpdesk-agent by V-2", account)
}

/// The agent of a reseller that sells through the own place's partner, which gave it access to its subscription (B-4).
pub fn reseller(conn: &Connection, own: &Place) -> Holder {
    let (
        Partner {
            code, subscription, ..
        },
        customer,
    ) = (&own.partner, own.customer);
    conn.execute_batch(&format!(
        "INSERT INTO partner (code, name, kind, domain, provider_id)
           SELECT 'RESELLER', 'Reseller', 'indirect-reseller', 'reseller.example', id FROM partner WHERE code = '{code}';
         INSERT INTO relationship (partner_id, customer_id, status, since_on)
           SELECT p.id, c.id, 'active', 20000 FROM partner p, customer c WHERE p.code = 'RESELLER' AND c.code = '{customer}';
         INSERT INTO subscription_role (subscription_id, role, partner_id)
           SELECT s.id, 'Support Request Contributor', p.id FROM subscription s, partner p
           WHERE s.code = '{subscription}' AND p.code = 'RESELLER';"
    ))
    .unwrap();
    let account = "agent@reseller.example";
    person(conn, "RESELLER", account, Some(Role::AdminAgent));
    known_as("admin-agent of a reseller", account.to_owned())
}

/// Agents of the partner that serves the same customer (G-2); their own place is the second one.
pub fn rival(conn: &Connection, near: &Place, role: Role) -> Holder {
    let account = format!("{role}@{}", near.partner.domain);
    person(conn, &near.partner.code, &account, Some(role));
    known_as(&format!("{role} of another partner"), account)
}

fn known_as(name: &str, account: String) -> Holder {
    Holder {
        name: name.to_owned(),
        account: Some(account),
        inactive: None,
    }
}
