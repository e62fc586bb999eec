-- The layout of PostgreSQL, as the migrations 0001 to 0004 of SQLite make it there. What both have has the same name, type of
-- value and order, so that one set of statements serves both.
--
-- The tables stand in `main`. `temp` has what a person knows and sees, as views over settings of the transaction, and `shadow`
-- views of the same names as the tables, which stand before them where the search path says so. Both are made from the
-- texts that SQLite uses, after the migrations.
--
-- What belongs to a customer has the customer first in its key, so that the tables can be distributed: `customer_id` where
-- there is one, else `of_customer`, which a trigger fills from what the row hangs from.
--
-- Keys are one more than the highest, as SQLite gives them: there is one writer at a time, and a change that is taken back
-- leaves no hole. Days are integer, instants and quantities bigint, flags smallint. Text is compared by its bytes, accounts
-- in upper or lower case.

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
CREATE SCHEMA main;
SET LOCAL search_path = main, public;

CREATE TABLE layout (
  single bigint PRIMARY KEY CHECK (single = 1),
  version bigint NOT NULL
);
INSERT INTO layout VALUES (1, 0);

CREATE TABLE customer (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL UNIQUE,
  country text COLLATE "C",
  domain text COLLATE "C" UNIQUE,
  PRIMARY KEY (id)
);

CREATE TABLE contract (
  id bigint NOT NULL,
  customer_id bigint NOT NULL,
  number text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('unified', 'premier')),
  plan text COLLATE "C",
  starts_on integer NOT NULL,
  ends_on integer NOT NULL CHECK (ends_on >= starts_on),
  time_zone text COLLATE "C" NOT NULL DEFAULT 'UTC',
  csam citext COLLATE "C",
  account_coordinator citext COLLATE "C",
  incident_manager citext COLLATE "C",
  activated_at bigint,
  PRIMARY KEY (customer_id, id)
);

CREATE TABLE schedule (
  id bigint NOT NULL,
  contract_id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('base', 'add-on')),
  starts_on integer NOT NULL,
  ends_on integer NOT NULL CHECK (ends_on >= starts_on),
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE package (
  id bigint NOT NULL,
  schedule_id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('enterprise-wide', 'add-on')),
  starts_on integer NOT NULL,
  ends_on integer NOT NULL CHECK (ends_on >= starts_on),
  deactivated_on integer,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE entitlement (
  id bigint NOT NULL,
  package_id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  service text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL CHECK (category IN ('consumable', 'additional-benefit')),
  allowance text COLLATE "C" NOT NULL CHECK (allowance IN ('limited', 'as-needed', 'included')),
  quantity bigint CHECK ((quantity IS NOT NULL) = (allowance = 'limited')),
  unit text COLLATE "C" CHECK ((unit IS NOT NULL) = (allowance <> 'included')),
  description text COLLATE "C" NOT NULL,
  action_link text COLLATE "C",
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE workspace (
  id bigint NOT NULL,
  customer_id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  is_default smallint NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  administrator text COLLATE "C",
  allow_personal smallint NOT NULL DEFAULT 0 CHECK (allow_personal IN (0, 1)),
  archived_on integer,
  UNIQUE (customer_id, name),
  PRIMARY KEY (customer_id, id)
);

-- A workspace sees the packages attached to it (C-3); linking a contract alone shows none of them.
CREATE TABLE workspace_contract (
  workspace_id bigint NOT NULL,
  contract_id bigint NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, workspace_id, contract_id)
);

CREATE TABLE workspace_package (
  workspace_id bigint NOT NULL,
  package_id bigint NOT NULL,
  attached_on integer NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, workspace_id, package_id)
);

