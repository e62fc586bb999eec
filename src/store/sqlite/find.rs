//! Looking things up by name, number or id (K-9).

use super::Read;
use crate::error::{Result, codes};
use rusqlite::OptionalExtension;

/// What can be looked up by a name or an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// By code or name.
    Customer,
    /// By number.
    Contract,
    /// By code or name.
    Package,
    /// By code.
    Entitlement,
    /// By code or name.
    Workspace,
}

impl Named {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Contract => "contract",
            Self::Package => "package",
            Self::Entitlement => "entitlement",
            Self::Workspace => "workspace",
        }
    }

    const fn table(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Customer => ("customer", "code", "name"),
            Self::Contract => ("contract", "number", "number"),
            Self::Package => ("package", "code", "name"),
            Self::Entitlement => ("entitlement", "code", "description"),
            Self::Workspace => ("workspace", "code", "name"),
        }
    }
}

impl Read<'_> {
    /// The key of the one thing that `text` names: its id first, else its name, upper or lower case.
    ///
    /// # Errors
    /// `E0110` with the nearest ones, `E0111` with the ids when several fit.
    pub fn find(&self, what: Named, text: &str) -> Result<i64> {
        let (table, code, _) = what.table();
        let by_code = format!("SELECT id FROM {table} WHERE {code} = ?1");
        let exact = self
            .conn
            .prepare_cached(&by_code)?
            .query_row([text], |row| row.get(0))
            .optional()?;
        if let Some(id) = exact {
            return Ok(id);
        }
        let wanted = text.to_lowercase();
        let all = self.codes_and_names(what)?;
        let fits: Vec<_> = all
            .iter()
            .filter(|(_, c, n)| c.to_lowercase() == wanted || n.to_lowercase() == wanted)
            .collect();
        match fits.as_slice() {
            [] => Err(not_found(
                what,
                text,
                all.iter().flat_map(|(_, c, n)| [c.as_str(), n.as_str()]),
            )),
            [(id, ..)] => Ok(*id),
            several => {
                let ids: Vec<&str> = several.iter().map(|(_, code, _)| code.as_str()).collect();
                let message = format!(
                    "\"{text}\" names {} {}s: {}",
                    several.len(),
                    what.word(),
                    ids.join(", ")
                );
                Err(codes::AMBIGUOUS
                    .error(message)
                    .hint("use the id of the one you mean"))
            }
        }
    }

    /// Key, code and name of all of them, in order of code; for look-ups and completion.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn codes_and_names(&self, what: Named) -> Result<Vec<(i64, String, String)>> {
        let (table, code, name) = what.table();
        let sql = format!("SELECT id, {code}, {name} FROM {table} ORDER BY {code}");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// "There is no such thing", with the names that come near (K-9).
pub fn not_found<'a>(what: Named, text: &str, known: impl Iterator<Item = &'a str>) -> crate::error::Error {
    let error = codes::NOT_FOUND.error(format!("there is no {} \"{text}\"", what.word()));
    match crate::domain::near::nearest(text, known).as_slice() {
        [] => error.hint(format!("`servhub {} list` shows what there is", what.word())),
        near => error.hint(format!("did you mean {}?", near.join(", "))),
    }
}
