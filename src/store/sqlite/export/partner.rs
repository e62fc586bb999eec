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
        Sheet::Delegations => "SELECT d.code, p.code, u.code, d.name, d.status, d.starts_at, d.ends_at
            FROM delegation d JOIN partner p ON p.id = d.partner_id JOIN customer u ON u.id = d.customer_id ORDER BY d.code",
        Sheet::DelegationRoles => "SELECT d.code, r.role, g.name FROM delegation_role r JOIN delegation d ON d.id = r.delegation_id
            LEFT JOIN security_group g ON g.id = r.group_id ORDER BY d.code, r.role, g.name NULLS FIRST",
        Sheet::Products => "SELECT name, family, replace(services, '\n', ';'), publisher, link, mail, phone
            FROM product ORDER BY name",
        Sheet::Subscriptions => "SELECT s.code, u.code, p.code, o.name, s.name, s.status, s.quantity, s.starts_on, s.ends_on
            FROM subscription s JOIN customer u ON u.id = s.customer_id JOIN partner p ON p.id = s.partner_id
            JOIN product o ON o.id = s.product_id ORDER BY s.code",
        // A group of another partner than the seller is named with its partner.
        Sheet::SubscriptionRoles => "SELECT s.code, r.role, r.account,
              CASE WHEN g.partner_id IS NOT DISTINCT FROM s.partner_id THEN g.name ELSE q.code || '/' || g.name END, p.code
            FROM subscription_role r JOIN subscription s ON s.id = r.subscription_id
            LEFT JOIN security_group g ON g.id = r.group_id LEFT JOIN partner q ON q.id = g.partner_id
            LEFT JOIN partner p ON p.id = r.partner_id ORDER BY s.code, r.role, r.account NULLS FIRST, g.name NULLS FIRST,
              q.code NULLS FIRST, p.code NULLS FIRST",
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
