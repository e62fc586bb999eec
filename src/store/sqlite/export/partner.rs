//! Partners and what is theirs, as tables of an import folder.

use super::Sheet;
use super::folder::joined;

/// What reads a sheet of partners; nothing for any other.
pub(super) fn sql(sheet: Sheet) -> String {
    let fixed = match sheet {
        Sheet::Partners => return partners(),
        Sheet::SecurityGroups => "SELECT p.code, g.name
            FROM security_group g JOIN partner p ON p.id = g.partner_id ORDER BY p.code, g.name",
        Sheet::PartnerPeople => return people(),
        Sheet::PartnerPlans => "SELECT n.code, p.code, n.kind, n.starts_on, n.ends_on
            FROM partner_plan n JOIN partner p ON p.id = n.partner_id ORDER BY n.code",
        Sheet::Relationships => "SELECT p.code, u.code, r.status, CASE WHEN r.of_record = 1 THEN 'yes' ELSE 'no' END, r.since_on,
              r.code, r.until_on, s.code
            FROM relationship r JOIN partner p ON p.id = r.partner_id JOIN customer u ON u.id = r.customer_id
            LEFT JOIN support_contact c ON c.customer_id = r.customer_id AND c.partner_id = r.partner_id
            LEFT JOIN partner s ON s.id = c.reseller_id ORDER BY p.code, u.code",
        Sheet::AgreementTemplates => "SELECT code, version, region, language, customer_type, audience, link, valid_from, valid_until
            FROM agreement_template ORDER BY code",
        Sheet::Agreements => "SELECT u.code, t.code, a.status, p.code, a.code, a.invited_on, a.first_name, a.last_name, a.mail, a.phone,
              a.agreed_on
            FROM agreement a JOIN customer u ON u.id = a.customer_id JOIN agreement_template t ON t.id = a.template_id
            LEFT JOIN partner p ON p.id = a.partner_id ORDER BY u.code, t.code",
        Sheet::Delegations => "SELECT d.code, p.code, u.code, d.name, d.status, d.starts_at, d.ends_at, d.days,
              CASE WHEN d.auto_extend = 1 THEN 'yes' ELSE 'no' END, d.asked_at, d.approved_at, d.ended_at
            FROM delegation d JOIN partner p ON p.id = d.partner_id JOIN customer u ON u.id = d.customer_id ORDER BY d.code",
        Sheet::DelegationRoles => "SELECT d.code, r.role, g.name FROM delegation_role r JOIN delegation d ON d.id = r.delegation_id
            LEFT JOIN security_group g ON g.id = r.group_id ORDER BY d.code, r.role, g.name NULLS FIRST",
        Sheet::Products => "SELECT name, family, replace(services, '\n', ';'), publisher, link, mail, phone
            FROM product ORDER BY name",
        Sheet::Subscriptions => "SELECT s.code, u.code, p.code, o.name, s.name, s.status, s.quantity, s.starts_on, s.ends_on, s.term, s.billing,
              CASE WHEN s.auto_renew = 1 THEN 'yes' ELSE NULL END, s.cancel_until
            FROM subscription s JOIN customer u ON u.id = s.customer_id JOIN partner p ON p.id = s.partner_id
            JOIN product o ON o.id = s.product_id ORDER BY s.code",
        // A group of another partner than the seller is named with its partner.
        Sheet::SubscriptionRoles => "SELECT s.code, r.role, r.account,
              CASE WHEN g.partner_id IS NOT DISTINCT FROM s.partner_id THEN g.name ELSE q.code || '/' || g.name END, p.code
            FROM subscription_role r JOIN subscription s ON s.id = r.subscription_id
            LEFT JOIN security_group g ON g.id = r.group_id LEFT JOIN partner q ON q.id = g.partner_id
            LEFT JOIN partner p ON p.id = r.partner_id ORDER BY s.code, r.role, r.account NULLS FIRST, g.name NULLS FIRST,
              q.code NULLS FIRST, p.code NULLS FIRST",
        Sheet::Transfers => return transfers(),
        // What was given for another one comes after it.
        Sheet::Reservations => "SELECT v.code, u.code, p.code, v.name, v.sku, v.region, v.quantity, v.term, v.currency, v.paid,
              v.starts_at, v.ends_at, v.status, v.settled_at, o.code
            FROM reservation v JOIN customer u ON u.id = v.customer_id JOIN partner p ON p.id = v.partner_id
            LEFT JOIN reservation o ON o.id = v.origin_id ORDER BY v.starts_at, v.origin_id IS NOT NULL, v.code",
        Sheet::ReservationReturns => "SELECT x.code, v.code, x.kind, x.at, x.quantity, x.returned, x.used, x.refund, x.counted
            FROM reservation_return x JOIN reservation v ON v.id = x.reservation_id ORDER BY v.code, x.at, x.code",
        Sheet::CustomerPeople => "SELECT u.code, p.account, p.name, p.first_name, p.last_name, p.usage_location,
              CASE WHEN p.administrator = 1 THEN 'yes' ELSE 'no' END, p.state, p.deleted_at
            FROM customer_person p JOIN customer u ON u.id = p.customer_id ORDER BY u.code, p.account",
        // Whether one was given back follows from whether its person was deleted.
        Sheet::Licenses => "SELECT u.code, p.account, o.name FROM licence l JOIN customer_person p ON p.id = l.person_id
            JOIN customer u ON u.id = p.customer_id JOIN product o ON o.id = l.product_id ORDER BY u.code, p.account, o.name",
        Sheet::Intake => "SELECT i.code, p.code, u.code, i.at, i.account, i.reporter, i.title, i.diagnosis, i.outcome, k.number
            FROM intake i JOIN partner p ON p.id = i.partner_id JOIN customer u ON u.id = i.customer_id
            LEFT JOIN support_case k ON k.id = i.case_id ORDER BY i.code",
        _ => "",
    };
    fixed.to_owned()
}

fn partners() -> String {
    let listed = |what: &str| {
        joined(
            "text",
            &format!("partner_listing WHERE partner_id = p.id AND what = '{what}'"),
        )
    };
    format!(
        "SELECT p.code, p.name, p.kind, p.domain, o.code, p.time_zone, p.support_level, p.mail, p.phone, p.site,
           p.hours, p.languages, p.charges, p.structure, p.structure_by, p.business_name, {}, {}, {}
         FROM partner p LEFT JOIN partner o ON o.id = p.provider_id ORDER BY p.code",
        listed("offer"),
        listed("industry"),
        listed("location"),
    )
}

fn people() -> String {
    format!(
        "SELECT p.code, q.account, q.name, {roles}, {groups}
         FROM partner_person q JOIN partner p ON p.id = q.partner_id ORDER BY p.code, q.account",
        roles = joined("role", "partner_role WHERE person_id = q.id"),
        groups = joined(
            "g.name",
            "security_group_member m JOIN security_group g ON g.id = m.group_id WHERE m.person_id = q.id"
        ),
    )
}

fn transfers() -> String {
    format!(
        "SELECT x.code, u.code, s.code, t.code, x.status, {items}, x.requested_at, x.lapses_at, x.settled_at
         FROM transfer x JOIN customer u ON u.id = x.customer_id JOIN partner s ON s.id = x.source_id
         JOIN partner t ON t.id = x.target_id ORDER BY x.code",
        items = joined(
            "b.code",
            "transfer_item i JOIN subscription b ON b.id = i.subscription_id WHERE i.transfer_id = x.id"
        ),
    )
}
