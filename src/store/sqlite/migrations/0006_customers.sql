-- Customers as their partners keep them, relationships, agreements and business profiles (G-1, G-2, G-8, G-9, G-11, G-12).

ALTER TABLE customer ADD COLUMN street TEXT;
ALTER TABLE customer ADD COLUMN city TEXT;
ALTER TABLE customer ADD COLUMN region TEXT;
ALTER TABLE customer ADD COLUMN postal_code TEXT;
ALTER TABLE customer ADD COLUMN registration_number TEXT;
ALTER TABLE customer ADD COLUMN contact_first TEXT;
ALTER TABLE customer ADD COLUMN contact_last TEXT;
ALTER TABLE customer ADD COLUMN mail TEXT;
ALTER TABLE customer ADD COLUMN phone TEXT;
ALTER TABLE customer ADD COLUMN language TEXT;
-- What it is, and how far the vendor's vetting of that has come (G-1).
ALTER TABLE customer ADD COLUMN qualification TEXT NOT NULL DEFAULT 'none'
  CHECK (qualification IN ('none', 'education', 'nonprofit', 'government', 'state-owned'));
ALTER TABLE customer ADD COLUMN vetting TEXT NOT NULL DEFAULT 'none'
  CHECK (vetting IN ('none', 'in-review', 'approved', 'denied'));
ALTER TABLE customer ADD COLUMN vetting_reason TEXT;
ALTER TABLE customer ADD COLUMN archived_on INTEGER;
-- A domain is one company's, in upper or lower case (G-1).
CREATE UNIQUE INDEX customer_domain ON customer (lower(domain));

-- Product families that a customer may buy for itself; what is not here is not allowed (G-12).
CREATE TABLE self_purchase (
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  family      TEXT NOT NULL CHECK (family IN ('azure', 'microsoft-365', 'dynamics-365', 'ems')),
  PRIMARY KEY (customer_id, family)
) STRICT, WITHOUT ROWID;

-- A request has the code of its link and the last day on which it can be accepted (G-2). A CHECK cannot be changed, so the
-- table is made anew.
CREATE TABLE relationship_new (
  id          INTEGER PRIMARY KEY,
  partner_id  INTEGER NOT NULL REFERENCES partner (id),
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  status      TEXT NOT NULL CHECK (status IN ('requested', 'active', 'removed', 'lapsed')),
  of_record   INTEGER NOT NULL DEFAULT 0 CHECK (of_record IN (0, 1)),
  since_on    INTEGER NOT NULL,
  code        TEXT UNIQUE,
  until_on    INTEGER,
  UNIQUE (partner_id, customer_id)
) STRICT;
INSERT INTO relationship_new (id, partner_id, customer_id, status, of_record, since_on, until_on)
  SELECT id, partner_id, customer_id, status, of_record, since_on, CASE status WHEN 'requested' THEN since_on + 90 END
  FROM relationship;
DROP TABLE relationship;
ALTER TABLE relationship_new RENAME TO relationship;
CREATE UNIQUE INDEX relationship_of_record ON relationship (customer_id) WHERE of_record = 1 AND status = 'active';
CREATE INDEX relationship_customer ON relationship (customer_id);

-- Versions of the customer agreement, by region, language, type of customer and audience (G-8).
CREATE TABLE agreement_template (
  id            INTEGER PRIMARY KEY,
  code          TEXT NOT NULL UNIQUE,
  version       INTEGER NOT NULL,
  region        TEXT NOT NULL,
  language      TEXT NOT NULL,
  customer_type TEXT NOT NULL CHECK (customer_type IN ('corporate', 'education', 'nonprofit', 'government')),
  audience      TEXT NOT NULL CHECK (audience IN ('partner-led', 'direct')),
  link          TEXT NOT NULL,
  valid_from    INTEGER NOT NULL,
  valid_until   INTEGER CHECK (valid_until >= valid_from),
  UNIQUE (region, language, customer_type, audience, version)
) STRICT;

-- What a customer agreed to: an agreement is the customer's, whichever partner asked for it.
CREATE TABLE agreement (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  template_id INTEGER NOT NULL REFERENCES agreement_template (id),
  status      TEXT NOT NULL CHECK (status IN ('invited', 'confirmed')),
  partner_id  INTEGER REFERENCES partner (id),
  code        TEXT UNIQUE,
  invited_on  INTEGER,
  first_name  TEXT,
  last_name   TEXT,
  mail        TEXT,
  phone       TEXT,
  agreed_on   INTEGER,
  CHECK (status <> 'confirmed'
    OR (first_name IS NOT NULL AND last_name IS NOT NULL AND mail IS NOT NULL AND agreed_on IS NOT NULL)),
  UNIQUE (customer_id, template_id)
) STRICT;
CREATE INDEX agreement_template_of ON agreement (template_id);

-- The reseller that supports a customer in a partner's name (G-9).
CREATE TABLE support_contact (
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  partner_id  INTEGER NOT NULL REFERENCES partner (id),
  reseller_id INTEGER NOT NULL REFERENCES partner (id),
  PRIMARY KEY (customer_id, partner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX support_contact_reseller ON support_contact (reseller_id);

-- The business profile that customers find a partner by (G-11).
ALTER TABLE partner ADD COLUMN business_name TEXT;
CREATE INDEX partner_provider ON partner (provider_id) WHERE provider_id IS NOT NULL;
CREATE TABLE partner_listing (
  partner_id INTEGER NOT NULL REFERENCES partner (id),
  what       TEXT NOT NULL CHECK (what IN ('offer', 'industry', 'location')),
  text       TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (partner_id, what, text)
) STRICT, WITHOUT ROWID;
CREATE INDEX partner_listing_text ON partner_listing (what, text);

-- Templates that everyone has at hand; more come with an import.
INSERT INTO agreement_template (id, code, version, region, language, customer_type, audience, link, valid_from, valid_until)
  WITH place (region, language) AS (VALUES
      ('europe', 'en'), ('europe', 'sk'), ('europe', 'cs'), ('europe', 'de'), ('europe', 'fr'), ('europe', 'it'), ('europe', 'es'),
      ('europe', 'pl'), ('north-america', 'en'), ('north-america', 'es'), ('north-america', 'fr'), ('latin-america', 'es'),
      ('latin-america', 'pt'), ('asia-pacific', 'en'), ('asia-pacific', 'ja'), ('middle-east-africa', 'en')),
    customer_type (word) AS (VALUES ('corporate'), ('education'), ('nonprofit'), ('government')),
    audience (word) AS (VALUES ('partner-led'), ('direct')),
    edition (version, valid_from, valid_until) AS (VALUES (1, 18170, 20453), (2, 20362, NULL))
  SELECT row_number() OVER (ORDER BY p.region, p.language, t.word, a.word, v.version),
    p.region || '.' || p.language || '.' || t.word || '.' || a.word || '.' || v.version,
    v.version, p.region, p.language, t.word, a.word, 'https://aka.ms/customeragreement', v.valid_from, v.valid_until
  FROM place p CROSS JOIN customer_type t CROSS JOIN audience a CROSS JOIN edition v;
