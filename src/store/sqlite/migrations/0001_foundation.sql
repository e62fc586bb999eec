-- Days are whole days since 1970-01-01, instants seconds since 1970-01-01T00:00:00Z, quantities hundredths.

CREATE TABLE customer (
  id      INTEGER PRIMARY KEY,
  code    TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL UNIQUE,
  country TEXT,
  domain  TEXT UNIQUE
) STRICT;

CREATE TABLE contract (
  id                  INTEGER PRIMARY KEY,
  customer_id         INTEGER NOT NULL REFERENCES customer (id),
  number              TEXT NOT NULL UNIQUE,
  kind                TEXT NOT NULL CHECK (kind IN ('unified', 'premier')),
  plan                TEXT,
  starts_on           INTEGER NOT NULL,
  ends_on             INTEGER NOT NULL CHECK (ends_on >= starts_on),
  time_zone           TEXT NOT NULL DEFAULT 'UTC',
  csam                TEXT,
  account_coordinator TEXT,
  incident_manager    TEXT,
  activated_at        INTEGER
) STRICT;
CREATE INDEX contract_customer ON contract (customer_id);

CREATE TABLE schedule (
  id          INTEGER PRIMARY KEY,
  contract_id INTEGER NOT NULL REFERENCES contract (id),
  code        TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL CHECK (kind IN ('base', 'add-on')),
  starts_on   INTEGER NOT NULL,
  ends_on     INTEGER NOT NULL CHECK (ends_on >= starts_on)
) STRICT;
CREATE INDEX schedule_contract ON schedule (contract_id);

CREATE TABLE package (
  id             INTEGER PRIMARY KEY,
  schedule_id    INTEGER NOT NULL REFERENCES schedule (id),
  code           TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('enterprise-wide', 'add-on')),
  starts_on      INTEGER NOT NULL,
  ends_on        INTEGER NOT NULL CHECK (ends_on >= starts_on),
  deactivated_on INTEGER
) STRICT;
CREATE INDEX package_schedule ON package (schedule_id);

CREATE TABLE entitlement (
  id          INTEGER PRIMARY KEY,
  package_id  INTEGER NOT NULL REFERENCES package (id),
  code        TEXT NOT NULL UNIQUE,
  service     TEXT NOT NULL,
  category    TEXT NOT NULL CHECK (category IN ('consumable', 'additional-benefit')),
  allowance   TEXT NOT NULL CHECK (allowance IN ('limited', 'as-needed', 'included')),
  quantity    INTEGER CHECK ((quantity IS NOT NULL) = (allowance = 'limited')),
  unit        TEXT CHECK ((unit IS NOT NULL) = (allowance <> 'included')),
  description TEXT NOT NULL,
  action_link TEXT
) STRICT;
CREATE INDEX entitlement_package ON entitlement (package_id);

CREATE TABLE workspace (
  id             INTEGER PRIMARY KEY,
  customer_id    INTEGER NOT NULL REFERENCES customer (id),
  code           TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  is_default     INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  administrator  TEXT,
  allow_personal INTEGER NOT NULL DEFAULT 0 CHECK (allow_personal IN (0, 1)),
  archived_on    INTEGER,
  UNIQUE (customer_id, name)
) STRICT;
CREATE UNIQUE INDEX workspace_default ON workspace (customer_id) WHERE is_default = 1;

