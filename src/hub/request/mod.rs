//! Support requests: which a person sees, and with whom they are shared (V-1 to V-6).

mod list;
mod share;
mod show;

pub use list::{Line, List};
pub use share::{Share, Shared, With};
pub use show::{Show, Shown};
