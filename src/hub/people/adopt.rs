//! Today's people as a file that `user apply` takes (U-5).

use crate::domain::member::Member;
use crate::domain::people::MemberStatus;
use crate::error::Result;
use crate::hub::{Export, Outlet, Reading, Route};
use crate::output::{Column, Dialect, Drain, Encoder, Text, Value, col};
use crate::policy::needs::ListPeople;
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The columns: those of an import file of people, without the moments, which applying does not set.
const COLUMNS: &[Column] = &[
    col("workspace"),
    col("account"),
    col("name"),
    col("account_kind"),
    col("roles"),
    col("support_contact"),
    col("service_admin"),
    col("status"),
    col("language"),
    col("groups"),
    col("default_group"),
    col("label"),
];

/// Writes the people of workspaces who are not removed, by workspace and account.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Adopt {
    /// Workspaces by name or id; none means all that the person may list.
    #[serde(default)]
    pub workspaces: Vec<String>,
}

impl Export for Adopt {
    const NAME: &'static str = "user.adopt";
    const ROUTE: Route = Route::get("/exports/people");
    type Needs = ListPeople;
    type Answer = u64;

    fn write(&self, at: &Reading<'_, ListPeople>, to: &mut dyn Outlet) -> Result<u64> {
        let mut drain = to.open(None)?;
        match self.sheet(at, &mut drain) {
            Ok(rows) => drain.finish().map(|_| rows),
            Err(failure) => Err(drain.abandon(failure)),
        }
    }
}

impl Adopt {
    fn sheet(&self, at: &Reading<'_, ListPeople>, drain: &mut Drain) -> Result<u64> {
        let mut sheet = Sheet {
            drain,
            encoder: Encoder::new(Text::Csv(Dialect::Rfc4180), "", COLUMNS),
            rows: 0,
        };
        sheet.encoder.begin(sheet.drain.block());
        let status = |member: &Member| member.status(at.context().now);
        if self.workspaces.is_empty() {
            at.each_member(None, |member| sheet.write(&member, status(&member)))?;
            return Ok(sheet.rows);
        }
        let ids = self.workspaces.iter().map(|name| at.find(Named::Workspace, name));
        let mut ids = ids.collect::<Result<Vec<_>>>()?;
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            for member in at.members_of(id)? {
                sheet.write(&member, status(&member))?;
            }
        }
        Ok(sheet.rows)
    }
}

struct Sheet<'a> {
    drain: &'a mut Drain,
    encoder: Encoder,
    rows: u64,
}

impl Sheet<'_> {
    fn write(&mut self, member: &Member, status: MemberStatus) -> Result<()> {
        if status == MemberStatus::Removed {
            return Ok(());
        }
        let roles: Vec<&str> = member.roles.iter().map(|role| role.word()).collect();
        let groups: Vec<&str> = member.groups.iter().map(String::as_str).collect();
        let (roles, groups) = (roles.join(";"), groups.join(";"));
        let yes = |yes: bool| if yes { "yes" } else { "no" };
        let cells: [Value<'_>; COLUMNS.len()] = [
            (&member.workspace).into(),
            (&member.account).into(),
            (&member.name).into(),
            member.account_kind.word().into(),
            (&roles).into(),
            yes(member.support_contact).into(),
            yes(member.service_admin).into(),
            status.word().into(),
            (&member.language).into(),
            (&groups).into(),
            (&member.default_group).into(),
            (&member.label).into(),
        ];
        for (place, value) in cells.into_iter().enumerate() {
            self.encoder.cell(self.drain.block(), place, value);
        }
        self.encoder.end_row(self.drain.block());
        self.rows += 1;
        self.drain.pass_on()
    }
}
