-- People of customers, and their licences (G-6, G-7).

-- Whoever was deleted can be restored for 30 days; after that the row stands for nobody, and the account is free for
-- someone new.
CREATE TABLE customer_person (
  id             INTEGER PRIMARY KEY,
  customer_id    INTEGER NOT NULL REFERENCES customer (id),
  account        TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name           TEXT NOT NULL,
  first_name     TEXT,
  last_name      TEXT,
  usage_location TEXT CHECK (length(usage_location) = 2),
  administrator  INTEGER NOT NULL DEFAULT 0 CHECK (administrator IN (0, 1)),
  state          TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'deleted')),
  deleted_at     INTEGER,
  CHECK ((state = 'deleted') = (deleted_at IS NOT NULL))
) STRICT;
CREATE INDEX customer_person_customer ON customer_person (customer_id, account);

-- What someone who was deleted had is given back: it takes no seat, and is remembered for a restore.
CREATE TABLE licence (
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  person_id   INTEGER NOT NULL REFERENCES customer_person (id),
  product_id  INTEGER NOT NULL REFERENCES product (id),
  given_back  INTEGER NOT NULL DEFAULT 0 CHECK (given_back IN (0, 1)),
  PRIMARY KEY (person_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_seat ON licence (customer_id, product_id, given_back);
