//! Tokens, operators of a shared hub, and the codes that make the first one.

use super::open::PATIENCE;
use super::{Db, Read, Write};
use crate::domain::Instant;
use crate::domain::token::{Hash, Token};
use crate::error::Result;
use crate::store::engine;
use crate::store::engine::{OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Someone who acts as operator of a shared hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Operator {
    /// The account.
    pub account: String,
    /// Since when.
    pub appointed_at: Instant,
}

const TOKEN: &str = "SELECT code, kind, account, name, scopes, created_at, expires_at, last_used_at, revoked_at, hash FROM token";

impl Read<'_> {
    /// A token by its public id, with the hash of its secret.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn token_with_hash(&self, code: &str) -> Result<Option<(Token, Option<Hash>)>> {
        let mut statement = self.conn.prepare_cached(&format!("{TOKEN} WHERE code = ?1"))?;
        let found = statement.query_row([code], |row| {
            let hash: Vec<u8> = row.get("hash")?;
            Ok((token(row)?, Hash::kept(&hash)))
        });
        Ok(found.optional()?)
    }

    /// The tokens of an account, or of everybody, the newest first.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn tokens(&self, account: Option<&str>) -> Result<Vec<Token>> {
        let of = if account.is_some() {
            " WHERE account = ?1"
        } else {
            ""
        };
        let sql = format!("{TOKEN}{of} ORDER BY created_at DESC, id DESC");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = match account {
            Some(account) => statement.query_map([account], token)?.collect(),
            None => statement.query_map([], token)?.collect::<engine::Result<_>>(),
        };
        Ok(rows?)
    }

    /// Whether an account that holds nothing yet was invited somewhere.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn was_invited(&self, account: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM member WHERE account = ?1 AND status = 'invited' LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found: Option<i64> = statement.query_row([account], |row| row.get(0)).optional()?;
        Ok(found.is_some())
    }

    /// The operators of the shared hub, by account.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn operators(&self) -> Result<Vec<Operator>> {
        let sql = "SELECT account, appointed_at FROM operator ORDER BY account";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], operator)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The operator with an account.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn operator(&self, account: &str) -> Result<Option<Operator>> {
        let sql = "SELECT account, appointed_at FROM operator WHERE account = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([account], operator).optional()?)
    }

    /// Whether a set-up code was made since a moment and not used.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn is_setup_code(&self, hash: &[u8], since: Instant) -> Result<bool> {
        let sql = "SELECT 1 FROM setup_code WHERE hash = ?1 AND used_at IS NULL AND made_at > ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found: Option<i64> = statement
            .query_row(params![hash, since], |row| row.get(0))
            .optional()?;
        Ok(found.is_some())
    }
}

impl Write<'_> {
    /// Keeps a new token.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_token(&self, token: &Token, hash: &Hash) -> Result<()> {
        let sql = "INSERT INTO token (code, kind, account, name, hash, scopes, created_at, expires_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.conn().prepare_cached(sql)?.execute(params![
            token.token,
            token.kind,
            token.account,
            token.name,
            hash.bytes(),
            token.scopes.to_string(),
            token.created_at,
            token.expires_at
        ])?;
        Ok(())
    }

    /// Takes a token back.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn revoke_token(&self, code: &str, now: Instant) -> Result<()> {
        let sql = "UPDATE token SET revoked_at = ?2 WHERE code = ?1 AND revoked_at IS NULL";
        self.conn().prepare_cached(sql)?.execute(params![code, now])?;
        Ok(())
    }

    /// Removes the sessions that ended, in whichever way, before a moment; says how many.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn forget_sessions(&self, before: Instant) -> Result<usize> {
        let sql = "DELETE FROM token WHERE kind = 'session' AND (expires_at < ?1 OR revoked_at < ?1)";
        Ok(self.conn().prepare_cached(sql)?.execute(params![before])?)
    }

    /// Makes an account an operator.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn appoint_operator(&self, operator: &Operator) -> Result<()> {
        let sql = "INSERT INTO operator (account, appointed_at) VALUES (?1, ?2)";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![operator.account, operator.appointed_at])?;
        Ok(())
    }

    /// Takes an operator away.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn dismiss_operator(&self, account: &str) -> Result<()> {
        let sql = "DELETE FROM operator WHERE account = ?1";
        self.conn().prepare_cached(sql)?.execute([account])?;
        Ok(())
    }

    /// Keeps a set-up code's hash.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_setup_code(&self, hash: &[u8], now: Instant) -> Result<()> {
        let sql = "INSERT INTO setup_code (hash, made_at) VALUES (?1, ?2)";
        self.conn().prepare_cached(sql)?.execute(params![hash, now])?;
        Ok(())
    }

    /// Uses a set-up code up, and all others with it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn use_setup_codes(&self, now: Instant) -> Result<()> {
        let sql = "UPDATE setup_code SET used_at = ?1 WHERE used_at IS NULL";
        self.conn().prepare_cached(sql)?.execute([now])?;
        Ok(())
    }
}

impl Db {
    /// Notes that a token was used. It waits for nobody: a long import must not stop those who only read.
    ///
    /// # Errors
    /// The store's own failure; the use is not noted then.
    pub(crate) fn note_use(&self, code: &str, now: Instant) -> Result<()> {
        if self.conn.postgres().is_some() {
            let sql = "UPDATE token SET last_used_at = ?2 WHERE id IN
                (SELECT id FROM token WHERE code = ?1 FOR UPDATE SKIP LOCKED)";
            self.conn.prepare_cached(sql)?.execute(params![code, now])?;
            return Ok(());
        }
        self.conn.sqlite()?.busy_timeout(Duration::ZERO)?;
        let sql = "UPDATE token SET last_used_at = ?2 WHERE code = ?1";
        let noted = self
            .conn
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params![code, now]));
        self.conn.sqlite()?.busy_timeout(PATIENCE)?;
        noted?;
        Ok(())
    }
}

fn token(row: &Row<'_>) -> engine::Result<Token> {
    Ok(Token {
        token: row.get("code")?,
        kind: row.get("kind")?,
        account: row.get("account")?,
        name: row.get("name")?,
        scopes: row.get("scopes")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        last_used_at: row.get("last_used_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

fn operator(row: &Row<'_>) -> engine::Result<Operator> {
    Ok(Operator {
        account: row.get("account")?,
        appointed_at: row.get("appointed_at")?,
    })
}
