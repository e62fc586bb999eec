-- Partners: their people, customers, delegated access and subscriptions, and the requests that they file.

-- A request of a partner belongs to that partner and to its customer, or to its own tenant; it needs no workspace.
-- A NOT NULL cannot be taken away, so the table is made anew.
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
  filed_by       TEXT COLLATE NOCASE,
  description    TEXT,
  category       TEXT,
  language       TEXT,
  country        TEXT,
  around_the_clock INTEGER NOT NULL DEFAULT 0 CHECK (around_the_clock IN (0, 1)),
  assignee       TEXT COLLATE NOCASE,
  responded_at   INTEGER,
  resolved_at    INTEGER,
  resolution     TEXT,
  -- Of a partner's request: whose context it was filed in (B-10; no customer: the partner's own tenant), what it
  -- concerns, the plan whose targets hold (S-2), and why a known issue does not explain it (B-2).
  partner_id     INTEGER REFERENCES partner (id),
  customer_id    INTEGER REFERENCES customer (id),
  family         TEXT,
  subscription   TEXT,
  plan           TEXT,
  not_covered_by TEXT,
  because        TEXT,
  CHECK ((workspace_id IS NULL) = (partner_id IS NOT NULL)),
  CHECK (customer_id IS NULL OR partner_id IS NOT NULL)
) STRICT;
INSERT INTO support_case_new (id, number, workspace_id, contract_id, package_id, entitlement_id, kind, class, severity, state, product,
    title, contact, opened_at, closed_at, team_id, named_contact, filed_by, description, category, language, country,
    around_the_clock, assignee, responded_at, resolved_at, resolution)
  SELECT id, number, workspace_id, contract_id, package_id, entitlement_id, kind, class, severity, state, product,
    title, contact, opened_at, closed_at, team_id, named_contact, filed_by, description, category, language, country,
    around_the_clock, assignee, responded_at, resolved_at, resolution FROM support_case;
DROP TABLE support_case;
ALTER TABLE support_case_new RENAME TO support_case;
CREATE INDEX case_workspace ON support_case (workspace_id, opened_at);
CREATE INDEX case_team ON support_case (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX case_named ON support_case (named_contact) WHERE named_contact IS NOT NULL;
CREATE INDEX case_waiting ON support_case (opened_at) WHERE responded_at IS NULL AND state IN ('open', 'in-progress', 'awaiting-customer');
CREATE INDEX case_partner ON support_case (partner_id, customer_id) WHERE partner_id IS NOT NULL;

CREATE TABLE partner (
  id            INTEGER PRIMARY KEY,
  code          TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('direct-bill', 'indirect-provider', 'indirect-reseller')),
  domain        TEXT NOT NULL UNIQUE COLLATE NOCASE,
  provider_id   INTEGER REFERENCES partner (id),
  time_zone     TEXT NOT NULL DEFAULT 'UTC',
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
  id         INTEGER PRIMARY KEY,
  partner_id INTEGER NOT NULL REFERENCES partner (id),
  account    TEXT NOT NULL COLLATE NOCASE,
  name       TEXT NOT NULL,
  UNIQUE (partner_id, account)
) STRICT;
CREATE INDEX partner_person_account ON partner_person (account);

CREATE TABLE partner_role (
  person_id INTEGER NOT NULL REFERENCES partner_person (id),
  role      TEXT NOT NULL CHECK (role IN ('partner-admin', 'admin-agent', 'helpdesk-agent', 'sales-agent')),
  PRIMARY KEY (person_id, role)
) STRICT, WITHOUT ROWID;

-- A plan of the partner's own, for its own tenant (B-5).
CREATE TABLE partner_plan (
  id         INTEGER PRIMARY KEY,
  partner_id INTEGER NOT NULL REFERENCES partner (id),
  code       TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL CHECK (kind IN ('partner-contract', 'premier', 'azure-plan')),
  starts_on  INTEGER NOT NULL,
  ends_on    INTEGER NOT NULL CHECK (ends_on >= starts_on)
) STRICT;

-- Several partners may serve one customer; one of them is of record (B-1, G-2).
CREATE TABLE relationship (
  id          INTEGER PRIMARY KEY,
  partner_id  INTEGER NOT NULL REFERENCES partner (id),
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  status      TEXT NOT NULL CHECK (status IN ('requested', 'active', 'removed')),
  of_record   INTEGER NOT NULL DEFAULT 0 CHECK (of_record IN (0, 1)),
  since_on    INTEGER NOT NULL,
  UNIQUE (partner_id, customer_id)
) STRICT;
CREATE UNIQUE INDEX relationship_of_record ON relationship (customer_id) WHERE of_record = 1 AND status = 'active';
CREATE INDEX relationship_customer ON relationship (customer_id);

-- Security groups of a partner, which delegated roles and roles on subscriptions are given to.
CREATE TABLE security_group (
  id         INTEGER PRIMARY KEY,
  partner_id INTEGER NOT NULL REFERENCES partner (id),
  name       TEXT NOT NULL,
  UNIQUE (partner_id, name)
) STRICT;

CREATE TABLE security_group_member (
  group_id  INTEGER NOT NULL REFERENCES security_group (id),
  person_id INTEGER NOT NULL REFERENCES partner_person (id),
  PRIMARY KEY (group_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX security_group_person ON security_group_member (person_id);

-- Delegated access (GDAP, G-3). Roles are kept by their template ids.
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
  id            INTEGER PRIMARY KEY,
  delegation_id INTEGER NOT NULL REFERENCES delegation (id),
  role          TEXT NOT NULL,
  group_id      INTEGER REFERENCES security_group (id)
) STRICT;
CREATE UNIQUE INDEX delegation_role_key ON delegation_role (delegation_id, role, ifnull(group_id, 0));

-- What requests and subscriptions are about. A product of a publisher is of the marketplace (B-7); services are what
-- known issues call it, one a line (B-2).
CREATE TABLE product (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE COLLATE NOCASE,
  family    TEXT CHECK (family IN ('azure', 'microsoft-365', 'dynamics-365', 'ems')),
  services  TEXT,
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

-- P-2: what came in from a customer, and whether it was solved within the baseline.
CREATE TABLE intake (
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL UNIQUE,
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

-- Products that everyone has at hand; more come with an import.
INSERT INTO product (name, family, services) VALUES
  ('Microsoft Azure', 'azure', 'Azure'),
  ('Microsoft 365', 'microsoft-365', 'Microsoft 365 suite' || char(10) || 'Microsoft 365 apps'),
  ('Exchange Online', 'microsoft-365', NULL),
  ('SharePoint Online', 'microsoft-365', NULL),
  ('OneDrive for Business', 'microsoft-365', NULL),
  ('Microsoft Teams', 'microsoft-365', NULL),
  ('Dynamics 365', 'dynamics-365', 'Dynamics 365 Apps'),
  ('Enterprise Mobility + Security', 'ems', 'Microsoft Intune' || char(10) || 'Microsoft Entra'),
  ('Microsoft Intune', 'ems', NULL),
  ('Microsoft Entra', 'ems', 'Identity Service');

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
  UNION ALL SELECT q.account, r.role, NULL, NULL, NULL, NULL, q.partner_id FROM partner_person q JOIN partner_role r ON r.person_id = q.id;