-- People named on a contract. An empty workspace means the customer's default one.
CREATE TABLE contact (
  id bigint NOT NULL,
  contract_id bigint NOT NULL,
  workspace_id bigint,
  account citext COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL CHECK (role IN ('service-admin', 'support-contact')),
  account_kind text COLLATE "C" NOT NULL CHECK (account_kind IN ('work', 'personal')),
  language text COLLATE "C",
  phone text COLLATE "C",
  since_on integer NOT NULL,
  until_on integer CHECK (until_on >= since_on),
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE member (
  id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  account citext COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  account_kind text COLLATE "C" NOT NULL CHECK (account_kind IN ('work', 'personal')),
  status text COLLATE "C" NOT NULL CHECK (status IN ('invited', 'registered', 'directory', 'expired', 'removed')),
  support_contact smallint NOT NULL DEFAULT 0 CHECK (support_contact IN (0, 1)),
  service_admin smallint NOT NULL DEFAULT 0 CHECK (service_admin IN (0, 1)),
  language text COLLATE "C",
  invited_at bigint NOT NULL,
  expires_at bigint,
  code_hash bytea,
  sent bigint NOT NULL DEFAULT 1,
  registered_at bigint,
  removed_at bigint,
  label text COLLATE "C",
  default_group_id bigint,
  of_customer bigint NOT NULL,
  UNIQUE (workspace_id, account),
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE engagement (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  workspace_id bigint NOT NULL,
  entitlement_id bigint NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('workshop', 'dse', 'credit-funded')),
  title text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('planned', 'in-progress', 'delivered', 'cancelled')),
  planned_on integer,
  delivered_on integer,
  planned_quantity bigint,
  contact text COLLATE "C",
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE learning (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  workspace_id bigint NOT NULL,
  learner_account text COLLATE "C" NOT NULL,
  learner_name text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  format text COLLATE "C",
  product text COLLATE "C",
  level text COLLATE "C",
  language text COLLATE "C",
  status text COLLATE "C" NOT NULL CHECK (status IN ('registered', 'started', 'completed')),
  started_on integer CHECK ((started_on IS NULL) = (status = 'registered')),
  completed_on integer CHECK (completed_on >= started_on),
  entitlement_id bigint,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE assessment (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  workspace_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  technology text COLLATE "C" NOT NULL,
  set_up_on integer NOT NULL,
  last_run_on integer,
  status text COLLATE "C" NOT NULL CHECK (status IN ('active', 'inactive')),
  high_priority bigint NOT NULL DEFAULT 0,
  low_priority bigint NOT NULL DEFAULT 0,
  passed_checks bigint NOT NULL DEFAULT 0,
  entitlement_id bigint,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

-- Where entries come from: a source gives each of its keys once (L-2).
CREATE TABLE source (
  id bigint NOT NULL,
  name text COLLATE "C" NOT NULL UNIQUE,
  PRIMARY KEY (id)
);

-- One act of recording, shared by every entry it wrote: who and when (L-2).
CREATE TABLE recording (
  id bigint NOT NULL,
  recorded_by text COLLATE "C" NOT NULL,
  recorded_at bigint NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE ledger (
  id bigint NOT NULL,
  entitlement_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  delivered_on integer NOT NULL,
  quantity bigint NOT NULL CHECK (quantity <> 0),
  reference text COLLATE "C",
  note text COLLATE "C",
  source_id bigint NOT NULL,
  source_key text COLLATE "C" NOT NULL,
  recording_id bigint NOT NULL,
  late smallint NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
  corrects bigint,
  reason text COLLATE "C" CHECK ((reason IS NOT NULL) = (corrects IS NOT NULL)),
  draw text COLLATE "C",
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

-- Kept totals: what the report reads. Their only writer is the code that appends to the ledger.
CREATE TABLE ledger_total (
  entitlement_id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  consumed bigint NOT NULL,
  entries bigint NOT NULL,
  last_day integer NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, entitlement_id, workspace_id)
);

-- Every change, chained by hash (X-1, X-2). A record of a recording carries a digest of the entries it wrote.
CREATE TABLE audit (
  id bigint NOT NULL,
  at bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  on_behalf text COLLATE "C",
  action text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  before text COLLATE "C",
  after text COLLATE "C",
  reason text COLLATE "C",
  ticket text COLLATE "C",
  origin text COLLATE "C" NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (id)
);

-- The end of the chain, so that records cut off its tail are missed as well.
CREATE TABLE audit_head (
  single bigint CHECK (single = 1),
  id bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (single)
);

-- Roles of one workspace (R-1). The support-contact mark is no role; it stands in member.
CREATE TABLE member_role (
  member_id bigint NOT NULL,
  role text COLLATE "C" NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, member_id, role)
);

-- Global administrators; they need no membership.
CREATE TABLE administrator (
  id bigint NOT NULL,
  customer_id bigint NOT NULL,
  account citext COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  UNIQUE (customer_id, account),
  PRIMARY KEY (customer_id, id)
);

-- Groups of a workspace (R-4); "group" is a word of SQL.
CREATE TABLE team (
  id bigint NOT NULL,
  workspace_id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('local', 'directory')),
  tenant text COLLATE "C" CHECK ((tenant IS NOT NULL) = (kind = 'directory')),
  object_id text COLLATE "C" CHECK ((object_id IS NOT NULL) = (kind = 'directory')),
  of_customer bigint NOT NULL,
  UNIQUE (workspace_id, name),
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE team_member (
  team_id bigint NOT NULL,
  member_id bigint NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, team_id, member_id)
);

CREATE TABLE team_role (
  team_id bigint NOT NULL,
  role text COLLATE "C" NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, team_id, role)
);

-- V-2: a case is shared with people, V-6: and with at most one group at a time.
CREATE TABLE case_share (
  case_id bigint NOT NULL,
  account citext COLLATE "C" NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, case_id, account)
);

-- What happened to a request, in order: notes, and every change of state, severity, contact or assignee.
CREATE TABLE case_event (
  id bigint NOT NULL,
  case_id bigint NOT NULL,
  at bigint NOT NULL,
  account text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  before text COLLATE "C",
  after text COLLATE "C",
  text text COLLATE "C",
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE case_file (
  id bigint NOT NULL,
  case_id bigint NOT NULL,
  at bigint NOT NULL,
  account text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  size bigint NOT NULL,
  sha256 bytea NOT NULL,
  content bytea NOT NULL,
  of_customer bigint NOT NULL,
  UNIQUE (case_id, name),
  PRIMARY KEY (of_customer, id)
);

-- Service health (G-10): known issues and what was said of them, in order. The status is the vendor's word.
CREATE TABLE health_issue (
  id bigint NOT NULL,
  code citext COLLATE "C" NOT NULL UNIQUE,
  service citext COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  classification text COLLATE "C" NOT NULL CHECK (classification IN ('advisory', 'incident')),
  status text COLLATE "C" NOT NULL,
  region text COLLATE "C",
  impact text COLLATE "C",
  started_at bigint NOT NULL,
  ended_at bigint,
  PRIMARY KEY (id)
);

CREATE TABLE health_update (
  id bigint NOT NULL,
  issue_id bigint NOT NULL,
  at bigint NOT NULL,
  text text COLLATE "C" NOT NULL,
  PRIMARY KEY (id)
);

-- The last number of each day (UTC): a number is given once and never again, in order.
CREATE TABLE case_number (
  day integer,
  last bigint NOT NULL,
  PRIMARY KEY (day)
);

-- Q-1: a key and the digest of what was filed with it.
CREATE TABLE filing_key (
  account citext COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  content bytea NOT NULL,
  case_id bigint NOT NULL,
  at bigint NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, account, key)
);

