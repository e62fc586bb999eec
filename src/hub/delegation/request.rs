//! `delegation.request`: asks customers for delegated access, one or many at once.

use super::kept::{State, has_everything, roles, subject, unextended};
use super::list::Line;
use crate::domain::partner::{DelegationStatus, GLOBAL_ADMINISTRATOR, Life, MOST_DAYS, NAME_LENGTH};
use crate::domain::words::words;
use crate::domain::{Day, Instant};
use crate::error::{Error, Kind, Result, codes};
use crate::hub::foreseen::{self, Foreseen};
use crate::hub::import::Verdict;
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::KeepDelegations;
use crate::store::Named;
use crate::store::sqlite::Delegation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Access that is wished for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Wanted {
    /// The customer, by name or id.
    pub customer: String,
    /// The partner, by name or id; else the acting person's that serves the customer.
    pub partner: Option<String>,
    /// What to call it: at most 50 characters, and no other delegation of the partner has it.
    pub name: String,
    /// Roles by template ids or names.
    pub roles: Vec<String>,
    /// For how many days.
    pub days: i64,
    /// Not before this day (UTC).
    pub starts: Option<Day>,
    /// Whether it is to extend itself.
    pub auto_extend: bool,
    /// Keep it as it is, and ask later.
    pub draft: bool,
    /// Where the wish stands, such as `delegations.csv:3`, for messages.
    pub origin: Option<String>,
}

words! {
    /// What came of a wish.
    Came, "outcome" {
        /// The customer is asked.
        Asked = "asked",
        /// It is kept, and nobody is asked yet.
        Drafted = "drafted",
        /// It was so before.
        Unchanged = "unchanged",
    }
}

/// Asks for access: all of it, or nothing.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// What is wished for.
    pub delegations: Vec<Wanted>,
    /// Refuse when the wishes come to something else than a plan with this hash (`E0302`).
    #[serde(default)]
    pub expected: Option<String>,
}

/// What came of one wish.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Requested {
    /// What came of it.
    pub came: Came,
    /// The delegation.
    pub line: Line,
    /// What to think about again.
    pub warning: Option<String>,
}

/// A wish that cannot be met, and the column that says why.
type Fault = (&'static str, Error);

impl Change for Request {
    const NAME: &'static str = "delegation.request";
    const ROUTE: Route = Route::post("/delegations");
    type Needs = KeepDelegations;
    type Answer = Vec<Requested>;

    fn change(&self, at: &mut Writing<'_, KeepDelegations>) -> Result<Vec<Requested>> {
        let (mut done, mut faults) = (Vec::new(), Vec::new());
        // The number of each partner's last delegation: looked up once, however many are asked for.
        let mut numbers = BTreeMap::new();
        for wanted in &self.delegations {
            match (wanted.settle(at, &mut numbers), &wanted.origin) {
                (Ok(one), _) => done.push(one),
                (Err((column, error)), Some(origin)) if is_fault(&error) => {
                    faults.push(line_of(origin, column, &error));
                }
                (Err((_, error)), _) => return Err(error),
            }
        }
        if !faults.is_empty() {
            return Err(refused(&faults, self.delegations.len()));
        }
        foreseen::check(self.expected.as_deref(), &done)?;
        Ok(done)
    }
}

/// What the row is to blame for; everything else ends the whole change as it is.
fn is_fault(error: &Error) -> bool {
    matches!(
        error.kind(),
        Kind::Denied | Kind::NotFound | Kind::Refused | Kind::Usage
    )
}

fn line_of(origin: &str, column: &str, error: &Error) -> String {
    let fix = error
        .hints
        .first()
        .map_or(String::new(), |hint| format!(": {hint}"));
    format!("{origin}: {column}: {}: {}{fix}", error.code.id, error.message)
}

/// So many faults are told; the rest is counted.
const TOLD: usize = 20;

fn refused(faults: &[String], rows: usize) -> Error {
    let message = format!("{} of {rows} rows have faults; nothing was changed", faults.len());
    let more = faults.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| format!("and {more} more"));
    let told = faults.iter().take(TOLD).cloned().chain(more);
    told.fold(codes::IMPORT_FAULTS.error(message), Error::hint)
}

/// A wish of which each part can be.
struct Sound {
    partner: (i64, String),
    customer: (i64, String),
    name: String,
    roles: BTreeSet<String>,
    starts: Option<Instant>,
}

