//! Where the data is kept. SQLite today; every statement lives below this module.

pub mod sqlite;

pub use sqlite::{
    AssessmentLine, CaseLine, CaseRow, ContactLine, Detail, EngagementRow, LearningLine, LedgerRow, LineRow,
    Scope,
};
pub use sqlite::{Db, Named, Read, Write};
