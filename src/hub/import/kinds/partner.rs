//! Partners, their people and their plans (P-1, B-5, B-6).

use crate::domain::Day;
use crate::domain::near::nearest;
use crate::domain::partner::{PartnerKind, SupportStructure};
use crate::domain::people::{PARTNER_ROLES, Role};
use crate::hub::import::desk::{Desk, Judged, Record};
use crate::hub::import::report::{Fault, Stop, Verdict};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::store::sqlite::{BusinessProfile, Cell, PartnerFacts, Table, Value};
use serde_json::json;
use std::collections::BTreeSet;

pub(super) fn partner(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("partner");
    let there = desk.reading().partner_facts(code)?;
    let id = there.as_ref().map(|partner| partner.id);
    let kind: PartnerKind = row.need("kind")?;
    let provider = provider(desk, row, kind, there.as_ref())?;
    let name = row.keep("name", "name");
    desk.only_here("name", Table::Partner, id, &[("name", name.value.clone())])?;
    check_domain(row)?;
    check_site(row)?;
    let domain = row.keep("domain", "domain");
    desk.only_here("domain", Table::Partner, id, &[("domain", domain.value.clone())])?;
    let cells = [
        row.keep("partner", "code"),
        name,
        row.keep("kind", "kind"),
        domain,
        provider,
        row.keep_or("time_zone", "time_zone", "UTC"),
        row.keep("support_level", "support_level"),
        row.keep("mail", "mail"),
        row.keep("phone", "phone"),
        row.keep("site", "site"),
        row.keep("hours", "hours"),
        row.keep("languages", "languages"),
        row.keep("charges", "charges"),
        row.keep("structure", "structure"),
        row.keep("structure_by", "structure_by"),
    ];
    let [.., structure, by] = &cells;
    check_structure(desk, id, structure, by)?;
    let subject = format!("partner:{code}");
    let (id, judged) = desk.put(Table::Partner, id, &cells, (&subject, Record::Each))?;
    Ok(judged.and(business(desk, row, id)?))
}

/// What customers find the partner by (G-11); what became of it.
fn business(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>, id: i64) -> Result<Option<String>, Stop> {
    let before = desk.reading().business_profile(id)?;
    let listed = |column: &str, kept: &[String]| match list(row, column) {
        None => kept.to_vec(),
        Some(parts) => {
            let mut texts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
            texts.sort();
            texts.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
            texts
        }
    };
    let after = BusinessProfile {
        business_name: if row.speaks_of("business_name") {
            row.opt("business_name").map(str::to_owned)
        } else {
            before.business_name.clone()
        },
        offers: listed("offers", &before.offers),
        industries: listed("industries", &before.industries),
        locations: listed("locations", &before.locations),
    };
    if before == after {
        return Ok(None);
    }
    let lists = [&after.offers, &after.industries, &after.locations];
    if after.business_name.is_none() && lists.iter().any(|list| !list.is_empty()) {
        let what = "a partner without a business name is not found (G-11)";
        return Err(rule_fault(
            "business_name",
            what,
            "write the name that it goes by",
        ));
    }
    desk.at.keep_business_profile(id, &after)?;
    desk.at.record(
        &format!("partner:{}", row.text("partner")),
        Some(&before),
        Some(&after),
    )?;
    Ok(Some("its business profile".to_owned()))
}

/// A reseller sells through an indirect provider, and nobody else does.
fn provider(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    kind: PartnerKind,
    there: Option<&PartnerFacts>,
) -> Result<Cell, Stop> {
    if let Some(partner) = there.filter(|_| kind != PartnerKind::IndirectProvider)
        && let Some(reseller) = desk.reading().reseller_of(partner.id)?
    {
        let what = format!("{reseller} sells through it, so it is an indirect provider");
        let fix = "write indirect-provider, or give the reseller another provider first";
        return Err(rule_fault("kind", what, fix));
    }
    if kind != PartnerKind::IndirectReseller {
        if row.opt("provider").is_some() {
            let what = format!("a partner of the kind {kind} has no provider");
            let fix = "leave it empty, or write indirect-reseller as kind";
            return Err(rule_fault("provider", what, fix));
        }
        return Ok(Cell {
            given: true,
            ..row.keep_key("provider", "provider_id", Table::Partner, None)
        });
    }
    let provider = desk.known_if_named::<PartnerFacts>(row, "provider")?;
    let kept = there
        .filter(|_| !row.speaks_of("provider"))
        .and_then(|partner| partner.provider_id);
    match &provider {
        None if kept.is_none() => {
            let what = "an indirect reseller sells through an indirect provider";
            return Err(rule_fault("provider", what, "write the id of its provider"));
        }
        Some(one) if one.kind != PartnerKind::IndirectProvider => {
            let what = format!("{} is of the kind {} and provides for nobody", one.code, one.kind);
            return Err(rule_fault(
                "provider",
                what,
                "write the id of an indirect provider",
            ));
        }
        _ => {}
    }
    let id = provider.map(|one| one.id);
    Ok(row.keep_key("provider", "provider_id", Table::Partner, id))
}

