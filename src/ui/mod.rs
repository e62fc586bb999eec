//! The only place that prints, asks, or looks at the clock and the terminal.

mod clock;
mod color;
mod failure;
mod terminal;

pub use clock::now;
pub use color::ColorWish;
pub use failure::exit_code;
pub use terminal::{Ui, log};
