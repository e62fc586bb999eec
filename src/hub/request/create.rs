//! `request.create`: filing for oneself, exactly once (F-1 to F-3, Q-1).

use super::facts::{self, Charge};
use crate::domain::filing::{self, Draft, Finding};
use crate::domain::number::Number;
use crate::error::{Code, Error, Result, codes};
use crate::hub::{Change, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::FileRequests;
use crate::store::Named;
use crate::store::sqlite::{Event, NewCase, WorkspaceFacts};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Files one request, or many at once: all of them or none.
#[derive(Debug)]
pub struct Create {
    /// What to file.
    pub orders: Vec<Order>,
}

/// One request to file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Name or id of the workspace.
    pub workspace: String,
    /// The request.
    pub draft: Draft,
    /// The same key and content answer with the first result.
    pub key: String,
    /// Where it stands, such as `requests.csv:3`, for messages.
    pub origin: Option<String>,
}

/// A request that was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filed {
    /// Its number.
    pub request: String,
    /// Id of its workspace.
    pub workspace: String,
    /// One line.
    pub title: String,
    /// Id of the entitlement that its hours will be charged to.
    pub entitlement: String,
    /// The key it was filed with.
    pub key: String,
    /// False when it had been filed before with this key.
    pub new: bool,
}

impl Tabular for Filed {
    const SCHEMA: &'static str = "request.create/1";
    const COLUMNS: &'static [Column] = &[
        col("request"),
        col("workspace"),
        col("title"),
        col("entitlement"),
        col("key").quiet(),
        col("new").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.request).into(),
            (&self.workspace).into(),
            (&self.title).into(),
            (&self.entitlement).into(),
            (&self.key).into(),
            self.new.into(),
        ]
    }
}

impl Change for Create {
    const NAME: &'static str = "request.create";
    type Needs = FileRequests;
    type Answer = Vec<Filed>;

    fn change(&self, at: &mut Writing<'_, FileRequests>) -> Result<Vec<Filed>> {
        let file = |order: &Order| order.file(at).map_err(|error| order.locate(error));
        self.orders.iter().map(file).collect()
    }
}

impl Order {
    fn file(&self, at: &mut Writing<'_, FileRequests>) -> Result<Filed> {
        let id = at.reading().find(Named::Workspace, &self.workspace)?;
        let workspace = at.reading().workspace_facts_of(id)?;
        let by = at
            .grant()
            .actor()
            .account()
            .unwrap_or(at.grant().actor().name())
            .to_owned();
        let content = self.digest(&workspace)?;
        if let Some((before, case_id)) = at.reading().filed_with(&by, &self.key)? {
            return self.again(at, before == content, case_id);
        }
        let account = at.grant().actor().account();
        let (facts, charge) = facts::own(at.reading(), at.context(), &workspace, account, &self.draft)?;
        if let Some(refusal) = filing::refusal(&filing::own(&self.draft, &facts)) {
            return Err(refused(refusal));
        }
        let charge = charge.ok_or_else(|| codes::FILING_WHO.error("no entitlement is in force (F-1)"))?;
        let number = at.next_number(at.context().now.day_in(&crate::domain::Zone::utc()))?;
        let case_id = self.put_in(at, &workspace, &charge, &number, &by)?;
        at.keep_key(&by, &self.key, &content, case_id, at.context().now)?;
        let filed = Filed {
            request: number.digits().to_owned(),
            workspace: workspace.code.clone(),
            title: self.draft.title.clone().unwrap_or_default(),
            entitlement: charge.entitlement,
            key: self.key.clone(),
            new: true,
        };
        at.record(&format!("request:{number}"), None, Some(&(&filed, &self.draft)))?;
        Ok(filed)
    }

    fn put_in(
        &self,
        at: &Writing<'_, FileRequests>,
        workspace: &WorkspaceFacts,
        charge: &Charge,
        number: &Number,
        by: &str,
    ) -> Result<i64> {
        let now = at.context().now;
        let case_id = at.file_case(&NewCase {
            number,
            workspace_id: workspace.id,
            contract_id: charge.contract_id,
            package_id: charge.package_id,
            entitlement_id: charge.entitlement_id,
            draft: &self.draft,
            filed_by: by,
            at: now,
        })?;
        at.note_event(
            case_id,
            &Event {
                at: now,
                account: by.to_owned(),
                kind: "state".to_owned(),
                before: None,
                after: Some("open".to_owned()),
                text: None,
            },
        )?;
        self.share(at, workspace, case_id, by)?;
        Ok(case_id)
    }

    /// Shares it as the draft says; without a group, with the person's default one (V-6).
    fn share(
        &self,
        at: &Writing<'_, FileRequests>,
        workspace: &WorkspaceFacts,
        case_id: i64,
        by: &str,
    ) -> Result<()> {
        for account in &self.draft.share_with {
            super::share::with_person(at, (workspace.id, case_id), account)?;
        }
        let own = at
            .reading()
            .member(workspace.id, by)?
            .and_then(|member| member.default_group);
        if let Some(group) = self.draft.group.as_ref().or(own.as_ref()) {
            super::share::with_group(at, (workspace.id, case_id), group)?;
        }
        Ok(())
    }

    /// What is compared when a key comes again: everything that was asked for.
    fn digest(&self, workspace: &WorkspaceFacts) -> Result<Vec<u8>> {
        let content = serde_json::to_vec(&(&workspace.code, &self.draft));
        let content = content.map_err(|error| {
            codes::IO_FAILED
                .error("the request cannot be written")
                .because(error)
        })?;
        Ok(Sha256::digest(content).to_vec())
    }

    /// The answer to a key that was used before.
    fn again(&self, at: &Writing<'_, FileRequests>, same: bool, case_id: i64) -> Result<Filed> {
        let line = at.reading().request(case_id)?;
        if !same {
            let message = format!(
                "the key \"{}\" was used for request {}, which says something else (Q-1)",
                self.key, line.case.number
            );
            return Err(codes::KEY_REUSED
                .error(message)
                .hint("give this request a key of its own with --idempotency-key"));
        }
        Ok(Filed {
            request: line.case.number,
            workspace: at.reading().workspace(line.case.workspace_id)?.code,
            title: line.case.title,
            entitlement: line.entitlement.unwrap_or_default(),
            key: self.key.clone(),
            new: false,
        })
    }

    fn locate(&self, error: Error) -> Error {
        match &self.origin {
            Some(origin) => Error {
                message: format!("{origin}: {}", error.message),
                ..error
            },
            None => error,
        }
    }
}

/// A rule's refusal as an error: its own code, the rule, the reason and the ways out.
pub(super) fn refused(finding: &Finding) -> Error {
    let error = code_of(finding.rule).error(format!("{} ({})", finding.why, finding.rule));
    finding
        .way_out
        .iter()
        .fold(error, |error, way| error.hint(way.clone()))
}

fn code_of(rule: &str) -> &'static Code {
    match rule {
        "F-1" => &codes::FILING_WHO,
        "B-1" => &codes::FILING_PARTNER,
        _ => &codes::FILING_WHAT,
    }
}
