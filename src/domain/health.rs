//! Service health: known issues in the vendor's words (G-10).

use super::words::words;

words! {
    /// What sort of issue it is.
    Classification, "classification" {
        /// Something to know of.
        Advisory = "advisory",
        /// Something that does not work.
        Incident = "incident",
    }
}

/// The vendor's words for how far an issue has come, and whether it is open then.
const STATUSES: &[(&str, bool)] = &[
    ("serviceOperational", false),
    ("investigating", true),
    ("restoringService", true),
    ("verifyingService", true),
    ("serviceRestored", false),
    ("postIncidentReviewPublished", false),
    ("serviceDegradation", true),
    ("serviceInterruption", true),
    ("extendedRecovery", true),
    ("falsePositive", false),
    ("investigationSuspended", true),
    ("resolved", false),
    ("mitigatedExternal", false),
    ("mitigated", false),
    ("resolvedExternal", false),
    ("confirmed", true),
    ("reported", true),
];

/// The one spelling of a status; a word that the vendor has made since stays as it is.
pub fn status(text: &str) -> String {
    let known = STATUSES.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
    known.map_or(text, |(word, _)| word).to_owned()
}

/// Whether an issue still holds: it has not ended, and its status does not say that it is over. One whose status
/// nobody here knows is open until it ends.
pub fn is_open(status: &str, has_ended: bool) -> bool {
    let known = STATUSES
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(status));
    !has_ended && known.is_none_or(|(_, open)| *open)
}

#[cfg(test)]
mod tests {
    use super::{is_open, status};

    /// Rules: G-10
    #[test]
    fn the_vendors_words_are_read_in_any_case_and_new_ones_are_kept() {
        assert_eq!(status("ServiceRestored"), "serviceRestored");
        assert_eq!(status("EXTENDEDRECOVERY"), "extendedRecovery");
        assert_eq!(status("Waiting for parts"), "Waiting for parts");
        assert!(is_open("Investigating", false) && !is_open("investigating", true));
        assert!(!is_open("FalsePositive", false) && is_open("somethingNew", false));
    }
}
