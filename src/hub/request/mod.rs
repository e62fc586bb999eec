//! Support requests: which a person sees, and with whom they are shared (V-1 to V-6).

pub mod attach;
mod behalf;
mod check;
mod choices;
mod clock;
mod context;
mod create;
mod desk;
mod facts;
mod list;
mod share;
mod show;
mod support_group;
mod work;

pub use attach::{Attach, Attached, Enclosure, File, Upload};
pub use check::Check;
pub use choices::{Choices, Offer};
pub(in crate::hub) use clock::clock;
pub use clock::{Clock, Sla, hours};
pub use context::{About, Contexts};
pub use create::{Create, Filed, Order, refused};
pub use list::{Line, List};
pub use share::{Share, Shared, With};
pub use show::{Show, Shown};
pub use support_group::{Granted, SupportGroup};
pub use work::{Ask, Assign, Close, HandOver, Note, Reopen, Resolve, SetSeverity};
