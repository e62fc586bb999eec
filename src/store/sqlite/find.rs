//! Looking things up by name, number or id (K-9).

use super::Read;
use crate::error::{Result, codes};
use crate::policy;
use crate::store::engine::OptionalExtension;

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
    /// By code or name.
    Group,
    /// By code or name.
    Partner,
    /// By code or name.
    Subscription,
    /// By code or name.
    Delegation,
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
            Self::Group => "group",
            Self::Partner => "partner",
            Self::Subscription => "subscription",
            Self::Delegation => "delegation",
        }
    }

    const fn table(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Customer => ("customer", "code", "name"),
            Self::Contract => ("contract", "number", "number"),
            Self::Package => ("package", "code", "name"),
            Self::Entitlement => ("entitlement", "code", "description"),
            Self::Workspace => ("workspace", "code", "name"),
            Self::Group => ("team", "code", "name"),
            Self::Partner => ("partner", "code", "name"),
            Self::Subscription => ("subscription", "code", "name"),
            Self::Delegation => ("delegation", "code", "name"),
        }
    }

    /// The end of the names `known_*` and `seen_*` of a person's view.
    const fn view(self) -> &'static str {
        match self {
            Self::Customer => "party",
            Self::Partner => "supplier",
            other => other.table().0,
        }
    }
}

impl Read<'_> {
    /// The key of the one thing that `text` names: its id first, else its name, upper or lower case. What the
    /// acting person may not know of is not there.
    ///
    /// # Errors
    /// `E0110` with the nearest ones, `E0111` with the ids when several fit, `E0200` for what the person knows
    /// of but holds no permission on.
    pub fn find(&self, what: Named, text: &str) -> Result<i64> {
        let id = self.find_known(what, text)?;
        if let Some(sight) = self.sight {
            let sql = format!("SELECT 1 FROM temp.seen_{} WHERE id = ?1", what.view());
            if !self.conn.prepare_cached(&sql)?.exists([id])? {
                let place = format!(" on {} {text}", what.word());
                return Err(policy::denied(&sight.actor, sight.permission, &place));
            }
        }
        Ok(id)
    }

    /// A condition on `id` that leaves out what the acting person may not know of.
    fn known(&self, what: Named) -> String {
        match self.sight {
            Some(_) => format!(" AND id IN (SELECT id FROM temp.known_{})", what.view()),
            None => String::new(),
        }
    }

    /// The same for one thing: it alone is looked for, and not in a list of all that are known.
    fn is_known(&self, what: Named) -> String {
        let (view, table) = (what.view(), what.table().0);
        match self.sight {
            Some(_) => {
                format!(" AND EXISTS (SELECT 1 FROM temp.known_{view} k WHERE k.id = main.{table}.id)")
            }
            None => String::new(),
        }
    }

    fn find_known(&self, what: Named, text: &str) -> Result<i64> {
        let (table, code, _) = what.table();
        let by_code = format!(
            "SELECT id FROM main.{table} WHERE {code} = ?1{}",
            self.is_known(what)
        );
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

    /// Key, code and name of all that the acting person may know of, in order of code; for look-ups and completion.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn codes_and_names(&self, what: Named) -> Result<Vec<(i64, String, String)>> {
        let (table, code, name) = what.table();
        let sql = format!(
            "SELECT id, {code}, {name} FROM main.{table} WHERE true{} ORDER BY {code}",
            self.known(what)
        );
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
