//! The agreement that a customer makes before it buys (G-8).

mod choose;
mod confirm;
mod invite;
mod status;
mod template;

pub use confirm::Confirm;
pub use invite::Invite;
pub use status::{Status, Stood};
pub use template::Templates;

/// What stands before the code in a link.
const LINK: &str = "servhub:agreement/";

/// The link that a customer is sent.
pub fn link(code: &str) -> String {
    format!("{LINK}{code}")
}