CREATE TABLE calendar (
  id bigint NOT NULL,
  name citext COLLATE "C" NOT NULL UNIQUE,
  zone text COLLATE "C",
  week text COLLATE "C" NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE holiday (
  id bigint NOT NULL,
  calendar_id bigint NOT NULL,
  day integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  UNIQUE (calendar_id, day),
  PRIMARY KEY (id)
);

CREATE TABLE target (
  id bigint NOT NULL,
  plan citext COLLATE "C" NOT NULL,
  severity text COLLATE "C" CHECK (severity IN ('A', 'B', 'C')),
  kind text COLLATE "C" CHECK (kind IN ('problem-resolution', 'advisory')),
  language citext COLLATE "C",
  minutes bigint NOT NULL CHECK (minutes > 0),
  calendar_id bigint NOT NULL,
  pauses smallint NOT NULL DEFAULT 1 CHECK (pauses IN (0, 1)),
  PRIMARY KEY (id)
);

-- A request of a partner belongs to that partner and to its customer, or to its own tenant; it needs no workspace.
-- A NOT NULL cannot be taken away, so the table is made anew.
CREATE TABLE support_case (
  id bigint NOT NULL,
  number text COLLATE "C" NOT NULL UNIQUE,
  workspace_id bigint,
  contract_id bigint,
  package_id bigint,
  entitlement_id bigint,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('problem-resolution', 'advisory')),
  class text COLLATE "C",
  severity text COLLATE "C" NOT NULL CHECK (severity IN ('A', 'B', 'C')),
  state text COLLATE "C" NOT NULL,
  product text COLLATE "C",
  title text COLLATE "C" NOT NULL,
  contact citext COLLATE "C",
  opened_at bigint NOT NULL,
  closed_at bigint CHECK (closed_at >= opened_at),
  team_id bigint,
  named_contact citext COLLATE "C",
  filed_by citext COLLATE "C",
  description text COLLATE "C",
  category text COLLATE "C",
  language text COLLATE "C",
  country text COLLATE "C",
  around_the_clock smallint NOT NULL DEFAULT 0 CHECK (around_the_clock IN (0, 1)),
  assignee citext COLLATE "C",
  responded_at bigint,
  resolved_at bigint,
  resolution text COLLATE "C",
  -- Of a partner's request: whose context it was filed in (B-10; no customer: the partner's own tenant), what it
  -- concerns, the plan whose targets hold (S-2), and why a known issue does not explain it (B-2).
  partner_id bigint,
  customer_id bigint,
  family text COLLATE "C",
  subscription text COLLATE "C",
  plan text COLLATE "C",
  not_covered_by text COLLATE "C",
  because text COLLATE "C",
  of_customer bigint NOT NULL,
  CHECK ((workspace_id IS NULL) = (partner_id IS NOT NULL)),
  CHECK (customer_id IS NULL OR partner_id IS NOT NULL),
  PRIMARY KEY (of_customer, id)
);

CREATE TABLE partner (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('direct-bill', 'indirect-provider', 'indirect-reseller')),
  domain citext COLLATE "C" NOT NULL UNIQUE,
  provider_id bigint,
  time_zone text COLLATE "C" NOT NULL DEFAULT 'UTC',
  support_level text COLLATE "C" CHECK (support_level IN ('advanced', 'premier')),
  -- P-1: what its customers are shown.
  mail text COLLATE "C",
  phone text COLLATE "C",
  site text COLLATE "C",
  hours text COLLATE "C",
  languages text COLLATE "C",
  charges text COLLATE "C",
  structure text COLLATE "C" CHECK (structure IN ('own', 'outsourced', 'resold')),
  structure_by text COLLATE "C",
  CHECK (provider_id IS NULL OR kind = 'indirect-reseller'),
  PRIMARY KEY (id)
);

CREATE TABLE partner_person (
  id bigint NOT NULL,
  partner_id bigint NOT NULL,
  account citext COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  UNIQUE (partner_id, account),
  PRIMARY KEY (id)
);

CREATE TABLE partner_role (
  person_id bigint NOT NULL,
  role text COLLATE "C" NOT NULL CHECK (role IN ('partner-admin', 'admin-agent', 'helpdesk-agent', 'sales-agent')),
  PRIMARY KEY (person_id, role)
);

-- A plan of the partner's own, for its own tenant (B-5).
CREATE TABLE partner_plan (
  id bigint NOT NULL,
  partner_id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('partner-contract', 'premier', 'azure-plan')),
  starts_on integer NOT NULL,
  ends_on integer NOT NULL CHECK (ends_on >= starts_on),
  PRIMARY KEY (id)
);

-- Several partners may serve one customer; one of them is of record (B-1, G-2).
CREATE TABLE relationship (
  id bigint NOT NULL,
  partner_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('requested', 'active', 'removed')),
  of_record smallint NOT NULL DEFAULT 0 CHECK (of_record IN (0, 1)),
  since_on integer NOT NULL,
  UNIQUE (partner_id, customer_id),
  PRIMARY KEY (customer_id, id)
);

-- Security groups of a partner, which delegated roles and roles on subscriptions are given to.
CREATE TABLE security_group (
  id bigint NOT NULL,
  partner_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  UNIQUE (partner_id, name),
  PRIMARY KEY (id)
);

CREATE TABLE security_group_member (
  group_id bigint NOT NULL,
  person_id bigint NOT NULL,
  PRIMARY KEY (group_id, person_id)
);

