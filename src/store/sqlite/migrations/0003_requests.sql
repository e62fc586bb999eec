-- Support requests, their targets, and what partners need to file for their customers.

-- A request that a partner files belongs to the customer and that partner; it needs no workspace. SQLite cannot
-- take a NOT NULL away, so the table is made anew.
CREATE TABLE support_case_new (
  id             INTEGER PRIMARY KEY,
  number         TEXT NOT NULL UNIQUE,
  workspace_id   INTEGER REFERENCES workspace (id),
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
  closed_at      INTEGER CHECK (closed_at >= opened_at),
  team_id        INTEGER REFERENCES team (id),
  named_contact  TEXT COLLATE NOCASE,
  -- Of a request filed by a partner (B-10).
  customer_id    INTEGER REFERENCES customer (id),
  partner_id     INTEGER REFERENCES partner (id),
  context        TEXT,
  subscription   TEXT,
  not_covered_by TEXT,
  because        TEXT,
  -- How it was filed.
  filed_by       TEXT COLLATE NOCASE,
  description    TEXT,
  category       TEXT,
  language       TEXT,
  country        TEXT,
  around_the_clock INTEGER NOT NULL DEFAULT 0 CHECK (around_the_clock IN (0, 1)),
  plan           TEXT,
  -- How it went on.
  assignee       TEXT COLLATE NOCASE,
  responded_at   INTEGER,
  resolved_at    INTEGER,
  resolution     TEXT,
  CHECK ((workspace_id IS NULL) = (partner_id IS NOT NULL)),
  CHECK ((partner_id IS NULL) = (customer_id IS NULL))
) STRICT;
INSERT INTO support_case_new (id, number, workspace_id, contract_id, package_id, entitlement_id, kind, class, severity, state, product,
    title, contact, opened_at, closed_at, team_id, named_contact)
  SELECT id, number, workspace_id, contract_id, package_id, entitlement_id, kind, class, severity, state, product,
    title, contact, opened_at, closed_at, team_id, named_contact FROM support_case;
