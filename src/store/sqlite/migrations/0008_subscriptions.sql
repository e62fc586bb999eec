-- Terms of subscriptions, transfers to another partner, and Azure reservations (G-4, G-5).

-- A term and how it is billed; usage is sold without a term. Until then seats may be lowered and the term cancelled; where
-- nothing was kept, it is counted from the first day.
ALTER TABLE subscription ADD COLUMN term TEXT CHECK (term IN ('P1M', 'P1Y', 'P3Y'));
ALTER TABLE subscription ADD COLUMN billing TEXT CHECK (billing IN ('monthly', 'annual', 'triennial'));
ALTER TABLE subscription ADD COLUMN auto_renew INTEGER NOT NULL DEFAULT 0 CHECK (auto_renew IN (0, 1));
ALTER TABLE subscription ADD COLUMN cancel_until INTEGER;
CREATE INDEX subscription_partner ON subscription (partner_id, customer_id);
CREATE INDEX subscription_end ON subscription (ends_on) WHERE status IN ('active', 'suspended') AND ends_on IS NOT NULL;

-- The target asks, the source answers.
CREATE TABLE transfer (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE,
  customer_id  INTEGER NOT NULL REFERENCES customer (id),
  source_id    INTEGER NOT NULL REFERENCES partner (id),
  target_id    INTEGER NOT NULL REFERENCES partner (id),
  status       TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected', 'cancelled', 'lapsed')),
  requested_at INTEGER NOT NULL,
  lapses_at    INTEGER NOT NULL,
  settled_at   INTEGER,
  CHECK (source_id <> target_id)
) STRICT;
CREATE INDEX transfer_customer ON transfer (customer_id);
CREATE INDEX transfer_source ON transfer (source_id);
CREATE INDEX transfer_target ON transfer (target_id);

CREATE TABLE transfer_item (
  id              INTEGER PRIMARY KEY,
  transfer_id     INTEGER NOT NULL REFERENCES transfer (id),
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  UNIQUE (transfer_id, subscription_id)
) STRICT;
CREATE INDEX transfer_item_subscription ON transfer_item (subscription_id);

-- Amounts are whole minor units of the currency. What was paid is for the units that are left.
CREATE TABLE reservation (
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customer (id),
  partner_id  INTEGER NOT NULL REFERENCES partner (id),
  name        TEXT NOT NULL,
  sku         TEXT NOT NULL,
  region      TEXT,
  quantity    INTEGER NOT NULL CHECK (quantity >= 0),
  term        TEXT NOT NULL CHECK (term IN ('P1Y', 'P3Y')),
  currency    TEXT NOT NULL,
  paid        INTEGER NOT NULL CHECK (paid >= 0),
  starts_at   INTEGER NOT NULL,
  ends_at     INTEGER NOT NULL CHECK (ends_at > starts_at),
  status      TEXT NOT NULL CHECK (status IN ('active', 'cancelled', 'exchanged', 'refunded', 'expired')),
  settled_at  INTEGER,
  origin_id   INTEGER REFERENCES reservation (id)
) STRICT;
CREATE INDEX reservation_customer ON reservation (customer_id, partner_id);
CREATE INDEX reservation_partner ON reservation (partner_id);
CREATE INDEX reservation_end ON reservation (ends_at) WHERE status = 'active';

-- A calculation waits for its confirmation; what the reservation was is kept, so that one that changed since is told.
CREATE TABLE calculation (
  id             INTEGER PRIMARY KEY,
  code           TEXT NOT NULL UNIQUE,
  reservation_id INTEGER NOT NULL REFERENCES reservation (id),
  kind           TEXT NOT NULL CHECK (kind IN ('cancel', 'exchange', 'refund')),
  made_at        INTEGER NOT NULL,
  valid_until    INTEGER NOT NULL,
  confirmed_at   INTEGER,
  before         TEXT NOT NULL,
  quantity       INTEGER NOT NULL CHECK (quantity > 0),
  returned       INTEGER NOT NULL,
  used           INTEGER NOT NULL,
  refund         INTEGER NOT NULL,
  counted        INTEGER NOT NULL,
  usd_rate       INTEGER,
  cost           INTEGER NOT NULL,
  refusal        TEXT,
  purchases      TEXT NOT NULL
) STRICT;
CREATE INDEX calculation_reservation ON calculation (reservation_id);

-- What was given back: what it counts for in cents of USD is limited within twelve months.
CREATE TABLE reservation_return (
  id             INTEGER PRIMARY KEY,
  code           TEXT NOT NULL UNIQUE,
  reservation_id INTEGER NOT NULL REFERENCES reservation (id),
  kind           TEXT NOT NULL CHECK (kind IN ('cancel', 'exchange', 'refund')),
  at             INTEGER NOT NULL,
  quantity       INTEGER NOT NULL CHECK (quantity > 0),
  returned       INTEGER NOT NULL,
  used           INTEGER NOT NULL,
  refund         INTEGER NOT NULL,
  counted        INTEGER NOT NULL,
  CHECK (used + refund = returned)
) STRICT;
CREATE INDEX reservation_return_reservation ON reservation_return (reservation_id, at);