-- Delegated access (GDAP, G-3). Roles are kept by their template ids.
CREATE TABLE delegation (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  partner_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('created', 'approval-pending', 'approved', 'activating', 'active', 'expiring', 'expired', 'termination-requested', 'terminating', 'terminated')),
  starts_at bigint,
  ends_at bigint,
  UNIQUE (partner_id, name),
  PRIMARY KEY (customer_id, id)
);

CREATE TABLE delegation_role (
  id bigint NOT NULL,
  delegation_id bigint NOT NULL,
  role text COLLATE "C" NOT NULL,
  group_id bigint,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);

-- What requests and subscriptions are about. A product of a publisher is of the marketplace (B-7); services are what
-- known issues call it, one a line (B-2).
CREATE TABLE product (
  id bigint NOT NULL,
  name citext COLLATE "C" NOT NULL UNIQUE,
  family text COLLATE "C" CHECK (family IN ('azure', 'microsoft-365', 'dynamics-365', 'ems')),
  services text COLLATE "C",
  publisher text COLLATE "C",
  link text COLLATE "C",
  mail text COLLATE "C",
  phone text COLLATE "C",
  CHECK (publisher IS NULL OR family IS NULL),
  PRIMARY KEY (id)
);

CREATE TABLE subscription (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  customer_id bigint NOT NULL,
  partner_id bigint NOT NULL,
  product_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('active', 'suspended', 'cancelled', 'expired')),
  quantity bigint NOT NULL DEFAULT 1,
  starts_on integer NOT NULL,
  ends_on integer,
  PRIMARY KEY (customer_id, id)
);

-- Roles on a subscription that let their holder file for it: a person's, or a group's; of a reseller when its
-- provider has given it access (B-4).
CREATE TABLE subscription_role (
  id bigint NOT NULL,
  subscription_id bigint NOT NULL,
  role text COLLATE "C" NOT NULL,
  account citext COLLATE "C",
  group_id bigint,
  partner_id bigint,
  of_customer bigint NOT NULL,
  CHECK (num_nonnulls(account, group_id, partner_id) = 1),
  PRIMARY KEY (of_customer, id)
);

-- P-2: what came in from a customer, and whether it was solved within the baseline.
CREATE TABLE intake (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  partner_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  at bigint NOT NULL,
  account citext COLLATE "C" NOT NULL,
  reporter text COLLATE "C",
  title text COLLATE "C" NOT NULL,
  diagnosis text COLLATE "C" NOT NULL,
  outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('solved', 'escalated', 'open')),
  case_id bigint,
  PRIMARY KEY (customer_id, id)
);

-- A key by itself, for look-ups that do not know the customer.
CREATE UNIQUE INDEX contract_by_id ON contract (id);
CREATE UNIQUE INDEX schedule_by_id ON schedule (id);
CREATE UNIQUE INDEX package_by_id ON package (id);
CREATE UNIQUE INDEX entitlement_by_id ON entitlement (id);
CREATE UNIQUE INDEX workspace_by_id ON workspace (id);
CREATE UNIQUE INDEX workspace_contract_by_id ON workspace_contract (workspace_id, contract_id);
CREATE UNIQUE INDEX workspace_package_by_id ON workspace_package (workspace_id, package_id);
CREATE UNIQUE INDEX contact_by_id ON contact (id);
CREATE UNIQUE INDEX member_by_id ON member (id);
CREATE UNIQUE INDEX engagement_by_id ON engagement (id);
CREATE UNIQUE INDEX learning_by_id ON learning (id);
CREATE UNIQUE INDEX assessment_by_id ON assessment (id);
CREATE UNIQUE INDEX ledger_by_id ON ledger (id);
CREATE UNIQUE INDEX ledger_total_by_id ON ledger_total (entitlement_id, workspace_id);
CREATE UNIQUE INDEX member_role_by_id ON member_role (member_id, role);
CREATE UNIQUE INDEX administrator_by_id ON administrator (id);
CREATE UNIQUE INDEX team_by_id ON team (id);
CREATE UNIQUE INDEX team_member_by_id ON team_member (team_id, member_id);
CREATE UNIQUE INDEX team_role_by_id ON team_role (team_id, role);
CREATE UNIQUE INDEX case_share_by_id ON case_share (case_id, account);
CREATE UNIQUE INDEX case_event_by_id ON case_event (id);
CREATE UNIQUE INDEX case_file_by_id ON case_file (id);
CREATE UNIQUE INDEX filing_key_by_id ON filing_key (account, key);
CREATE UNIQUE INDEX support_case_by_id ON support_case (id);
CREATE UNIQUE INDEX relationship_by_id ON relationship (id);
CREATE UNIQUE INDEX delegation_by_id ON delegation (id);
CREATE UNIQUE INDEX delegation_role_by_id ON delegation_role (id);
CREATE UNIQUE INDEX subscription_by_id ON subscription (id);
CREATE UNIQUE INDEX subscription_role_by_id ON subscription_role (id);
CREATE UNIQUE INDEX intake_by_id ON intake (id);

