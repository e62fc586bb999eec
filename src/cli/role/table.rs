//! The table of roles, from the one definition in `policy::roles`.

use crate::output::{Cell, Column, Tabular, col};
use crate::policy::roles::RoleRule;

/// A role and what it may.
#[derive(Debug)]
pub struct RoleLine(pub &'static RoleRule);

impl Tabular for RoleLine {
    const SCHEMA: &'static str = "role.table/1";
    const COLUMNS: &'static [Column] = &[col("role"), col("scope"), col("comes_from"), col("may")];

    fn cells(&self) -> Vec<Cell> {
        let may: Vec<String> = self.0.permissions().map(|one| one.word().to_owned()).collect();
        vec![
            self.0.role.word().into(),
            self.0.scope.word().into(),
            self.0.comes_from.into(),
            may.into(),
        ]
    }
}
