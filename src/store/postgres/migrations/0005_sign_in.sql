-- Signing in to a shared hub: tokens, operators, and the code that makes the first operator.

-- Tokens of people and their sessions. A secret is kept as its SHA-256 only; it is looked up by its public id.
CREATE TABLE main.token (
  id bigint PRIMARY KEY,
  code text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('personal', 'session')),
  account citext COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  hash bytea NOT NULL,
  scopes text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  last_used_at bigint,
  revoked_at bigint
);
CREATE INDEX token_account ON main.token (account);

-- Accounts that act as the operator of a shared hub.
CREATE TABLE main.operator (
  id bigint PRIMARY KEY,
  account citext COLLATE "C" NOT NULL UNIQUE,
  appointed_at bigint NOT NULL
);

-- One-time codes: while there is no operator, whoever has one becomes the first.
CREATE TABLE main.setup_code (
  id bigint PRIMARY KEY,
  hash bytea NOT NULL UNIQUE,
  made_at bigint NOT NULL,
  used_at bigint
);

-- The next key of each table, as of those that were there before.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['token', 'operator', 'setup_code'] LOOP
    EXECUTE format(
      'CREATE FUNCTION main.next_%1$s() RETURNS bigint LANGUAGE plpgsql AS
         ''BEGIN RETURN (SELECT coalesce(max(id), 0) + 1 FROM main.%1$s); END''',
      name);
    EXECUTE format('ALTER TABLE main.%1$s ALTER id SET DEFAULT main.next_%1$s()', name);
  END LOOP;
END $$;
