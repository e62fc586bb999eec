//! `servhub subscription suspend|resume|cancel`

use crate::cli::short_verbs::verbs;

verbs! {
    of crate::hub::subscription, subscription, "Id or name of the subscription";
    /// Stop a subscription for a time
    Suspend asks false,
    /// Let a suspended subscription go on
    Resume asks false,
    /// End a subscription, in the first seven days of its term
    Cancel asks true,
}