DROP TABLE support_case;
ALTER TABLE support_case_new RENAME TO support_case;
CREATE INDEX case_workspace ON support_case (workspace_id, opened_at);
CREATE INDEX case_team ON support_case (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX case_named ON support_case (named_contact) WHERE named_contact IS NOT NULL;
CREATE INDEX case_customer ON support_case (customer_id, partner_id) WHERE customer_id IS NOT NULL;
CREATE INDEX case_awaited ON support_case (opened_at) WHERE state IN ('open', 'in-progress', 'awaiting-customer');

-- What happened to a request, in order: notes, and every change of state, severity, contact or assignee.
CREATE TABLE case_event (
  id      INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES support_case (id),
  at      INTEGER NOT NULL,
  account TEXT NOT NULL,
  kind    TEXT NOT NULL,
  before  TEXT,
  after   TEXT,
  text    TEXT
) STRICT;
CREATE INDEX case_event_case ON case_event (case_id, id);

CREATE TABLE case_file (
  id      INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES support_case (id),
  at      INTEGER NOT NULL,
  account TEXT NOT NULL,
  name    TEXT NOT NULL,
  size    INTEGER NOT NULL,
  sha256  BLOB NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (case_id, name)
) STRICT;

-- The last number of each day (UTC): a number is given once and never again, in order.
CREATE TABLE case_number (
  day  INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

-- Q-1: a key and the digest of what was filed with it.
CREATE TABLE filing_key (
  account TEXT NOT NULL COLLATE NOCASE,
  key     TEXT NOT NULL,
  content BLOB NOT NULL,
  case_id INTEGER NOT NULL REFERENCES support_case (id),
  at      INTEGER NOT NULL,
  PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;

-- Partners, their people and customers (4-partner.md), as far as filing asks about them.
CREATE TABLE partner (
  id            INTEGER PRIMARY KEY,
  code          TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('direct-bill', 'indirect-provider', 'indirect-reseller')),
  domain        TEXT NOT NULL UNIQUE COLLATE NOCASE,
  provider_id   INTEGER REFERENCES partner (id),
  support_level TEXT CHECK (support_level IN ('advanced', 'premier')),
  -- P-1: what its customers are shown.
  mail          TEXT,
  phone         TEXT,
  site          TEXT,
  hours         TEXT,
  languages     TEXT,
  charges       TEXT,
  structure     TEXT CHECK (structure IN ('own', 'outsourced', 'resold')),
  structure_by  TEXT,
  CHECK (provider_id IS NULL OR kind = 'indirect-reseller')
) STRICT;

CREATE TABLE partner_person (
  partner_id INTEGER NOT NULL REFERENCES partner (id),
  account    TEXT NOT NULL COLLATE NOCASE,
  role       TEXT NOT NULL CHECK (role IN ('partner-admin', 'admin-agent', 'helpdesk-agent', 'sales-agent')),
  name       TEXT NOT NULL,
  PRIMARY KEY (partner_id, account, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX partner_person_account ON partner_person (account);

-- A plan of the partner's own, for its own tenant (B-5).
CREATE TABLE partner_plan (
  id         INTEGER PRIMARY KEY,
  partner_id INTEGER NOT NULL REFERENCES partner (id),
  code       TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL CHECK (kind IN ('partner-contract', 'premier', 'azure-plan')),
  starts_on  INTEGER NOT NULL,
  ends_on    INTEGER NOT NULL CHECK (ends_on >= starts_on)
) STRICT;

-- Several partners may serve one customer; one of them is of record.
CREATE TABLE relationship (
  partner_id  INTEGER NOT NULL REFERENCES partner (id),
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  status      TEXT NOT NULL CHECK (status IN ('requested', 'active', 'removed')),
  of_record   INTEGER NOT NULL DEFAULT 0 CHECK (of_record IN (0, 1)),
  since_on    INTEGER NOT NULL,
  PRIMARY KEY (partner_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX relationship_of_record ON relationship (customer_id) WHERE of_record = 1 AND status = 'active';
CREATE INDEX relationship_customer ON relationship (customer_id);

-- Security groups of a partner, which delegated roles are assigned to.
CREATE TABLE security_group (
  id         INTEGER PRIMARY KEY,
  partner_id INTEGER NOT NULL REFERENCES partner (id),
  name       TEXT NOT NULL,
  UNIQUE (partner_id, name)
) STRICT;

CREATE TABLE security_group_member (
  group_id INTEGER NOT NULL REFERENCES security_group (id),
  account  TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (group_id, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX security_group_account ON security_group_member (account);

CREATE TABLE delegation (
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL UNIQUE,
  partner_id  INTEGER NOT NULL REFERENCES partner (id),
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  name        TEXT NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('created', 'approval-pending', 'approved', 'activating', 'active', 'expiring',
                'expired', 'termination-requested', 'terminating', 'terminated')),
  starts_at   INTEGER,
  ends_at     INTEGER,
  UNIQUE (partner_id, name)
) STRICT;
CREATE INDEX delegation_customer ON delegation (customer_id, partner_id);

CREATE TABLE delegation_role (
  delegation_id INTEGER NOT NULL REFERENCES delegation (id),
  role          TEXT NOT NULL,
  group_id      INTEGER REFERENCES security_group (id)
) STRICT;
CREATE UNIQUE INDEX delegation_role_key ON delegation_role (delegation_id, role, ifnull(group_id, 0));

CREATE TABLE product (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE COLLATE NOCASE,
  family    TEXT CHECK (family IN ('azure', 'microsoft-365', 'dynamics-365', 'ems')),
  publisher TEXT,
  link      TEXT,
  mail      TEXT,
  phone     TEXT,
  CHECK (publisher IS NULL OR family IS NULL)
) STRICT;

CREATE TABLE subscription (
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  partner_id  INTEGER NOT NULL REFERENCES partner (id),
  product_id  INTEGER NOT NULL REFERENCES product (id),
  name        TEXT NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'cancelled', 'expired')),
  quantity    INTEGER NOT NULL DEFAULT 1,
  starts_on   INTEGER NOT NULL,
  ends_on     INTEGER
) STRICT;
CREATE INDEX subscription_customer ON subscription (customer_id, partner_id);

-- Roles on a subscription that let their holder file for it: a person's, or a group's; of a reseller when its
-- provider has given it access (B-4).
CREATE TABLE subscription_role (
  id              INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  role            TEXT NOT NULL,
  account         TEXT COLLATE NOCASE,
  group_id        INTEGER REFERENCES security_group (id),
  partner_id      INTEGER REFERENCES partner (id),
  CHECK ((account IS NOT NULL) + (group_id IS NOT NULL) + (partner_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX subscription_role_key
  ON subscription_role (subscription_id, role, ifnull(account, ''), ifnull(group_id, 0), ifnull(partner_id, 0));

-- Known issues of a service (B-2, G-10).
CREATE TABLE health_issue (
  id             INTEGER PRIMARY KEY,
  code           TEXT NOT NULL UNIQUE,
  service        TEXT NOT NULL COLLATE NOCASE,
  title          TEXT NOT NULL,
  classification TEXT NOT NULL CHECK (classification IN ('advisory', 'incident')),
  status         TEXT NOT NULL,
  region         TEXT,
  impact         TEXT,
  started_at     INTEGER NOT NULL,
  ended_at       INTEGER
) STRICT;
CREATE INDEX health_service ON health_issue (service) WHERE ended_at IS NULL;

CREATE TABLE health_update (
  issue_id INTEGER NOT NULL REFERENCES health_issue (id),
  at       INTEGER NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (issue_id, at)
) STRICT, WITHOUT ROWID;

-- P-2: what came in from a customer, and whether it was solved without escalation.
CREATE TABLE intake (
  id          INTEGER PRIMARY KEY,
  partner_id  INTEGER NOT NULL REFERENCES partner (id),
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  at          INTEGER NOT NULL,
  account     TEXT NOT NULL COLLATE NOCASE,
  reporter    TEXT,
  title       TEXT NOT NULL,
  diagnosis   TEXT NOT NULL,
  outcome     TEXT NOT NULL CHECK (outcome IN ('solved', 'escalated', 'open')),
  case_id     INTEGER REFERENCES support_case (id)
) STRICT;
CREATE INDEX intake_customer ON intake (partner_id, customer_id, at);

-- Response targets and the calendars that they are counted in (S-2, S-3): data, shipped with defaults.

CREATE TABLE calendar (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  zone TEXT,          -- none: the time zone of the request's contract
  week TEXT NOT NULL  -- such as 'mon-fri 09:00-17:00'
) STRICT;

CREATE TABLE holiday (
  calendar_id INTEGER NOT NULL REFERENCES calendar (id),
  day         INTEGER NOT NULL,
  name        TEXT NOT NULL,
  PRIMARY KEY (calendar_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE target (
  id          INTEGER PRIMARY KEY,
  plan        TEXT NOT NULL COLLATE NOCASE,
  severity    TEXT CHECK (severity IN ('A', 'B', 'C')),
  kind        TEXT CHECK (kind IN ('problem-resolution', 'advisory')),
  language    TEXT COLLATE NOCASE,
  minutes     INTEGER NOT NULL CHECK (minutes > 0),
  calendar_id INTEGER NOT NULL REFERENCES calendar (id),
  pauses      INTEGER NOT NULL DEFAULT 1 CHECK (pauses IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX target_key ON target (plan, ifnull(severity, ''), ifnull(kind, ''), ifnull(language, ''));

INSERT INTO calendar (id, name, zone, week) VALUES
  (1, '24x7', 'UTC', '24x7'),
  (2, 'business', NULL, 'mon-fri 09:00-17:00');

-- The defaults of S-2. A business day is the eight hours of the calendar above.
INSERT INTO target (plan, severity, kind, language, minutes, calendar_id) VALUES
  ('csp', 'A', 'problem-resolution', 'en', 120, 1),
  ('csp', 'B', 'problem-resolution', 'en', 240, 1),
  ('csp', 'C', 'problem-resolution', 'en', 480, 1),
  ('csp', 'A', 'problem-resolution', NULL, 120, 2),
  ('csp', 'B', 'problem-resolution', NULL, 240, 2),
  ('csp', 'C', 'problem-resolution', NULL, 480, 2),
  ('csp', NULL, NULL, NULL, 480, 2),
  ('unified', 'A', NULL, NULL, 60, 1),
  ('unified', 'B', NULL, NULL, 240, 2),
  ('unified', 'C', NULL, NULL, 240, 2);

-- The people of partners hold their roles at the partner.
DROP VIEW holding;
CREATE VIEW holding (account, role, customer_id, workspace_id, contract_id, team_id, partner_id) AS
  SELECT csam COLLATE NOCASE, 'csam', customer_id, NULL, id, NULL, NULL FROM contract WHERE csam IS NOT NULL
  UNION ALL SELECT account_coordinator COLLATE NOCASE, 'account-coordinator', customer_id, NULL, id, NULL, NULL FROM contract
    WHERE account_coordinator IS NOT NULL
  UNION ALL SELECT incident_manager COLLATE NOCASE, 'incident-manager', customer_id, NULL, id, NULL, NULL FROM contract
    WHERE incident_manager IS NOT NULL
  UNION ALL SELECT account, 'global-admin', customer_id, NULL, NULL, NULL, NULL FROM administrator
  UNION ALL SELECT m.account, 'member', w.customer_id, w.id, NULL, NULL, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.status IN ('registered', 'directory')
  UNION ALL SELECT m.account, 'service-admin', w.customer_id, w.id, NULL, NULL, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.service_admin = 1 AND w.is_default = 1 AND m.status IN ('registered', 'directory')
  UNION ALL SELECT m.account, 'support-contact', w.customer_id, w.id, NULL, NULL, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.support_contact = 1 AND m.status IN ('registered', 'directory')
  UNION ALL SELECT m.account, r.role, w.customer_id, w.id, NULL, NULL, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    JOIN member_role r ON r.member_id = m.id WHERE m.status IN ('registered', 'directory')
  UNION ALL SELECT m.account, r.role, w.customer_id, w.id, NULL, g.id, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    JOIN team_member t ON t.member_id = m.id JOIN team g ON g.id = t.team_id JOIN team_role r ON r.team_id = g.id
    WHERE m.status IN ('registered', 'directory')
  UNION ALL SELECT account, role, NULL, NULL, NULL, NULL, partner_id FROM partner_person;