-- A workspace sees the packages attached to it (C-3); linking a contract alone shows none of them.
CREATE TABLE workspace_contract (
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  contract_id  INTEGER NOT NULL REFERENCES contract (id),
  PRIMARY KEY (workspace_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX workspace_contract_contract ON workspace_contract (contract_id);

CREATE TABLE workspace_package (
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  package_id   INTEGER NOT NULL REFERENCES package (id),
  attached_on  INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, package_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX workspace_package_package ON workspace_package (package_id);

-- People named on a contract. An empty workspace means the customer's default one.
CREATE TABLE contact (
  id           INTEGER PRIMARY KEY,
  contract_id  INTEGER NOT NULL REFERENCES contract (id),
  workspace_id INTEGER REFERENCES workspace (id),
  account      TEXT NOT NULL COLLATE NOCASE,
  name         TEXT NOT NULL,
  role         TEXT NOT NULL CHECK (role IN ('service-admin', 'support-contact')),
  account_kind TEXT NOT NULL CHECK (account_kind IN ('work', 'personal')),
  language     TEXT,
  phone        TEXT,
  since_on     INTEGER NOT NULL,
  until_on     INTEGER CHECK (until_on >= since_on)
) STRICT;
CREATE UNIQUE INDEX contact_key ON contact (contract_id, account, role, ifnull(workspace_id, 0));
CREATE INDEX contact_workspace ON contact (workspace_id);
CREATE INDEX contact_account ON contact (account);

CREATE TABLE member (
  id              INTEGER PRIMARY KEY,
  workspace_id    INTEGER NOT NULL REFERENCES workspace (id),
  account         TEXT NOT NULL COLLATE NOCASE,
  name            TEXT NOT NULL,
  account_kind    TEXT NOT NULL CHECK (account_kind IN ('work', 'personal')),
  status          TEXT NOT NULL CHECK (status IN ('invited', 'registered', 'directory', 'expired', 'removed')),
  support_contact INTEGER NOT NULL DEFAULT 0 CHECK (support_contact IN (0, 1)),
  service_admin   INTEGER NOT NULL DEFAULT 0 CHECK (service_admin IN (0, 1)),
  language        TEXT,
  invited_at      INTEGER NOT NULL,
  UNIQUE (workspace_id, account)
) STRICT;

CREATE TABLE support_case (
  id             INTEGER PRIMARY KEY,
  number         TEXT NOT NULL UNIQUE,
  workspace_id   INTEGER NOT NULL REFERENCES workspace (id),
  contract_id    INTEGER REFERENCES contract (id),
  package_id     INTEGER REFERENCES package (id),
  entitlement_id INTEGER REFERENCES entitlement (id),
  kind           TEXT NOT NULL CHECK (kind IN ('problem-resolution', 'advisory')),
  class          TEXT,
  severity       TEXT NOT NULL CHECK (severity IN ('A', 'B', 'C')),
  state          TEXT NOT NULL,
  product        TEXT,
  title          TEXT NOT NULL,
  contact        TEXT,
  opened_at      INTEGER NOT NULL,
  closed_at      INTEGER CHECK (closed_at >= opened_at)
) STRICT;
CREATE INDEX case_workspace ON support_case (workspace_id, opened_at);

CREATE TABLE engagement (
  id               INTEGER PRIMARY KEY,
  code             TEXT NOT NULL UNIQUE,
  workspace_id     INTEGER NOT NULL REFERENCES workspace (id),
  entitlement_id   INTEGER NOT NULL REFERENCES entitlement (id),
  kind             TEXT NOT NULL CHECK (kind IN ('workshop', 'dse', 'credit-funded')),
  title            TEXT NOT NULL,
  status           TEXT NOT NULL CHECK (status IN ('planned', 'in-progress', 'delivered', 'cancelled')),
  planned_on       INTEGER,
  delivered_on     INTEGER,
  planned_quantity INTEGER,
  contact          TEXT
) STRICT;
CREATE INDEX engagement_workspace ON engagement (workspace_id);

CREATE TABLE learning (
  id              INTEGER PRIMARY KEY,
  code            TEXT NOT NULL UNIQUE,
  workspace_id    INTEGER NOT NULL REFERENCES workspace (id),
  learner_account TEXT NOT NULL,
  learner_name    TEXT NOT NULL,
  title           TEXT NOT NULL,
  format          TEXT,
  product         TEXT,
  level           TEXT,
  language        TEXT,
  status          TEXT NOT NULL CHECK (status IN ('registered', 'started', 'completed')),
  started_on      INTEGER CHECK ((started_on IS NULL) = (status = 'registered')),
  completed_on    INTEGER CHECK (completed_on >= started_on),
  entitlement_id  INTEGER REFERENCES entitlement (id)
) STRICT;
CREATE INDEX learning_workspace ON learning (workspace_id, started_on);

CREATE TABLE assessment (
  id             INTEGER PRIMARY KEY,
  code           TEXT NOT NULL UNIQUE,
  workspace_id   INTEGER NOT NULL REFERENCES workspace (id),
  name           TEXT NOT NULL,
  technology     TEXT NOT NULL,
  set_up_on      INTEGER NOT NULL,
  last_run_on    INTEGER,
  status         TEXT NOT NULL CHECK (status IN ('active', 'inactive')),
  high_priority  INTEGER NOT NULL DEFAULT 0,
  low_priority   INTEGER NOT NULL DEFAULT 0,
  passed_checks  INTEGER NOT NULL DEFAULT 0,
  entitlement_id INTEGER REFERENCES entitlement (id)
) STRICT;
CREATE INDEX assessment_workspace ON assessment (workspace_id);

-- Where entries come from: a source gives each of its keys once (L-2).
CREATE TABLE source (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- One act of recording, shared by every entry it wrote: who and when (L-2).
CREATE TABLE recording (
  id          INTEGER PRIMARY KEY,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger (
  id             INTEGER PRIMARY KEY,
  entitlement_id INTEGER NOT NULL REFERENCES entitlement (id),
  workspace_id   INTEGER NOT NULL REFERENCES workspace (id),
  delivered_on   INTEGER NOT NULL,
  quantity       INTEGER NOT NULL CHECK (quantity <> 0),
  reference      TEXT,
  note           TEXT,
  source_id      INTEGER NOT NULL REFERENCES source (id),
  source_key     TEXT NOT NULL,
  recording_id   INTEGER NOT NULL REFERENCES recording (id),
  late           INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
  corrects       INTEGER REFERENCES ledger (id),
  reason         TEXT CHECK ((reason IS NOT NULL) = (corrects IS NOT NULL)),
  draw           TEXT
) STRICT;
CREATE UNIQUE INDEX ledger_source_key ON ledger (source_id, source_key);
CREATE INDEX ledger_entitlement ON ledger (entitlement_id, delivered_on, workspace_id, quantity);
CREATE UNIQUE INDEX ledger_corrects ON ledger (corrects) WHERE corrects IS NOT NULL;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT raise(ABORT, 'the ledger is append-only (L-1)'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT raise(ABORT, 'the ledger is append-only (L-1)'); END;

-- Kept totals: what the report reads. Their only writer is the code that appends to the ledger.
CREATE TABLE ledger_total (
  entitlement_id INTEGER NOT NULL REFERENCES entitlement (id),
  workspace_id   INTEGER NOT NULL REFERENCES workspace (id),
  consumed       INTEGER NOT NULL,
  entries        INTEGER NOT NULL,
  last_day       INTEGER NOT NULL,
  PRIMARY KEY (entitlement_id, workspace_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_total_workspace ON ledger_total (workspace_id, entitlement_id, consumed, entries, last_day);

-- Every change, chained by hash (X-1, X-2). A record of a recording carries a digest of the entries it wrote.
CREATE TABLE audit (
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  on_behalf TEXT,
  action    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  before    TEXT,
  after     TEXT,
  reason    TEXT,
  ticket    TEXT,
  origin    TEXT NOT NULL,
  hash      BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit trail is append-only (X-2)'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit trail is append-only (X-2)'); END;

-- The end of the chain, so that records cut off its tail are missed as well.
CREATE TABLE audit_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  id   INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
INSERT INTO audit_head VALUES (1, 0, zeroblob(32));
