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
