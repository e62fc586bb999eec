-- People of customers, and their licences (G-6, G-7).

-- Whoever was deleted can be restored for 30 days; after that the row stands for nobody, and the account is free for
-- someone new.
CREATE TABLE main.customer_person (
  id bigint NOT NULL,
  customer_id bigint NOT NULL,
  account citext COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  first_name text COLLATE "C",
  last_name text COLLATE "C",
  usage_location text COLLATE "C" CHECK (length(usage_location) = 2),
  administrator smallint NOT NULL DEFAULT 0 CHECK (administrator IN (0, 1)),
  state text COLLATE "C" NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'deleted')),
  deleted_at bigint,
  CHECK ((state = 'deleted') = (deleted_at IS NOT NULL)),
  PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX customer_person_by_id ON main.customer_person (id);
CREATE INDEX customer_person_customer ON main.customer_person (customer_id, account);
ALTER TABLE main.customer_person ADD CONSTRAINT customer_person_customer_there FOREIGN KEY (customer_id) REFERENCES main.customer (id);

-- What someone who was deleted had is given back: it takes no seat, and is remembered for a restore.
CREATE TABLE main.licence (
  customer_id bigint NOT NULL,
  person_id bigint NOT NULL,
  product_id bigint NOT NULL,
  given_back smallint NOT NULL DEFAULT 0 CHECK (given_back IN (0, 1)),
  PRIMARY KEY (customer_id, person_id, product_id)
);
CREATE UNIQUE INDEX licence_person ON main.licence (person_id, product_id);
CREATE INDEX licence_seat ON main.licence (customer_id, product_id, given_back);
ALTER TABLE main.licence ADD CONSTRAINT licence_person_there FOREIGN KEY (customer_id, person_id) REFERENCES main.customer_person (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE main.licence ADD CONSTRAINT licence_product_there FOREIGN KEY (product_id) REFERENCES main.product (id);

CREATE FUNCTION main.next_customer_person() RETURNS bigint LANGUAGE plpgsql AS
  'BEGIN RETURN (SELECT coalesce(max(id), 0) + 1 FROM main.customer_person); END';
ALTER TABLE main.customer_person ALTER id SET DEFAULT main.next_customer_person();