fn check_domain(row: &Row<'_>) -> Result<(), Fault> {
    let domain = row.text("domain");
    let wrong = |c: char| c.is_whitespace() || matches!(c, '@' | '/' | ':');
    if domain.contains(wrong) || !domain.contains('.') {
        let what = format!("\"{domain}\" is no domain");
        return Err(cell_fault(
            "domain",
            what,
            "write it as example.org, without @ and without https://",
        ));
    }
    Ok(())
}

fn check_site(row: &Row<'_>) -> Result<(), Fault> {
    let site = row.text("site");
    let host = site.strip_prefix("https://").or(site.strip_prefix("http://"));
    let is_right = host.is_some_and(|host| !host.is_empty() && !site.contains(char::is_whitespace));
    if site.is_empty() || is_right {
        return Ok(());
    }
    let what = format!("\"{site}\" is no address of a web site");
    Err(cell_fault(
        "site",
        what,
        "write it as https://example.org/support",
    ))
}

/// Whose support it is needs saying exactly when it is not the partner's own (P-1).
fn check_structure(
    desk: &Desk<'_, '_, '_>,
    id: Option<i64>,
    structure: &Cell,
    by: &Cell,
) -> Result<(), Stop> {
    let will = |cell: &Cell| match desk.reading().will_hold(Table::Partner, id, cell)? {
        Value::Text(text) => Ok::<_, Stop>(text),
        _ => Ok(None),
    };
    let structure = will(structure)?.and_then(|text| text.parse().ok());
    match (structure, will(by)?) {
        (Some(SupportStructure::Outsourced | SupportStructure::Resold), None) => {
            let what = "support that is not the partner's own is somebody else's (P-1)";
            Err(rule_fault(
                "structure_by",
                what,
                "write whose it is, or own as structure",
            ))
        }
        (None | Some(SupportStructure::Own), Some(_)) => {
            let what = "only support that is not the partner's own is somebody else's (P-1)";
            Err(rule_fault(
                "structure_by",
                what,
                "leave it empty, or write outsourced or resold as structure",
            ))
        }
        _ => Ok(()),
    }
}

pub(super) fn security_group(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let partner = desk.known::<PartnerFacts>(row, "partner")?;
    let name = row.text("group");
    if name.contains([';', '\n']) || name.trim() != name {
        let what = "a name has no ; in it, and no space before or behind it";
        let fix = "write another name: lists of groups are separated by ;";
        return Err(cell_fault("group", what, fix).into());
    }
    let cells = [
        row.keep_key("partner", "partner_id", Table::Partner, Some(partner.id)),
        row.keep("group", "name"),
    ];
    let keys = [
        ("partner_id", cells[0].value.clone()),
        ("name", cells[1].value.clone()),
    ];
    let id = desk.reading().key_where(Table::SecurityGroup, &keys)?;
    let subject = format!("partner:{}", partner.code);
    Ok(desk
        .put(Table::SecurityGroup, id, &cells, (&subject, Record::Each))?
        .1)
}

pub(super) fn person(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let partner = desk.known::<PartnerFacts>(row, "partner")?;
    let account = row.text("account");
    check_account(desk, row, &partner)?;
    let roles = roles(row)?;
    let home = row.keep_key("partner", "partner_id", Table::Partner, Some(partner.id));
    let account_cell = row.keep("account", "account");
    let keys = [
        ("partner_id", home.value.clone()),
        ("account", account_cell.value.clone()),
    ];
    let id = desk.reading().key_where(Table::PartnerPerson, &keys)?;
    let cells = [
        home,
        // In whatever case it is written, it is the same account.
        Cell {
            given: false,
            ..account_cell
        },
        row.keep("name", "name"),
    ];
    let subject = format!("partner:{}", partner.code);
    let (id, judged) = desk.put(Table::PartnerPerson, id, &cells, (&subject, Record::Each))?;
    let mut done = judged;
    if let Some(roles) = roles {
        let before = desk.reading().roles_of_agent(id)?;
        if before != roles {
            desk.at.put_agent_roles(id, &roles)?;
            let (was, is) = (words(&before), words(&roles));
            done = told(desk, (&subject, account), ("roles", &was, &is), done)?;
        }
    }
    if let Some(groups) = list(row, "groups") {
        let groups: BTreeSet<String> = groups.into_iter().map(str::to_owned).collect();
        let before = desk.reading().groups_of_agent(id)?;
        if before != groups {
            desk.at.put_agent_groups((id, partner.id), &groups)?;
            let joined = |groups: BTreeSet<String>| groups.into_iter().collect::<Vec<_>>().join(";");
            let (was, is) = (joined(before), joined(groups));
            done = told(desk, (&subject, account), ("groups", &was, &is), done)?;
        }
    }
    Ok(done)
}

