-- Customers as their partners keep them, relationships, agreements and business profiles (G-1, G-2, G-8, G-9, G-11, G-12).

ALTER TABLE main.customer
  ADD COLUMN street text COLLATE "C",
  ADD COLUMN city text COLLATE "C",
  ADD COLUMN region text COLLATE "C",
  ADD COLUMN postal_code text COLLATE "C",
  ADD COLUMN registration_number text COLLATE "C",
  ADD COLUMN contact_first text COLLATE "C",
  ADD COLUMN contact_last text COLLATE "C",
  ADD COLUMN mail text COLLATE "C",
  ADD COLUMN phone text COLLATE "C",
  ADD COLUMN language text COLLATE "C",
  -- What it is, and how far the vendor's vetting of that has come (G-1).
  ADD COLUMN qualification text COLLATE "C" NOT NULL DEFAULT 'none'
    CHECK (qualification IN ('none', 'education', 'nonprofit', 'government', 'state-owned')),
  ADD COLUMN vetting text COLLATE "C" NOT NULL DEFAULT 'none'
    CHECK (vetting IN ('none', 'in-review', 'approved', 'denied')),
  ADD COLUMN vetting_reason text COLLATE "C",
  ADD COLUMN archived_on integer;
-- A domain is one company's, in upper or lower case (G-1).
CREATE UNIQUE INDEX customer_domain ON main.customer (lower(domain));

-- Product families that a customer may buy for itself; what is not here is not allowed (G-12).
CREATE TABLE main.self_purchase (
  customer_id bigint NOT NULL REFERENCES main.customer (id),
  family text COLLATE "C" NOT NULL CHECK (family IN ('azure', 'microsoft-365', 'dynamics-365', 'ems')),
  PRIMARY KEY (customer_id, family)
);

-- A request has the code of its link and the last day on which it can be accepted (G-2).
ALTER TABLE main.relationship
  ADD COLUMN code text COLLATE "C" UNIQUE,
  ADD COLUMN until_on integer,
  DROP CONSTRAINT relationship_status_check,
  ADD CONSTRAINT relationship_status_check CHECK (status IN ('requested', 'active', 'removed', 'lapsed'));
UPDATE main.relationship SET until_on = since_on + 90 WHERE status = 'requested';

-- Versions of the customer agreement, by region, language, type of customer and audience (G-8).
CREATE TABLE main.agreement_template (
  id bigint PRIMARY KEY,
  code text COLLATE "C" NOT NULL UNIQUE,
  version bigint NOT NULL,
  region text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  customer_type text COLLATE "C" NOT NULL CHECK (customer_type IN ('corporate', 'education', 'nonprofit', 'government')),
  audience text COLLATE "C" NOT NULL CHECK (audience IN ('partner-led', 'direct')),
  link text COLLATE "C" NOT NULL,
  valid_from integer NOT NULL,
  valid_until integer CHECK (valid_until >= valid_from),
  UNIQUE (region, language, customer_type, audience, version)
);

-- What a customer agreed to: an agreement is the customer's, whichever partner asked for it.
CREATE TABLE main.agreement (
  id bigint NOT NULL,
  customer_id bigint NOT NULL REFERENCES main.customer (id),
  template_id bigint NOT NULL REFERENCES main.agreement_template (id),
  status text COLLATE "C" NOT NULL CHECK (status IN ('invited', 'confirmed')),
  partner_id bigint REFERENCES main.partner (id),
  code text COLLATE "C" UNIQUE,
  invited_on integer,
  first_name text COLLATE "C",
  last_name text COLLATE "C",
  mail text COLLATE "C",
  phone text COLLATE "C",
  agreed_on integer,
  CHECK (status <> 'confirmed'
    OR (first_name IS NOT NULL AND last_name IS NOT NULL AND mail IS NOT NULL AND agreed_on IS NOT NULL)),
  UNIQUE (customer_id, template_id),
  PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX agreement_by_id ON main.agreement (id);
CREATE INDEX agreement_template_of ON main.agreement (template_id);

-- The reseller that supports a customer in a partner's name (G-9).
CREATE TABLE main.support_contact (
  customer_id bigint NOT NULL REFERENCES main.customer (id),
  partner_id bigint NOT NULL REFERENCES main.partner (id),
  reseller_id bigint NOT NULL REFERENCES main.partner (id),
  PRIMARY KEY (customer_id, partner_id)
);
CREATE INDEX support_contact_reseller ON main.support_contact (reseller_id);

-- The business profile that customers find a partner by (G-11).
ALTER TABLE main.partner ADD COLUMN business_name text COLLATE "C";
CREATE INDEX partner_provider ON main.partner (provider_id) WHERE provider_id IS NOT NULL;
CREATE TABLE main.partner_listing (
  partner_id bigint NOT NULL REFERENCES main.partner (id),
  what text COLLATE "C" NOT NULL CHECK (what IN ('offer', 'industry', 'location')),
  text citext COLLATE "C" NOT NULL,
  PRIMARY KEY (partner_id, what, text)
);
CREATE INDEX partner_listing_text ON main.partner_listing (what, text);

-- Templates that everyone has at hand; more come with an import.
INSERT INTO main.agreement_template (id, code, version, region, language, customer_type, audience, link, valid_from, valid_until)
  WITH place (region, language) AS (VALUES
      ('europe', 'en'), ('europe', 'sk'), ('europe', 'cs'), ('europe', 'de'), ('europe', 'fr'), ('europe', 'it'), ('europe', 'es'),
      ('europe', 'pl'), ('north-america', 'en'), ('north-america', 'es'), ('north-america', 'fr'), ('latin-america', 'es'),
      ('latin-america', 'pt'), ('asia-pacific', 'en'), ('asia-pacific', 'ja'), ('middle-east-africa', 'en')),
    customer_type (word) AS (VALUES ('corporate'), ('education'), ('nonprofit'), ('government')),
    audience (word) AS (VALUES ('partner-led'), ('direct')),
    edition (version, valid_from, valid_until) AS (VALUES (1, 18170, 20453), (2, 20362, NULL::integer))
  SELECT row_number() OVER (ORDER BY p.region COLLATE "C", p.language COLLATE "C", t.word COLLATE "C", a.word COLLATE "C", v.version),
    p.region || '.' || p.language || '.' || t.word || '.' || a.word || '.' || v.version,
    v.version, p.region, p.language, t.word, a.word, 'https://aka.ms/customeragreement', v.valid_from, v.valid_until
  FROM place p CROSS JOIN customer_type t CROSS JOIN audience a CROSS JOIN edition v;

-- The next key of each table, as of those that were there before.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['agreement_template', 'agreement'] LOOP
    EXECUTE format(
      'CREATE FUNCTION main.next_%1$s() RETURNS bigint LANGUAGE plpgsql AS
         ''BEGIN RETURN (SELECT coalesce(max(id), 0) + 1 FROM main.%1$s); END''',
      name);
    EXECUTE format('ALTER TABLE main.%1$s ALTER id SET DEFAULT main.next_%1$s()', name);
  END LOOP;
END $$;
