//! From the command line through the outbox to the hub.

use crate::cli::App;
use crate::cli::args::Changing;
use crate::cli::settings::{Settings, hide_password};
use crate::domain::filing::{Place, refusal};
use crate::error::{Error, Kind, Result};
use crate::hub::request::{Check, Create, Filed, Order, refused};
use crate::hub::{Hub, Mode};
use crate::outbox::{Delivery, Outbox, Parcel};
use crate::ui;
use std::path::PathBuf;

impl Delivery for Hub {
    fn deliver(&mut self, orders: &[Order]) -> Result<Vec<Filed>> {
        let create = Create {
            orders: orders.to_vec(),
        };
        let done = self
            .carry_out(&create, Mode::Apply)
            .map_err(|error| whom_to_ask(self, error, orders))?;
        Ok(done.answer)
    }
}

/// Whoever holds no permission to file gets the answer of the rule behind it, where they may ask the rules: for a
/// customer's own people that is the support contact of their partner (B-1). Else they are told where to learn more.
fn whom_to_ask(hub: &Hub, error: Error, orders: &[Order]) -> Error {
    let (Kind::Denied, Some(order)) = (error.kind(), orders.first()) else {
        return error;
    };
    let findings = hub.ask(&Check {
        place: order.place.clone(),
        draft: order.draft.clone(),
    });
    match findings.as_deref().map(refusal) {
        Ok(Some(finding)) => refused(finding),
        _ => error.hint(format!(
            "only a support contact of the workspace (F-1) or one of the partner's agents (B-4) files; `servhub request check {}` says whom to ask",
            options(&order.place)
        )),
    }
}

/// The options that name a place.
fn options(place: &Place) -> String {
    match place {
        Place::Workspace(name) => format!("--workspace {name}"),
        Place::Customer(name) => format!("--customer {name}"),
        Place::OwnTenant => "--own-tenant".to_owned(),
    }
}

/// The outbox of this account.
pub(super) fn outbox(app: &App) -> anyhow::Result<Outbox> {
    let folder = app.settings()?.outbox.value.unwrap_or_default();
    Ok(Outbox::new(PathBuf::from(folder)))
}

/// The store and the person in force, as a parcel names them: a file by its full path, because it may be sent from
/// another folder, and an address without a password, which stays in the settings.
pub(super) fn address(settings: &Settings) -> (String, Option<String>) {
    let value = settings.store.value.as_deref().unwrap_or_default();
    let path = value.strip_prefix("sqlite:").unwrap_or(value);
    let store = if path.contains("://") {
        hide_password(path)
    } else {
        std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| path.display().to_string())
    };
    (store, settings.acting.value.clone())
}

/// Files the orders. What somebody typed in at a terminal is kept even when a rule refuses it.
pub(super) fn file(app: &App, changing: &Changing, orders: Vec<Order>) -> anyhow::Result<Vec<Filed>> {
    let (store, acting) = address(&app.settings()?);
    let parcel = Parcel::new(ui::now()?, store, acting, orders);
    let outbox = outbox(app)?;
    // Before the hub is even opened: from here on nothing that was typed can be lost.
    outbox.keep(&parcel)?;
    let mut hub = match app.hub_for(changing) {
        Ok(hub) => hub,
        Err(failure) => return Err(no_hub(app, &outbox, parcel, failure)?),
    };
    Ok(outbox.send(parcel, &mut hub, app.ui.can_ask)?)
}

/// A hub that answers "not you" has nothing to wait for; one that is not there has.
fn no_hub(
    app: &App,
    outbox: &Outbox,
    parcel: Parcel,
    failure: anyhow::Error,
) -> anyhow::Result<anyhow::Error> {
    let error = match failure.downcast::<Error>() {
        Ok(error) => error,
        Err(other) => return Ok(other),
    };
    // A store that is no store, or of another release, is wrong where it is, not in what was typed.
    if matches!(error.kind(), Kind::NotFound | Kind::Denied) && !app.ui.can_ask {
        outbox.drop(&parcel)?;
        return Ok(error.into());
    }
    Ok(outbox.hold(parcel, error)?.into())
}