impl Wanted {
    fn settle(
        &self,
        at: &mut Writing<'_, KeepDelegations>,
        numbers: &mut BTreeMap<i64, i64>,
    ) -> Result<Requested, Fault> {
        let sound = self.sound(at)?;
        let column = |error| ("name", error);
        let there = at.reading().delegation_named(sound.partner.0, &sound.name);
        let came = match there.map_err(column)? {
            None => {
                let code = next_code(at, &sound.partner, numbers).map_err(column)?;
                self.create(at, &sound, &code)?
            }
            Some(one) => self.again(at, &sound, &one)?,
        };
        let told = at.reading().delegation_named(sound.partner.0, &sound.name);
        let now = at.context().now;
        let gone = || codes::STORE_FAILED.error("the delegation is not there any more");
        let line = told.and_then(|one| one.ok_or_else(gone)).map_err(column)?.at(now);
        let warning = has_everything(sound.roles.iter().map(String::as_str)).then(|| {
            format!(
                "{} gives {} everything at {}: `servhub delegation check --task \"...\"` names the role that suffices",
                GLOBAL_ADMINISTRATOR.name, line.partner, line.customer
            )
        });
        Ok(Requested {
            came,
            line: Line::at(line, now),
            warning,
        })
    }

    /// Everything about the wish that can be judged by itself, and whose it is.
    fn sound(&self, at: &Writing<'_, KeepDelegations>) -> Result<Sound, Fault> {
        let customer = at.reading().find(Named::Customer, &self.customer);
        let customer = customer.map_err(|error| ("customer", error))?;
        let code = at.reading().customer_code(customer);
        let partner = self.whose(at, customer).map_err(|error| ("partner", error))?;
        let name = name(&self.name).map_err(|error| ("name", error))?;
        if !(1..=MOST_DAYS).contains(&self.days) {
            let error = codes::BAD_VALUE.error(format!(
                "access is delegated for 1 to {MOST_DAYS} days, and not for {} (G-3)",
                self.days
            ));
            return Err(("days", error.hint("write it as --days 365")));
        }
        let roles = self.roles().map_err(|error| ("roles", error))?;
        if self.auto_extend && has_everything(roles.iter().map(String::as_str)) {
            return Err(("auto_extend", unextended(&name)));
        }
        Ok(Sound {
            partner,
            customer: (customer, code.map_err(|error| ("customer", error))?),
            name,
            roles,
            starts: self.starts.map(Day::start_utc),
        })
    }

    fn roles(&self) -> Result<BTreeSet<String>> {
        let roles = roles(&self.roles)?;
        if roles.is_empty() {
            return Err(codes::MISSING_OPTION.error("no role is named").hint(
                "add --role; `servhub delegation check --task \"...\"` names the least that suffices",
            ));
        }
        Ok(roles)
    }

    /// The partner that serves the customer and asks: its key and id. The operator asks for the one of record.
    fn whose(&self, at: &Writing<'_, KeepDelegations>, customer: i64) -> Result<(i64, String)> {
        let mut serving = at.reading().serving(customer)?;
        if let Some(text) = &self.partner {
            let id = at.reading().find(Named::Partner, text)?;
            at.grant().on_partner(id, text)?;
            serving.retain(|(one, _)| *one == id);
        }
        serving.retain(|(id, _)| at.grant().coverage().has_partner(*id));
        serving.into_iter().next().ok_or_else(|| {
            codes::RULE
                .error(format!(
                    "no partner of yours serves customer {}, so nothing is delegated there (G-2)",
                    self.customer
                ))
                .hint("`servhub customer list` shows how the partners stand")
        })
    }

    fn life(&self, sound: &Sound, now: Instant) -> Result<Life, Fault> {
        let past = sound.starts.filter(|starts| starts.plus_seconds(86_400) <= now);
        if past.is_some() {
            let day = self.starts.map(|day| day.to_string()).unwrap_or_default();
            let error =
                codes::BAD_VALUE.error(format!("{day} is over, and access does not begin in the past"));
            return Err((
                "starts_on",
                error.hint("leave it out to begin when the customer approves"),
            ));
        }
        let life = Life::created(self.days, sound.starts, self.auto_extend);
        if self.draft {
            return Ok(life);
        }
        let refused = |why| ("name", crate::hub::steps::no_way(&sound.name, &why));
        life.ask(now).map_err(refused)
    }

    fn create(
        &self,
        at: &mut Writing<'_, KeepDelegations>,
        sound: &Sound,
        code: &str,
    ) -> Result<Came, Fault> {
        let life = self.life(sound, at.context().now)?;
        let mut put = || -> Result<()> {
            let id = at.create_delegation((sound.partner.0, sound.customer.0), (code, &sound.name), &life)?;
            for role in &sound.roles {
                at.delegate_role(id, role)?;
            }
            let after = State::of(at, id)?;
            at.record(&subject(code), None, Some(&after))
        };
        put().map_err(|error| ("name", error))?;
        Ok(self.came())
    }

    const fn came(&self) -> Came {
        if self.draft { Came::Drafted } else { Came::Asked }
    }

