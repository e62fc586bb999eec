//! `request.list`

use super::clock::clock;
use crate::domain::request::{CaseKind, CaseState, Severity};
use crate::error::{Result, codes};
use crate::hub::activity::{Places, Wanted};
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadRequests;
use crate::store::sqlite::Requests;
use crate::store::{CaseLine, Named, Reach, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists the requests that the acting person sees, the newest first.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// The workspaces.
    pub places: Places,
    /// The only customer, by name or id: what a partner filed for it, and what its workspaces did.
    pub customer: Option<String>,
    /// The only contract, by number.
    pub contract: Option<String>,
    /// The only states; empty means all.
    pub states: Vec<CaseState>,
    /// The only kind.
    pub kind: Option<CaseKind>,
    /// The only severity.
    pub severity: Option<Severity>,
    /// Only those of which the acting person is the contact.
    pub mine: bool,
    /// Only those whose first answer is due within so many seconds of open time, or late (S-4).
    pub breaching: Option<i64>,
    /// At most so many (K-7).
    pub limit: Option<usize>,
    /// Number of the request that ended the page before.
    pub after: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "request.list";
    const ROUTE: Route = Route::get("/requests");
    type Needs = ReadRequests;
    type Answer = (Vec<Line>, Option<String>);

    fn answer(&self, at: &Reading<'_, ReadRequests>) -> Result<Self::Answer> {
        let wanted = Wanted {
            places: self.places.clone(),
            contract: self.contract.clone(),
            ..Wanted::default()
        };
        let scope = wanted.scope(at)?;
        if let Some(within) = self.breaching {
            return self.late(at, &scope, within);
        }
        let workspaces = match &scope.reach {
            Reach::Workspaces(keys) => Some(keys.as_slice()),
            _ => None,
        };
        let mut lines = at.requests(Requests {
            workspaces,
            customer: self.customer(at)?,
            contract: scope.contract,
            states: &self.states,
            kind: self.kind,
            severity: self.severity,
            contact: self.contact(at)?,
            after: self
                .after
                .as_deref()
                .map(|token| page_start(at, token))
                .transpose()?,
            limit: self.limit.map(|limit| limit.saturating_add(1)),
        })?;
        let more = self.limit.is_some_and(|limit| lines.len() > limit);
        lines.truncate(self.limit.unwrap_or(usize::MAX));
        let next = lines.last().filter(|_| more).map(|line| line.case.number.clone());
        Ok((lines.into_iter().map(Line).collect(), next))
    }
}

impl List {
    /// Those that are late or soon will be, the most pressing first. A request waits for its first answer only while
    /// it is open, so these are few.
    fn late(
        &self,
        at: &Reading<'_, ReadRequests>,
        scope: &Scope,
        within: i64,
    ) -> Result<(Vec<Line>, Option<String>)> {
        if !self.states.is_empty() && !self.states.contains(&CaseState::Open) {
            return Ok((Vec::new(), None));
        }
        let policy = at.targets()?;
        let open = [CaseState::Open];
        let waiting = at.requests(Requests {
            workspaces: match &scope.reach {
                Reach::Workspaces(keys) => Some(keys.as_slice()),
                _ => None,
            },
            customer: self.customer(at)?,
            contract: scope.contract,
            states: &open,
            kind: self.kind,
            severity: self.severity,
            contact: self.contact(at)?,
            after: None,
            limit: None,
        })?;
        let mut late = Vec::new();
        for line in waiting {
            let left = clock(at, &policy, &line)?.and_then(|clock| clock.left);
            late.extend(left.filter(|left| *left <= within).map(|left| (left, line)));
        }
        late.sort_by(|(a, one), (b, other)| (a, &one.case.number).cmp(&(b, &other.case.number)));
        let mut lines: Vec<Line> = late.into_iter().map(|(_, line)| Line(line)).collect();
        if let Some(token) = &self.after {
            let last = lines.iter().position(|line| line.0.case.number == *token);
            let wrong = || codes::BAD_TOKEN.error(format!("\"{token}\" is not a page token of this list"));
            lines.drain(..=last.ok_or_else(wrong)?);
        }
        let limit = self.limit.unwrap_or(usize::MAX);
        let more = lines.len() > limit;
        lines.truncate(limit);
        let next = lines
            .last()
            .filter(|_| more)
            .map(|line| line.0.case.number.clone());
        Ok((lines, next))
    }

    fn customer(&self, at: &Reading<'_, ReadRequests>) -> Result<Option<i64>> {
        let find = |name| at.find(Named::Customer, name);
        self.customer.as_deref().map(find).transpose()
    }

    fn contact<'a>(&self, at: &'a Reading<'_, ReadRequests>) -> Result<Option<&'a str>> {
        if !self.mine {
            return Ok(None);
        }
        let account = at.grant().actor().account();
        account.map(Some).ok_or_else(|| {
            codes::MISSING_OPTION
                .error("--mine asks for somebody's own requests, and the operator has none")
                .hint("say whose with --as ACCOUNT")
        })
    }
}

fn page_start(at: &Reading<'_, ReadRequests>, token: &str) -> Result<i64> {
    let wrong = |_| codes::BAD_TOKEN.error(format!("\"{token}\" is not a page token of this list"));
    at.find_case(token).map_err(wrong)
}

/// A request as the list shows it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Line(pub CaseLine);

impl Tabular for Line {
    const SCHEMA: &'static str = "request.list/1";
    const COLUMNS: &'static [Column] = &[
        col("request"),
        col("workspace"),
        col("contract"),
        col("title"),
        col("kind").quiet(),
        col("severity"),
        col("state"),
        col("product").quiet(),
        col("contact"),
        col("opened_at"),
        col("closed_at").quiet(),
        col("package").quiet(),
        col("entitlement").quiet(),
        col("class").quiet(),
        col("customer"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let Self(line) = self;
        let case = &line.case;
        vec![
            (&case.number).into(),
            (&line.workspace).into(),
            line.contract
                .as_ref()
                .map(|contract| contract.number.clone())
                .into(),
            (&case.title).into(),
            case.kind.word().into(),
            case.severity.word().into(),
            case.state.word().into(),
            (&case.product).into(),
            (&case.contact).into(),
            case.opened_at.into(),
            case.closed_at.into(),
            (&line.package).into(),
            (&line.entitlement).into(),
            case.class.map(|class| class.word()).into(),
            (&line.customer).into(),
        ]
    }
}
