-- Signing in to a shared hub: tokens, operators, and the code that makes the first operator.

-- Tokens of people and their sessions. A secret is kept as its SHA-256 only; it is looked up by its public id.
CREATE TABLE token (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE,
  kind         TEXT NOT NULL CHECK (kind IN ('personal', 'session')),
  account      TEXT NOT NULL COLLATE NOCASE,
  name         TEXT NOT NULL,
  hash         BLOB NOT NULL,
  scopes       TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at   INTEGER
) STRICT;
CREATE INDEX token_account ON token (account);

-- Accounts that act as the operator of a shared hub. Whoever owns a local store's file needs none.
CREATE TABLE operator (
  id           INTEGER PRIMARY KEY,
  account      TEXT NOT NULL UNIQUE COLLATE NOCASE,
  appointed_at INTEGER NOT NULL
) STRICT;

-- One-time codes: while there is no operator, whoever has one becomes the first.
CREATE TABLE setup_code (
  id      INTEGER PRIMARY KEY,
  hash    BLOB NOT NULL UNIQUE,
  made_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