    /// A name that is there already: a draft becomes what is wished for, and the same wish again changes nothing.
    fn again(
        &self,
        at: &mut Writing<'_, KeepDelegations>,
        sound: &Sound,
        one: &Delegation,
    ) -> Result<Came, Fault> {
        use DelegationStatus::{Activating, Active, ApprovalPending, Approved, Created, Expiring};
        let now = at.context().now;
        let column = |error| ("name", error);
        let same = self.is(at, sound, one).map_err(column)?;
        match one.life.status(now) {
            Created if one.customer_id == sound.customer.0 && !(same && self.draft) => {
                let life = self.life(sound, now)?;
                let mut put = || -> Result<()> {
                    let before = State::of(at, one.id)?;
                    at.keep_life(one.id, &life)?;
                    at.forget_roles(one.id)?;
                    for role in &sound.roles {
                        at.delegate_role(one.id, role)?;
                    }
                    let after = State::of(at, one.id)?;
                    at.record(&subject(&one.code), Some(&before), Some(&after))
                };
                put().map_err(column)?;
                Ok(self.came())
            }
            Created | ApprovalPending | Approved | Activating | Active | Expiring if same => {
                Ok(Came::Unchanged)
            }
            state => Err(column(taken(one, state))),
        }
    }

    /// Whether a delegation is what is wished for. Its days are counted anew when it is approved, and extended later.
    fn is(&self, at: &Writing<'_, KeepDelegations>, sound: &Sound, one: &Delegation) -> Result<bool> {
        let roles = at.reading().delegation_roles(one.id)?;
        let roles: BTreeSet<String> = roles.into_iter().map(|role| role.role).collect();
        let waits = one.life.approved().is_none();
        let alike = one.life.days() == Some(self.days)
            && (!waits || one.life.starts() == sound.starts)
            && (!waits || one.life.extends_itself() == self.auto_extend);
        Ok(one.customer_id == sound.customer.0 && roles == sound.roles && alike)
    }
}

fn name(text: &str) -> Result<String> {
    let name = text.trim();
    let wrong = |what: String| codes::BAD_VALUE.error(format!("{what} (G-3)"));
    if name.is_empty() {
        return Err(wrong("the delegation has no name".to_owned()).hint("give it one with --name"));
    }
    let length = name.chars().count();
    if length > NAME_LENGTH || name.chars().any(char::is_control) {
        let what = format!("a name has at most {NAME_LENGTH} characters in one line, and this has {length}");
        return Err(wrong(what).hint("shorten it: the customer's name need not be a part of it"));
    }
    Ok(name.to_owned())
}

fn next_code(
    at: &Writing<'_, KeepDelegations>,
    (partner, code): &(i64, String),
    numbers: &mut BTreeMap<i64, i64>,
) -> Result<String> {
    let prefix = format!("{code}-D-");
    let last = match numbers.get(partner) {
        Some(last) => *last,
        None => at.reading().last_delegation(&prefix)?,
    };
    numbers.insert(*partner, last + 1);
    Ok(format!("{prefix}{}", last + 1))
}

fn taken(one: &Delegation, state: DelegationStatus) -> Error {
    use DelegationStatus::{Expired, Terminated};
    let error = codes::NAME_TAKEN.error(format!(
        "{} has a delegation \"{}\" already: {} to {}, which is {state} (G-3)",
        one.partner, one.name, one.code, one.customer
    ));
    match state {
        Expired | Terminated => error.hint("a name is given once: choose another one"),
        _ => error.hint(format!(
            "what the customer was asked for is not changed: choose another name, or end that one first with `servhub delegation terminate {}`",
            one.code
        )),
    }
}

impl Foreseen for Requested {
    fn verdict(&self) -> Verdict {
        match self.came {
            Came::Asked | Came::Drafted => Verdict::Created,
            Came::Unchanged => Verdict::Unchanged,
        }
    }

    /// Not its id: that is the next number of the partner, which somebody else's wish may take.
    fn promise(&self) -> impl Serialize {
        let one = &self.line.delegation;
        (self.came, &one.partner, &one.customer, &one.name)
    }
}

impl Tabular for Requested {
    const SCHEMA: &'static str = "delegation.request/1";
    const COLUMNS: &'static [Column] = &[
        col("outcome"),
        col("delegation"),
        col("partner"),
        col("customer"),
        col("name"),
        col("status"),
        col("days"),
        col("lapses_at"),
        col("warning").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let one = &self.line.delegation;
        vec![
            self.came.word().into(),
            (&one.code).into(),
            (&one.partner).into(),
            (&one.customer).into(),
            (&one.name).into(),
            one.status.word().into(),
            one.days.into(),
            one.lapses.into(),
            (&self.warning).into(),
        ]
    }
}
