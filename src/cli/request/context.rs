//! In whose context a command works (B-10).

use crate::cli::App;
use crate::domain::filing::Place;
use crate::hub::Hub;
use crate::hub::request::{About, Contexts, Order};

/// Says it before anything is done, each context once. What cannot be told is said by the command itself.
pub(super) fn tell(app: &App, hub: &Hub, about: Vec<About>) {
    for context in hub.ask(&Contexts { about }).unwrap_or_default() {
        app.ui.note(&format!("context: {context}"));
    }
}

/// The same for places to file in; only what is filed on behalf has a context to tell.
pub(super) fn tell_places<'a>(app: &App, places: impl Iterator<Item = &'a Place>) {
    let mut about: Vec<About> = Vec::new();
    for place in places.filter(|place| !matches!(place, Place::Workspace(_))) {
        let place = About::Place(place.clone());
        if !about.contains(&place) {
            about.push(place);
        }
    }
    if about.is_empty() {
        return;
    }
    // A hub that is away cannot tell; what was typed is kept all the same.
    if let Ok(hub) = app.hub() {
        tell(app, &hub, about);
    }
}

/// The same for what is about to be filed.
pub(super) fn tell_orders(app: &App, orders: &[Order]) {
    tell_places(app, orders.iter().map(|order| &order.place));
}
