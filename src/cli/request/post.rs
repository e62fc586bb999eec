//! From the command line through the outbox to the hub.

use crate::cli::App;
use crate::cli::args::Changing;
use crate::error::{Error, Result};
use crate::hub::request::{Create, Filed, Order};
use crate::hub::{Hub, Mode};
use crate::outbox::{Delivery, Outbox, Parcel, is_answer};
use crate::ui;
use std::path::PathBuf;

impl Delivery for Hub {
    fn deliver(&mut self, orders: &[Order]) -> Result<Vec<Filed>> {
        let create = Create {
            orders: orders.to_vec(),
        };
        Ok(self.carry_out(&create, Mode::Apply)?.answer)
    }
}

/// The outbox of this account.
pub(super) fn outbox(app: &App) -> anyhow::Result<Outbox> {
    let folder = app.settings()?.outbox.value.unwrap_or_default();
    Ok(Outbox::new(PathBuf::from(folder)))
}

/// Files the orders. What somebody typed in at a terminal is kept even when a rule refuses it.
pub(super) fn file(app: &App, changing: &Changing, orders: Vec<Order>) -> anyhow::Result<Vec<Filed>> {
    let settings = app.settings()?;
    let parcel = Parcel::new(
        ui::now()?,
        settings.store.value.unwrap_or_default(),
        settings.acting.value,
        orders,
    );
    let outbox = outbox(app)?;
    // Before the hub is even opened: from here on nothing that was typed can be lost.
    outbox.keep(&parcel)?;
    let mut hub = match app.hub_for(changing) {
        Ok(hub) => hub,
        Err(failure) => {
            // A hub that answers "not you" has nothing to wait for; one that is not there has.
            let answered = failure
                .downcast_ref::<Error>()
                .is_some_and(|error| is_answer(error.kind()));
            if answered && !app.ui.can_ask {
                outbox.drop(parcel.key())?;
            }
            return Err(failure);
        }
    };
    Ok(outbox.send(parcel, &mut hub, app.ui.can_ask)?)
}
