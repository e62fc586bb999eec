//! People of workspaces: one way from what is to what should be, for single commands and for whole files.

mod accept;
pub mod adopt;
mod choice;
mod code;
mod contact;
mod invitation;
mod invite;
mod leave;
mod list;
mod places;
mod powers;
mod resend;
mod settle;
mod touched;
mod update;

pub use accept::Accept;
pub use choice::{Choice, Whom};
pub use code::Code;
pub use invitation::Invitation;
pub use invite::{Invite, Invitee};
pub use leave::{Remove, Restore};
pub use list::{List, MemberLine, Show, Shown};
pub use places::Places;
pub use resend::Resend;
pub use touched::Touched;
pub use update::{Mark, NameAdmin, Update};

pub(crate) use choice::no_member;
pub(crate) use invite::check_account;
pub(crate) use places::find as find_place;
pub(crate) use powers::Powers;
pub(crate) use settle::{Settled, last_administrator, not_granted, open, renew, settle, take_over};

use crate::error::{Result, codes};

/// Days for which an invitation can be accepted, unless the change says another number.
pub const VALID_DAYS: i64 = 30;

/// An invitation that nobody could accept is a slip of the hand.
fn check_valid(days: i64) -> Result<()> {
    if days > 0 {
        return Ok(());
    }
    Err(codes::BAD_VALUE
        .error("an invitation can be accepted for a day at least (R-2)")
        .hint("write --valid as 14d"))
}
