-- People and what they may see: invitations, roles, groups and shares.

-- A secret is kept as its SHA-256 only. A removed person keeps registered_at, by which a restore knows them again.
ALTER TABLE member ADD COLUMN expires_at INTEGER;
ALTER TABLE member ADD COLUMN code_hash BLOB;
ALTER TABLE member ADD COLUMN sent INTEGER NOT NULL DEFAULT 1;
ALTER TABLE member ADD COLUMN registered_at INTEGER;
ALTER TABLE member ADD COLUMN removed_at INTEGER;
ALTER TABLE member ADD COLUMN label TEXT;
ALTER TABLE member ADD COLUMN default_group_id INTEGER REFERENCES team (id);
CREATE INDEX member_account ON member (account);
CREATE UNIQUE INDEX member_code ON member (code_hash) WHERE code_hash IS NOT NULL;
UPDATE member SET expires_at = invited_at + 30 * 86400 WHERE status = 'invited';
UPDATE member SET registered_at = invited_at WHERE status IN ('registered', 'directory');

-- Roles of one workspace (R-1). The support-contact mark is no role; it stands in member.
CREATE TABLE member_role (
  member_id INTEGER NOT NULL REFERENCES member (id),
  role      TEXT NOT NULL,
  PRIMARY KEY (member_id, role)
) STRICT, WITHOUT ROWID;

-- Global administrators; they need no membership.
CREATE TABLE administrator (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  account     TEXT NOT NULL COLLATE NOCASE,
  name        TEXT NOT NULL,
  UNIQUE (customer_id, account)
) STRICT;
CREATE INDEX administrator_account ON administrator (account);

-- Groups of a workspace (R-4); "group" is a word of SQL.
CREATE TABLE team (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  code         TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('local', 'directory')),
  tenant       TEXT CHECK ((tenant IS NOT NULL) = (kind = 'directory')),
  object_id    TEXT CHECK ((object_id IS NOT NULL) = (kind = 'directory')),
  UNIQUE (workspace_id, name)
) STRICT;
CREATE UNIQUE INDEX team_object ON team (workspace_id, tenant, object_id) WHERE kind = 'directory';

CREATE TABLE team_member (
  team_id   INTEGER NOT NULL REFERENCES team (id),
  member_id INTEGER NOT NULL REFERENCES member (id),
  PRIMARY KEY (team_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_member_member ON team_member (member_id);

CREATE TABLE team_role (
  team_id INTEGER NOT NULL REFERENCES team (id),
  role    TEXT NOT NULL,
  PRIMARY KEY (team_id, role)
) STRICT, WITHOUT ROWID;

-- V-2: a case is shared with people, V-6: and with at most one group at a time.
CREATE TABLE case_share (
  case_id INTEGER NOT NULL REFERENCES support_case (id),
  account TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (case_id, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_share_account ON case_share (account);
ALTER TABLE support_case ADD COLUMN team_id INTEGER REFERENCES team (id);
CREATE INDEX case_team ON support_case (team_id) WHERE team_id IS NOT NULL;

-- V-3: whoever was named when the case was created; a later hand-over changes `contact` alone.
ALTER TABLE support_case ADD COLUMN named_contact TEXT COLLATE NOCASE;
UPDATE support_case SET named_contact = contact;
CREATE INDEX case_named ON support_case (named_contact) WHERE named_contact IS NOT NULL;

-- The administrator that a workspace was made with (W-1) is its first member.
INSERT INTO member (workspace_id, account, name, account_kind, status, invited_at, expires_at)
  SELECT id, administrator, administrator, 'work', 'invited', unixepoch(), unixepoch() + 30 * 86400 FROM workspace
  WHERE administrator IS NOT NULL ON CONFLICT DO NOTHING;
INSERT INTO member_role (member_id, role)
  SELECT m.id, 'workspace-admin' FROM workspace w JOIN member m ON m.workspace_id = w.id AND m.account = w.administrator;

-- Who holds what, from every place where a role can come from: the one definition that checks, lists and exports read.
-- An invited, expired or removed person holds nothing.
CREATE VIEW holding (account, role, customer_id, workspace_id, contract_id, team_id) AS
  SELECT csam COLLATE NOCASE, 'csam', customer_id, NULL, id, NULL FROM contract WHERE csam IS NOT NULL
  UNION ALL SELECT account_coordinator COLLATE NOCASE, 'account-coordinator', customer_id, NULL, id, NULL FROM contract
    WHERE account_coordinator IS NOT NULL
  UNION ALL SELECT incident_manager COLLATE NOCASE, 'incident-manager', customer_id, NULL, id, NULL FROM contract
    WHERE incident_manager IS NOT NULL
  UNION ALL SELECT account, 'global-admin', customer_id, NULL, NULL, NULL FROM administrator
  UNION ALL SELECT m.account, 'member', w.customer_id, w.id, NULL, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.status IN ('registered', 'directory')
  UNION ALL SELECT m.account, 'service-admin', w.customer_id, w.id, NULL, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.service_admin = 1 AND w.is_default = 1 AND m.status IN ('registered', 'directory')
  UNION ALL SELECT m.account, 'support-contact', w.customer_id, w.id, NULL, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.support_contact = 1 AND m.status IN ('registered', 'directory')
  UNION ALL SELECT m.account, r.role, w.customer_id, w.id, NULL, NULL FROM member m JOIN workspace w ON w.id = m.workspace_id
    JOIN member_role r ON r.member_id = m.id WHERE m.status IN ('registered', 'directory')
  UNION ALL SELECT m.account, r.role, w.customer_id, w.id, NULL, g.id FROM member m JOIN workspace w ON w.id = m.workspace_id
    JOIN team_member t ON t.member_id = m.id JOIN team g ON g.id = t.team_id JOIN team_role r ON r.team_id = g.id
    WHERE m.status IN ('registered', 'directory');

CREATE INDEX contract_csam ON contract (csam COLLATE NOCASE) WHERE csam IS NOT NULL;
CREATE INDEX contract_coordinator ON contract (account_coordinator COLLATE NOCASE) WHERE account_coordinator IS NOT NULL;
CREATE INDEX contract_incidents ON contract (incident_manager COLLATE NOCASE) WHERE incident_manager IS NOT NULL;

-- Packages of which the caller sees only a part. Here nobody is the caller, so it is empty; see sight.rs.
CREATE VIEW partial_package (id) AS SELECT 0 WHERE 0;
