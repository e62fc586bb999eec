-- Filing and working on support requests, and their response targets.

ALTER TABLE support_case ADD COLUMN filed_by TEXT COLLATE NOCASE;
ALTER TABLE support_case ADD COLUMN description TEXT;
ALTER TABLE support_case ADD COLUMN category TEXT;
ALTER TABLE support_case ADD COLUMN language TEXT;
ALTER TABLE support_case ADD COLUMN country TEXT;
ALTER TABLE support_case ADD COLUMN around_the_clock INTEGER NOT NULL DEFAULT 0 CHECK (around_the_clock IN (0, 1));
ALTER TABLE support_case ADD COLUMN assignee TEXT COLLATE NOCASE;
ALTER TABLE support_case ADD COLUMN responded_at INTEGER;
ALTER TABLE support_case ADD COLUMN resolved_at INTEGER;
ALTER TABLE support_case ADD COLUMN resolution TEXT;
CREATE INDEX case_waiting ON support_case (opened_at) WHERE responded_at IS NULL AND state IN ('open', 'in-progress', 'awaiting-customer');

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

-- Service health (G-10): known issues and what was said of them, in order. The status is the vendor's word.
CREATE TABLE health_issue (
  id             INTEGER PRIMARY KEY,
  code           TEXT NOT NULL UNIQUE COLLATE NOCASE,
  service        TEXT NOT NULL COLLATE NOCASE,
  title          TEXT NOT NULL,
  classification TEXT NOT NULL CHECK (classification IN ('advisory', 'incident')),
  status         TEXT NOT NULL,
  region         TEXT,
  impact         TEXT,
  started_at     INTEGER NOT NULL,
  ended_at       INTEGER
) STRICT;
CREATE INDEX health_service ON health_issue (service);

CREATE TABLE health_update (
  id       INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES health_issue (id),
  at       INTEGER NOT NULL,
  text     TEXT NOT NULL
) STRICT;
CREATE INDEX health_update_issue ON health_update (issue_id, at);

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

-- Response targets and the calendars that they are counted in (S-2, S-3): data, shipped with defaults.

CREATE TABLE calendar (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  zone TEXT,          -- none: the time zone of the request's contract
  week TEXT NOT NULL  -- such as 'mon-fri 09:00-17:00'
) STRICT;

CREATE TABLE holiday (
  id          INTEGER PRIMARY KEY,
  calendar_id INTEGER NOT NULL REFERENCES calendar (id),
  day         INTEGER NOT NULL,
  name        TEXT NOT NULL,
  UNIQUE (calendar_id, day)
) STRICT;

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