/// Records what became of a person's roles or groups, and adds it to what is said of the row.
fn told(
    desk: &mut Desk<'_, '_, '_>,
    (subject, account): (&str, &str),
    (what, was, is): (&str, &str, &str),
    judged: Judged,
) -> Result<Judged, Stop> {
    desk.at.record(
        subject,
        Some(&json!({ "account": account, what: was })),
        Some(&json!({ "account": account, what: is })),
    )?;
    if judged.verdict == Verdict::Created {
        return Ok(judged);
    }
    let shown = |text: &str| if text.is_empty() { "none" } else { text }.to_owned();
    Ok(judged.and(Some(format!("{what}: {} → {}", shown(was), shown(is)))))
}

fn words(roles: &BTreeSet<Role>) -> String {
    roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(";")
}

/// A partner's people are its own, never someone of a customer's domain (B-6); a partner may be a customer itself.
fn check_account(desk: &Desk<'_, '_, '_>, row: &Row<'_>, partner: &PartnerFacts) -> Result<(), Stop> {
    let domain = row
        .text("account")
        .rsplit_once('@')
        .map_or("", |(_, domain)| domain);
    let Some(customer) = desk.reading().customer_of_domain(domain)? else {
        return Ok(());
    };
    let own = desk.reading().partner_domain(partner.id)?;
    if own.eq_ignore_ascii_case(domain) {
        return Ok(());
    }
    let what =
        format!("{domain} is the domain of customer {customer}, whose people are not a partner's (B-6)");
    Err(rule_fault(
        "account",
        what,
        format!("write an account of the partner's own, such as one of {own}"),
    ))
}

fn roles(row: &Row<'_>) -> Result<Option<BTreeSet<Role>>, Fault> {
    let Some(parts) = list(row, "roles") else {
        return Ok(None);
    };
    let known = PARTNER_ROLES.map(Role::word);
    let roles = parts.into_iter().map(|part| {
        let role = part.parse().ok().filter(|role| PARTNER_ROLES.contains(role));
        role.ok_or_else(|| {
            let near = nearest(part, known.iter().copied());
            let near = near
                .first()
                .map_or(String::new(), |near| format!("did you mean {near}? "));
            let fix = format!("{near}It is one of {}", known.join(", "));
            cell_fault("roles", format!("\"{part}\" is no role of a partner"), fix)
        })
    });
    roles.collect::<Result<_, _>>().map(Some)
}

/// The values of a cell that holds several; none when the file does not speak of it.
pub(super) fn list<'a>(row: &Row<'a>, column: &str) -> Option<Vec<&'a str>> {
    let parts = row.text(column).split([';', '\n']).map(str::trim);
    row.speaks_of(column)
        .then(|| parts.filter(|part| !part.is_empty()).collect())
}

pub(super) fn plan(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("plan");
    let partner = desk.known::<PartnerFacts>(row, "partner")?;
    let starts: Day = row.need("starts_on")?;
    if row.need::<Day>("ends_on")? < starts {
        let what = format!("it lies before {starts}, when the plan begins");
        return Err(rule_fault("ends_on", what, "write a later day"));
    }
    let id = desk.reading().key_of(Table::PartnerPlan, code)?;
    let cells = [
        row.keep("plan", "code"),
        row.keep_key("partner", "partner_id", Table::Partner, Some(partner.id))
            .fixed(),
        row.keep("kind", "kind"),
        row.keep_day("starts_on", "starts_on")?,
        row.keep_day("ends_on", "ends_on")?,
    ];
    let subject = format!("partner:{}", partner.code);
    Ok(desk
        .put(Table::PartnerPlan, id, &cells, (&subject, Record::Each))?
        .1)
}
