//! `request.create`: filing for oneself or on behalf of a customer, exactly once (F-1 to F-3, B-1 to B-10, Q-1).

use super::attach::Enclosure;
use super::facts::{Home, Spot};
use crate::domain::filing::{self, Draft, Finding, Place};
use crate::domain::number::Number;
use crate::domain::request::CasePlace;
use crate::error::{Code, Error, Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::FileRequests;
use crate::store::sqlite::{Event, NewCase};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Files one request, or many at once: all of them or none.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// What to file.
    pub orders: Vec<Order>,
}

/// One request to file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    /// Where.
    pub place: Place,
    /// The request.
    pub draft: Draft,
    /// The same key and content answer with the first result.
    pub key: String,
    /// Where it stands, such as `requests.csv:3`, for messages.
    pub origin: Option<String>,
    /// Files that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Enclosure>,
}

/// A request that was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Filed {
    /// Its number.
    pub request: String,
    /// Id of its workspace.
    pub workspace: Option<String>,
    /// Name of the customer that a partner filed it for.
    pub customer: Option<String>,
    /// In whose context a partner filed it (B-10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// Where the person goes without administrator rights at the customer (B-9), when it was filed just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal: Option<String>,
    /// One line.
    pub title: String,
    /// Id of the entitlement that its hours will be charged to.
    pub entitlement: Option<String>,
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
        col("customer"),
        col("context").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.request).into(),
            (&self.workspace).into(),
            (&self.title).into(),
            (&self.entitlement).into(),
            (&self.key).into(),
            self.new.into(),
            (&self.customer).into(),
            (&self.context).into(),
        ]
    }
}

impl Change for Create {
    const NAME: &'static str = "request.create";
    const ROUTE: Route = Route::post("/requests");
    const HAS_FILES: bool = true;
    type Needs = FileRequests;
    type Answer = Vec<Filed>;

    fn files(&self) -> Vec<PathBuf> {
        let files = self.orders.iter().flat_map(|order| &order.files);
        files.map(|file| file.path.clone()).collect()
    }

    fn hand_in(&mut self, files: Vec<PathBuf>) {
        let own = self.orders.iter_mut().flat_map(|order| &mut order.files);
        for (file, here) in own.zip(files) {
            file.here = Some(here);
        }
    }

    fn change(&self, at: &mut Writing<'_, FileRequests>) -> Result<Vec<Filed>> {
        let file = |order: &Order| order.file(at).map_err(|error| order.locate(error));
        self.orders.iter().map(file).collect()
    }
}

impl Order {
    fn file(&self, at: &mut Writing<'_, FileRequests>) -> Result<Filed> {
        let spot = Spot::find(at.reading(), &self.place)?;
        let by = at
            .grant()
            .actor()
            .account()
            .unwrap_or(at.grant().actor().name())
            .to_owned();
        let content = self.digest(&spot)?;
        if let Some((before, case_id)) = at.reading().filed_with(&by, &self.key)? {
            return self.again(at, before == content, case_id);
        }
        let account = at.grant().actor().account();
        let (findings, home) = spot.rule(at.reading(), at.context(), account, &self.draft, |_| false)?;
        if let Some(refusal) = filing::refusal(&findings) {
            return Err(refused(refusal));
        }
        let home = home.ok_or_else(|| codes::FILING_WHO.error("no entitlement is in force (F-1)"))?;
        if let CasePlace::Partner { partner, .. } = home.place {
            at.grant()
                .on_partner(partner, &at.reading().partner_name(partner)?)?;
        }
        let number = at.next_number(at.context().now.day_in(&crate::domain::Zone::utc()))?;
        let case_id = self.put_in(at, &home, &number, &by)?;
        at.keep_key(&by, &self.key, &content, case_id, at.context().now)?;
        let filed = Filed {
            request: number.digits().to_owned(),
            workspace: home.workspace,
            customer: home.customer,
            context: home.context,
            portal: home.portal,
            title: self.draft.title.clone().unwrap_or_default(),
            entitlement: home.charge.map(|charge| charge.entitlement),
            key: self.key.clone(),
            new: true,
        };
        let files: Vec<String> = self.files.iter().map(Enclosure::told).collect();
        for file in &self.files {
            file.put_in(at, (case_id, &filed.request))?;
        }
        let subject = format!("request:{number}");
        // Where a person goes next is an answer, and no part of what was done.
        let record = Filed {
            portal: None,
            ..filed.clone()
        };
        at.record(&subject, None, Some(&(&record, &self.draft, &home.behalf, files)))?;
        Ok(filed)
    }

    fn put_in(&self, at: &Writing<'_, FileRequests>, home: &Home, number: &Number, by: &str) -> Result<i64> {
        let now = at.context().now;
        let charge = home.charge.as_ref();
        let case_id = at.file_case(&NewCase {
            number,
            place: home.place,
            charge: charge.map(|to| (to.contract_id, to.package_id, to.entitlement_id)),
            behalf: &home.behalf,
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
                text: home.context.clone(),
            },
        )?;
        self.share(at, home.place, case_id, by)?;
        Ok(case_id)
    }

    /// Shares it as the draft says; without a group, with the person's default one (V-6).
    fn share(&self, at: &Writing<'_, FileRequests>, place: CasePlace, case_id: i64, by: &str) -> Result<()> {
        for account in &self.draft.share_with {
            super::share::with_person(at, (place, case_id), account)?;
        }
        let own = match place {
            CasePlace::Workspace(id) => at
                .reading()
                .member(id, by)?
                .and_then(|member| member.default_group),
            CasePlace::Partner { .. } => None,
        };
        if let Some(group) = self.draft.group.as_ref().or(own.as_ref()) {
            super::share::with_group(at, (place, case_id), group)?;
        }
        Ok(())
    }

    /// What is compared when a key comes again: everything that was asked for.
    fn digest(&self, spot: &Spot) -> Result<Vec<u8>> {
        let kind =
            std::mem::discriminant(&self.place) != std::mem::discriminant(&Place::Workspace(String::new()));
        let file = |file: &Enclosure| (file.name.clone(), file.sha256.clone());
        let files: Vec<_> = self.files.iter().map(file).collect();
        let content = serde_json::to_vec(&(spot.code(), kind, &self.draft, files));
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
        let (workspace, context) = (line.case.workspace_id(), line.context());
        Ok(Filed {
            request: line.case.number,
            workspace: workspace
                .map(|id| at.reading().workspace(id).map(|workspace| workspace.code))
                .transpose()?,
            context,
            portal: None,
            customer: line.customer,
            title: line.case.title,
            entitlement: line.entitlement,
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
pub fn refused(finding: &Finding) -> Error {
    let error = code_of(&finding.rule).error(format!("{} ({})", finding.why, finding.rule));
    finding
        .way_out
        .iter()
        .fold(error, |error, way| error.hint(way.clone()))
}

fn code_of(rule: &str) -> &'static Code {
    match rule {
        "F-1" => &codes::FILING_WHO,
        "B-1" => &codes::FILING_PARTNER,
        "B-2" => &codes::FILING_KNOWN_ISSUE,
        "B-3" => &codes::FILING_CATEGORY,
        "B-4" => &codes::FILING_ACCESS,
        "B-5" => &codes::FILING_PLAN,
        "B-6" => &codes::FILING_CONTACT,
        "B-7" => &codes::FILING_MARKETPLACE,
        "B-8" => &codes::FILING_PHONE,
        "B-9" => &codes::FILING_RIGHTS,
        _ => &codes::FILING_WHAT,
    }
}