CREATE INDEX contract_customer ON contract (customer_id);
CREATE INDEX schedule_contract ON schedule (contract_id);
CREATE INDEX package_schedule ON package (schedule_id);
CREATE INDEX entitlement_package ON entitlement (package_id);
CREATE UNIQUE INDEX workspace_default ON workspace (customer_id) WHERE is_default = 1;
CREATE INDEX workspace_contract_contract ON workspace_contract (contract_id);
CREATE INDEX workspace_package_package ON workspace_package (package_id);
CREATE UNIQUE INDEX contact_key ON contact (contract_id, account, role, coalesce(workspace_id, 0));
CREATE INDEX contact_workspace ON contact (workspace_id);
CREATE INDEX contact_account ON contact (account);
CREATE INDEX case_workspace ON support_case (workspace_id, opened_at);
CREATE INDEX engagement_workspace ON engagement (workspace_id);
CREATE INDEX learning_workspace ON learning (workspace_id, started_on);
CREATE INDEX assessment_workspace ON assessment (workspace_id);
CREATE UNIQUE INDEX ledger_source_key ON ledger (source_id, source_key);
CREATE INDEX ledger_entitlement ON ledger (entitlement_id, delivered_on, workspace_id, quantity);
CREATE UNIQUE INDEX ledger_corrects ON ledger (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX ledger_total_workspace ON ledger_total (workspace_id, entitlement_id, consumed, entries, last_day);
CREATE INDEX member_account ON member (account);
CREATE UNIQUE INDEX member_code ON member (code_hash) WHERE code_hash IS NOT NULL;
CREATE INDEX administrator_account ON administrator (account);
CREATE UNIQUE INDEX team_object ON team (workspace_id, tenant, object_id) WHERE kind = 'directory';
CREATE INDEX team_member_member ON team_member (member_id);
CREATE INDEX case_share_account ON case_share (account);
CREATE INDEX case_team ON support_case (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX case_named ON support_case (named_contact) WHERE named_contact IS NOT NULL;
CREATE INDEX contract_csam ON contract (csam) WHERE csam IS NOT NULL;
CREATE INDEX contract_coordinator ON contract (account_coordinator) WHERE account_coordinator IS NOT NULL;
CREATE INDEX contract_incidents ON contract (incident_manager) WHERE incident_manager IS NOT NULL;
CREATE INDEX case_waiting ON support_case (opened_at) WHERE responded_at IS NULL AND state IN ('open', 'in-progress', 'awaiting-customer');
CREATE INDEX case_event_case ON case_event (case_id, id);
CREATE INDEX health_service ON health_issue (service);
CREATE INDEX health_update_issue ON health_update (issue_id, at);
CREATE UNIQUE INDEX target_key ON target (plan, coalesce(severity, ''), coalesce(kind, ''), coalesce(language, ''));
CREATE INDEX case_partner ON support_case (partner_id, customer_id) WHERE partner_id IS NOT NULL;
CREATE INDEX partner_person_account ON partner_person (account);
CREATE UNIQUE INDEX relationship_of_record ON relationship (customer_id) WHERE of_record = 1 AND status = 'active';
CREATE INDEX relationship_customer ON relationship (customer_id);
CREATE INDEX security_group_person ON security_group_member (person_id);
CREATE INDEX delegation_customer ON delegation (customer_id, partner_id);
CREATE UNIQUE INDEX delegation_role_key ON delegation_role (delegation_id, role, coalesce(group_id, 0));
CREATE INDEX subscription_customer ON subscription (customer_id, partner_id);
CREATE UNIQUE INDEX subscription_role_key ON subscription_role (subscription_id, role, coalesce(account, ''), coalesce(group_id, 0), coalesce(partner_id, 0));
CREATE INDEX intake_customer ON intake (partner_id, customer_id, at);
CREATE INDEX case_contract ON support_case (contract_id) WHERE contract_id IS NOT NULL;

-- References, with the customer of both ends where both have one.
ALTER TABLE contract ADD CONSTRAINT contract_customer_there FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE schedule ADD CONSTRAINT schedule_contract_there FOREIGN KEY (of_customer, contract_id) REFERENCES contract (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE package ADD CONSTRAINT package_schedule_there FOREIGN KEY (of_customer, schedule_id) REFERENCES schedule (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE entitlement ADD CONSTRAINT entitlement_package_there FOREIGN KEY (of_customer, package_id) REFERENCES package (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE workspace ADD CONSTRAINT workspace_customer_there FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE workspace_contract ADD CONSTRAINT workspace_contract_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE workspace_contract ADD CONSTRAINT workspace_contract_contract_there FOREIGN KEY (of_customer, contract_id) REFERENCES contract (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE workspace_package ADD CONSTRAINT workspace_package_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE workspace_package ADD CONSTRAINT workspace_package_package_there FOREIGN KEY (of_customer, package_id) REFERENCES package (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE contact ADD CONSTRAINT contact_contract_there FOREIGN KEY (of_customer, contract_id) REFERENCES contract (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE contact ADD CONSTRAINT contact_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE member ADD CONSTRAINT member_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE member ADD CONSTRAINT member_default_group_there FOREIGN KEY (of_customer, default_group_id) REFERENCES team (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE engagement ADD CONSTRAINT engagement_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE engagement ADD CONSTRAINT engagement_entitlement_there FOREIGN KEY (of_customer, entitlement_id) REFERENCES entitlement (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE learning ADD CONSTRAINT learning_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE learning ADD CONSTRAINT learning_entitlement_there FOREIGN KEY (of_customer, entitlement_id) REFERENCES entitlement (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE assessment ADD CONSTRAINT assessment_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE assessment ADD CONSTRAINT assessment_entitlement_there FOREIGN KEY (of_customer, entitlement_id) REFERENCES entitlement (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE ledger ADD CONSTRAINT ledger_entitlement_there FOREIGN KEY (of_customer, entitlement_id) REFERENCES entitlement (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE ledger ADD CONSTRAINT ledger_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE ledger ADD CONSTRAINT ledger_source_there FOREIGN KEY (source_id) REFERENCES source (id);
ALTER TABLE ledger ADD CONSTRAINT ledger_recording_there FOREIGN KEY (recording_id) REFERENCES recording (id);
ALTER TABLE ledger ADD CONSTRAINT ledger_corrects_there FOREIGN KEY (of_customer, corrects) REFERENCES ledger (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE ledger_total ADD CONSTRAINT ledger_total_entitlement_there FOREIGN KEY (of_customer, entitlement_id) REFERENCES entitlement (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE ledger_total ADD CONSTRAINT ledger_total_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE member_role ADD CONSTRAINT member_role_member_there FOREIGN KEY (of_customer, member_id) REFERENCES member (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE administrator ADD CONSTRAINT administrator_customer_there FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE team ADD CONSTRAINT team_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE team_member ADD CONSTRAINT team_member_team_there FOREIGN KEY (of_customer, team_id) REFERENCES team (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE team_member ADD CONSTRAINT team_member_member_there FOREIGN KEY (of_customer, member_id) REFERENCES member (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE team_role ADD CONSTRAINT team_role_team_there FOREIGN KEY (of_customer, team_id) REFERENCES team (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE case_share ADD CONSTRAINT case_share_case_there FOREIGN KEY (of_customer, case_id) REFERENCES support_case (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE case_event ADD CONSTRAINT case_event_case_there FOREIGN KEY (of_customer, case_id) REFERENCES support_case (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE case_file ADD CONSTRAINT case_file_case_there FOREIGN KEY (of_customer, case_id) REFERENCES support_case (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE health_update ADD CONSTRAINT health_update_issue_there FOREIGN KEY (issue_id) REFERENCES health_issue (id);
ALTER TABLE filing_key ADD CONSTRAINT filing_key_case_there FOREIGN KEY (of_customer, case_id) REFERENCES support_case (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE holiday ADD CONSTRAINT holiday_calendar_there FOREIGN KEY (calendar_id) REFERENCES calendar (id);
ALTER TABLE target ADD CONSTRAINT target_calendar_there FOREIGN KEY (calendar_id) REFERENCES calendar (id);
ALTER TABLE support_case ADD CONSTRAINT support_case_workspace_there FOREIGN KEY (of_customer, workspace_id) REFERENCES workspace (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE support_case ADD CONSTRAINT support_case_contract_there FOREIGN KEY (of_customer, contract_id) REFERENCES contract (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE support_case ADD CONSTRAINT support_case_package_there FOREIGN KEY (of_customer, package_id) REFERENCES package (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE support_case ADD CONSTRAINT support_case_entitlement_there FOREIGN KEY (of_customer, entitlement_id) REFERENCES entitlement (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE support_case ADD CONSTRAINT support_case_team_there FOREIGN KEY (of_customer, team_id) REFERENCES team (of_customer, id) ON UPDATE CASCADE;
ALTER TABLE support_case ADD CONSTRAINT support_case_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE support_case ADD CONSTRAINT support_case_customer_there FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE partner ADD CONSTRAINT partner_provider_there FOREIGN KEY (provider_id) REFERENCES partner (id);
ALTER TABLE partner_person ADD CONSTRAINT partner_person_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE partner_role ADD CONSTRAINT partner_role_person_there FOREIGN KEY (person_id) REFERENCES partner_person (id);
ALTER TABLE partner_plan ADD CONSTRAINT partner_plan_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE relationship ADD CONSTRAINT relationship_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE relationship ADD CONSTRAINT relationship_customer_there FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE security_group ADD CONSTRAINT security_group_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE security_group_member ADD CONSTRAINT security_group_member_group_there FOREIGN KEY (group_id) REFERENCES security_group (id);
ALTER TABLE security_group_member ADD CONSTRAINT security_group_member_person_there FOREIGN KEY (person_id) REFERENCES partner_person (id);
ALTER TABLE delegation ADD CONSTRAINT delegation_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE delegation ADD CONSTRAINT delegation_customer_there FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE delegation_role ADD CONSTRAINT delegation_role_delegation_there FOREIGN KEY (of_customer, delegation_id) REFERENCES delegation (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE delegation_role ADD CONSTRAINT delegation_role_group_there FOREIGN KEY (group_id) REFERENCES security_group (id);
ALTER TABLE subscription ADD CONSTRAINT subscription_customer_there FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE subscription ADD CONSTRAINT subscription_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE subscription ADD CONSTRAINT subscription_product_there FOREIGN KEY (product_id) REFERENCES product (id);
ALTER TABLE subscription_role ADD CONSTRAINT subscription_role_subscription_there FOREIGN KEY (of_customer, subscription_id) REFERENCES subscription (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE subscription_role ADD CONSTRAINT subscription_role_group_there FOREIGN KEY (group_id) REFERENCES security_group (id);
ALTER TABLE subscription_role ADD CONSTRAINT subscription_role_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE intake ADD CONSTRAINT intake_partner_there FOREIGN KEY (partner_id) REFERENCES partner (id);
ALTER TABLE intake ADD CONSTRAINT intake_customer_there FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE intake ADD CONSTRAINT intake_case_there FOREIGN KEY (customer_id, case_id) REFERENCES support_case (of_customer, id) ON UPDATE CASCADE;

-- Whose a row is.
CREATE FUNCTION owner_of_schedule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.contract p WHERE p.id = NEW.contract_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON schedule FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_schedule();
CREATE TRIGGER owner_moved BEFORE UPDATE OF contract_id ON schedule FOR EACH ROW WHEN (NEW.contract_id <> OLD.contract_id) EXECUTE FUNCTION owner_of_schedule();
CREATE FUNCTION owner_of_package() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.schedule p WHERE p.id = NEW.schedule_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON package FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_package();
CREATE TRIGGER owner_moved BEFORE UPDATE OF schedule_id ON package FOR EACH ROW WHEN (NEW.schedule_id <> OLD.schedule_id) EXECUTE FUNCTION owner_of_package();
CREATE FUNCTION owner_of_entitlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.package p WHERE p.id = NEW.package_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON entitlement FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_entitlement();
CREATE TRIGGER owner_moved BEFORE UPDATE OF package_id ON entitlement FOR EACH ROW WHEN (NEW.package_id <> OLD.package_id) EXECUTE FUNCTION owner_of_entitlement();
CREATE FUNCTION owner_of_workspace_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.workspace p WHERE p.id = NEW.workspace_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON workspace_contract FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_workspace_contract();
CREATE TRIGGER owner_moved BEFORE UPDATE OF workspace_id ON workspace_contract FOR EACH ROW WHEN (NEW.workspace_id <> OLD.workspace_id) EXECUTE FUNCTION owner_of_workspace_contract();
CREATE FUNCTION owner_of_workspace_package() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.workspace p WHERE p.id = NEW.workspace_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON workspace_package FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_workspace_package();
CREATE TRIGGER owner_moved BEFORE UPDATE OF workspace_id ON workspace_package FOR EACH ROW WHEN (NEW.workspace_id <> OLD.workspace_id) EXECUTE FUNCTION owner_of_workspace_package();
CREATE FUNCTION owner_of_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.contract p WHERE p.id = NEW.contract_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON contact FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_contact();
CREATE TRIGGER owner_moved BEFORE UPDATE OF contract_id ON contact FOR EACH ROW WHEN (NEW.contract_id <> OLD.contract_id) EXECUTE FUNCTION owner_of_contact();
CREATE FUNCTION owner_of_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.workspace p WHERE p.id = NEW.workspace_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON member FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_member();
CREATE TRIGGER owner_moved BEFORE UPDATE OF workspace_id ON member FOR EACH ROW WHEN (NEW.workspace_id <> OLD.workspace_id) EXECUTE FUNCTION owner_of_member();
CREATE FUNCTION owner_of_member_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.member p WHERE p.id = NEW.member_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON member_role FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_member_role();
CREATE TRIGGER owner_moved BEFORE UPDATE OF member_id ON member_role FOR EACH ROW WHEN (NEW.member_id <> OLD.member_id) EXECUTE FUNCTION owner_of_member_role();
CREATE FUNCTION owner_of_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.workspace p WHERE p.id = NEW.workspace_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON team FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_team();
CREATE TRIGGER owner_moved BEFORE UPDATE OF workspace_id ON team FOR EACH ROW WHEN (NEW.workspace_id <> OLD.workspace_id) EXECUTE FUNCTION owner_of_team();
CREATE FUNCTION owner_of_team_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.team p WHERE p.id = NEW.team_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON team_member FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_team_member();
CREATE TRIGGER owner_moved BEFORE UPDATE OF team_id ON team_member FOR EACH ROW WHEN (NEW.team_id <> OLD.team_id) EXECUTE FUNCTION owner_of_team_member();
CREATE FUNCTION owner_of_team_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.team p WHERE p.id = NEW.team_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON team_role FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_team_role();
CREATE TRIGGER owner_moved BEFORE UPDATE OF team_id ON team_role FOR EACH ROW WHEN (NEW.team_id <> OLD.team_id) EXECUTE FUNCTION owner_of_team_role();
CREATE FUNCTION owner_of_support_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A case of a partner for itself is of no customer.
  NEW.of_customer := coalesce((SELECT w.customer_id FROM main.workspace w WHERE w.id = NEW.workspace_id), NEW.customer_id, 0);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT OR UPDATE OF workspace_id, customer_id ON support_case
  FOR EACH ROW EXECUTE FUNCTION owner_of_support_case();
CREATE FUNCTION owner_of_case_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.support_case p WHERE p.id = NEW.case_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON case_share FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_case_share();
CREATE TRIGGER owner_moved BEFORE UPDATE OF case_id ON case_share FOR EACH ROW WHEN (NEW.case_id <> OLD.case_id) EXECUTE FUNCTION owner_of_case_share();
CREATE FUNCTION owner_of_case_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.support_case p WHERE p.id = NEW.case_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON case_event FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_case_event();
CREATE TRIGGER owner_moved BEFORE UPDATE OF case_id ON case_event FOR EACH ROW WHEN (NEW.case_id <> OLD.case_id) EXECUTE FUNCTION owner_of_case_event();
CREATE FUNCTION owner_of_case_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.support_case p WHERE p.id = NEW.case_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON case_file FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_case_file();
CREATE TRIGGER owner_moved BEFORE UPDATE OF case_id ON case_file FOR EACH ROW WHEN (NEW.case_id <> OLD.case_id) EXECUTE FUNCTION owner_of_case_file();
CREATE FUNCTION owner_of_filing_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.support_case p WHERE p.id = NEW.case_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON filing_key FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_filing_key();
CREATE TRIGGER owner_moved BEFORE UPDATE OF case_id ON filing_key FOR EACH ROW WHEN (NEW.case_id <> OLD.case_id) EXECUTE FUNCTION owner_of_filing_key();
CREATE FUNCTION owner_of_engagement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.workspace p WHERE p.id = NEW.workspace_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON engagement FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_engagement();
CREATE TRIGGER owner_moved BEFORE UPDATE OF workspace_id ON engagement FOR EACH ROW WHEN (NEW.workspace_id <> OLD.workspace_id) EXECUTE FUNCTION owner_of_engagement();
CREATE FUNCTION owner_of_learning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.workspace p WHERE p.id = NEW.workspace_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON learning FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_learning();
CREATE TRIGGER owner_moved BEFORE UPDATE OF workspace_id ON learning FOR EACH ROW WHEN (NEW.workspace_id <> OLD.workspace_id) EXECUTE FUNCTION owner_of_learning();
CREATE FUNCTION owner_of_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.workspace p WHERE p.id = NEW.workspace_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON assessment FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_assessment();
CREATE TRIGGER owner_moved BEFORE UPDATE OF workspace_id ON assessment FOR EACH ROW WHEN (NEW.workspace_id <> OLD.workspace_id) EXECUTE FUNCTION owner_of_assessment();
CREATE FUNCTION owner_of_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.entitlement p WHERE p.id = NEW.entitlement_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON ledger FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_ledger();
CREATE TRIGGER owner_moved BEFORE UPDATE OF entitlement_id ON ledger FOR EACH ROW WHEN (NEW.entitlement_id <> OLD.entitlement_id) EXECUTE FUNCTION owner_of_ledger();
CREATE FUNCTION owner_of_ledger_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.of_customer FROM main.entitlement p WHERE p.id = NEW.entitlement_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON ledger_total FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_ledger_total();
CREATE TRIGGER owner_moved BEFORE UPDATE OF entitlement_id ON ledger_total FOR EACH ROW WHEN (NEW.entitlement_id <> OLD.entitlement_id) EXECUTE FUNCTION owner_of_ledger_total();
CREATE FUNCTION owner_of_delegation_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.delegation p WHERE p.id = NEW.delegation_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON delegation_role FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_delegation_role();
CREATE TRIGGER owner_moved BEFORE UPDATE OF delegation_id ON delegation_role FOR EACH ROW WHEN (NEW.delegation_id <> OLD.delegation_id) EXECUTE FUNCTION owner_of_delegation_role();
CREATE FUNCTION owner_of_subscription_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.subscription p WHERE p.id = NEW.subscription_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON subscription_role FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION owner_of_subscription_role();
CREATE TRIGGER owner_moved BEFORE UPDATE OF subscription_id ON subscription_role FOR EACH ROW WHEN (NEW.subscription_id <> OLD.subscription_id) EXECUTE FUNCTION owner_of_subscription_role();

-- The next key of each table.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'customer', 'contract', 'schedule', 'package', 'entitlement', 'workspace',
    'contact', 'member', 'engagement', 'learning', 'assessment', 'source',
    'recording', 'ledger', 'administrator', 'team', 'case_event',
    'case_file', 'health_issue', 'health_update', 'calendar', 'holiday', 'target',
    'support_case', 'partner', 'partner_person', 'partner_plan', 'relationship', 'security_group',
    'delegation', 'delegation_role', 'product', 'subscription', 'subscription_role', 'intake'
  ] LOOP
    EXECUTE format(
      'CREATE FUNCTION main.next_%1$s() RETURNS bigint LANGUAGE plpgsql AS
         ''BEGIN RETURN (SELECT coalesce(max(id), 0) + 1 FROM main.%1$s); END''',
      name);
    EXECUTE format('ALTER TABLE main.%1$s ALTER id SET DEFAULT main.next_%1$s()', name);
  END LOOP;
END $$;

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;
CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
  FOR EACH STATEMENT EXECUTE FUNCTION append_only('the ledger is append-only (L-1)');
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION append_only('the audit trail is append-only (X-2)');

-- One row that every change writes: it is kept where it stands.
ALTER TABLE audit_head SET (fillfactor = 10);
INSERT INTO audit_head VALUES (1, 0, decode(repeat('00', 32), 'hex'));
-- Files are compressed already, or are not worth it.
ALTER TABLE case_file ALTER content SET STORAGE EXTERNAL;

-- What SQLite calls so.
CREATE FUNCTION hex(bytea) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper(encode($1, ''hex''))';

INSERT INTO calendar (id, name, zone, week) VALUES
  (1, '24x7', 'UTC', '24x7'),
  (2, 'business', NULL, 'mon-fri 09:00-17:00');
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
INSERT INTO product (name, family, services) VALUES
  ('Microsoft Azure', 'azure', 'Azure'),
  ('Microsoft 365', 'microsoft-365', 'Microsoft 365 suite' || chr(10) || 'Microsoft 365 apps'),
  ('Exchange Online', 'microsoft-365', NULL),
  ('SharePoint Online', 'microsoft-365', NULL),
  ('OneDrive for Business', 'microsoft-365', NULL),
  ('Microsoft Teams', 'microsoft-365', NULL),
  ('Dynamics 365', 'dynamics-365', 'Dynamics 365 Apps'),
  ('Enterprise Mobility + Security', 'ems', 'Microsoft Intune' || chr(10) || 'Microsoft Entra'),
  ('Microsoft Intune', 'ems', NULL),
  ('Microsoft Entra', 'ems', 'Identity Service');

-- Who holds what, from every place where a role can come from: the one definition that checks, lists and exports read.
-- An invited, expired or removed person holds nothing.
CREATE VIEW holding (account, role, customer_id, workspace_id, contract_id, team_id, partner_id) AS
  SELECT csam, 'csam'::text, customer_id, NULL::bigint, id, NULL::bigint, NULL::bigint FROM contract WHERE csam IS NOT NULL
  UNION ALL SELECT account_coordinator, 'account-coordinator', customer_id, NULL, id, NULL, NULL FROM contract
    WHERE account_coordinator IS NOT NULL
  UNION ALL SELECT incident_manager, 'incident-manager', customer_id, NULL, id, NULL, NULL FROM contract
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

-- Packages of which the caller sees only a part. Here nobody is the caller, so it is empty.
CREATE VIEW partial_package (id) AS SELECT 0::bigint WHERE false;
