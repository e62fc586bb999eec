//! What partners sell: terms of subscriptions, transfers to another partner, and Azure reservations (G-4, G-5).

pub mod money;
pub mod reservation;
pub mod term;
pub mod transfer;
