//! How a failure is told, and the exit code it becomes (K-10, K-11).

use super::Ui;
use crate::error::{Error, Kind, codes};

/// The exit code of a kind of failure.
pub const fn exit_code(kind: Kind) -> u8 {
    match kind {
        Kind::Failed => 1,
        Kind::Usage => 2,
        Kind::NotFound => 3,
        Kind::Denied => 4,
        Kind::Refused => 5,
        Kind::Unreachable => 7,
        Kind::Partial => 8,
        Kind::Interrupted => 130,
    }
}

impl Ui {
    /// Tells a failure: what happened, why, what to do next, and its code. Answers the exit code. A closed
    /// pipe is no failure.
    pub fn failure(&self, failure: &anyhow::Error) -> u8 {
        let closed_pipe = |cause: &(dyn std::error::Error + 'static)| {
            cause
                .downcast_ref::<std::io::Error>()
                .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
        };
        if failure.chain().any(closed_pipe) {
            return 0;
        }
        let loud = Self {
            talkative: true,
            ..self.clone()
        };
        let Some(error) = failure.chain().find_map(|cause| cause.downcast_ref::<Error>()) else {
            let code = &codes::IO_FAILED;
            loud.note(&format!("error[{}]: {failure:#}", code.id));
            loud.note(&format!("  more: servhub explain {}", code.id));
            return exit_code(code.kind);
        };
        loud.note(&format!("error[{}]: {error}", error.code.id));
        for hint in &error.hints {
            loud.note(&format!("  hint: {hint}"));
        }
        loud.note(&format!("  more: servhub explain {}", error.code.id));
        exit_code(error.kind())
    }
}
