//! `servhub subscription suspend|resume|cancel`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::subscription;
use crate::output::Listing;

macro_rules! verbs {
    ($($(#[doc = $doc:literal])* $name:ident asks $asks:literal),+ $(,)?) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, clap::Args)]
        pub struct $name {
            /// Id or name of the subscription
            subscription: String,
            #[command(flatten)]
            changing: Changing,
            #[command(flatten)]
            show: Show,
        }

        impl Command for $name {
            fn run(self, app: &App) -> anyhow::Result<Outcome> {
                if $asks && !self.changing.dry_run {
                    let question = format!("{} subscription {}?", stringify!($name), self.subscription);
                    app.ui.confirm(&question, self.changing.yes)?;
                }
                let wish = subscription::$name { subscription: self.subscription };
                let done = app.hub_for(&self.changing)?.carry_out(&wish, self.changing.mode())?;
                let outcome = Outcome::listing(Listing::one(&done.answer), self.show.style(&app.ui));
                Ok(outcome.changed(&self.changing, done.changed))
            }
        }
    )+};
}

verbs! {
    /// Stop a subscription for a time
    Suspend asks false,
    /// Let a suspended subscription go on
    Resume asks false,
    /// End a subscription, in the first seven days of its term
    Cancel asks true,
}
