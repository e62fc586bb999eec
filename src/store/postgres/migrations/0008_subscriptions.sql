-- Terms of subscriptions, transfers to another partner, and Azure reservations (G-4, G-5).

ALTER TABLE main.subscription
  ADD COLUMN term text COLLATE "C" CHECK (term IN ('P1M', 'P1Y', 'P3Y')),
  ADD COLUMN billing text COLLATE "C" CHECK (billing IN ('monthly', 'annual', 'triennial')),
  ADD COLUMN auto_renew smallint NOT NULL DEFAULT 0 CHECK (auto_renew IN (0, 1)),
  ADD COLUMN cancel_until bigint;
CREATE INDEX subscription_partner ON main.subscription (partner_id, customer_id);
CREATE INDEX subscription_end ON main.subscription (ends_on) WHERE status IN ('active', 'suspended') AND ends_on IS NOT NULL;

-- The target asks, the source answers.
CREATE TABLE main.transfer (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  customer_id bigint NOT NULL,
  source_id bigint NOT NULL,
  target_id bigint NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected', 'cancelled', 'lapsed')),
  requested_at bigint NOT NULL,
  lapses_at bigint NOT NULL,
  settled_at bigint,
  CHECK (source_id <> target_id),
  PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX transfer_by_id ON main.transfer (id);
CREATE INDEX transfer_source ON main.transfer (source_id);
CREATE INDEX transfer_target ON main.transfer (target_id);

CREATE TABLE main.transfer_item (
  id bigint NOT NULL,
  transfer_id bigint NOT NULL,
  subscription_id bigint NOT NULL,
  of_customer bigint NOT NULL,
  UNIQUE (of_customer, transfer_id, subscription_id),
  PRIMARY KEY (of_customer, id)
);
CREATE UNIQUE INDEX transfer_item_by_id ON main.transfer_item (id);
CREATE UNIQUE INDEX transfer_item_key ON main.transfer_item (transfer_id, subscription_id);
CREATE INDEX transfer_item_subscription ON main.transfer_item (subscription_id);

-- Amounts are whole minor units of the currency. What was paid is for the units that are left.
CREATE TABLE main.reservation (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  customer_id bigint NOT NULL,
  partner_id bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  region text COLLATE "C",
  quantity bigint NOT NULL CHECK (quantity >= 0),
  term text COLLATE "C" NOT NULL CHECK (term IN ('P1Y', 'P3Y')),
  currency text COLLATE "C" NOT NULL,
  paid bigint NOT NULL CHECK (paid >= 0),
  starts_at bigint NOT NULL,
  ends_at bigint NOT NULL CHECK (ends_at > starts_at),
  status text COLLATE "C" NOT NULL CHECK (status IN ('active', 'cancelled', 'exchanged', 'refunded', 'expired')),
  settled_at bigint,
  origin_id bigint,
  PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX reservation_by_id ON main.reservation (id);
CREATE INDEX reservation_customer ON main.reservation (customer_id, partner_id);
CREATE INDEX reservation_partner ON main.reservation (partner_id);
CREATE INDEX reservation_end ON main.reservation (ends_at) WHERE status = 'active';

-- A calculation waits for its confirmation; what the reservation was is kept, so that one that changed since is told.
CREATE TABLE main.calculation (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  reservation_id bigint NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('cancel', 'exchange', 'refund')),
  made_at bigint NOT NULL,
  valid_until bigint NOT NULL,
  confirmed_at bigint,
  before text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  returned bigint NOT NULL,
  used bigint NOT NULL,
  refund bigint NOT NULL,
  counted bigint NOT NULL,
  usd_rate bigint,
  cost bigint NOT NULL,
  refusal text COLLATE "C",
  purchases text COLLATE "C" NOT NULL,
  of_customer bigint NOT NULL,
  PRIMARY KEY (of_customer, id)
);
CREATE UNIQUE INDEX calculation_by_id ON main.calculation (id);
CREATE INDEX calculation_reservation ON main.calculation (reservation_id);

-- What was given back: what it counts for in cents of USD is limited within twelve months.
CREATE TABLE main.reservation_return (
  id bigint NOT NULL,
  code text COLLATE "C" NOT NULL UNIQUE,
  reservation_id bigint NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('cancel', 'exchange', 'refund')),
  at bigint NOT NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  returned bigint NOT NULL,
  used bigint NOT NULL,
  refund bigint NOT NULL,
  counted bigint NOT NULL,
  of_customer bigint NOT NULL,
  CHECK (used + refund = returned),
  PRIMARY KEY (of_customer, id)
);
CREATE UNIQUE INDEX reservation_return_by_id ON main.reservation_return (id);
CREATE INDEX reservation_return_reservation ON main.reservation_return (reservation_id, at);

ALTER TABLE main.transfer ADD CONSTRAINT transfer_customer_there FOREIGN KEY (customer_id) REFERENCES main.customer (id);
ALTER TABLE main.transfer ADD CONSTRAINT transfer_source_there FOREIGN KEY (source_id) REFERENCES main.partner (id);
ALTER TABLE main.transfer ADD CONSTRAINT transfer_target_there FOREIGN KEY (target_id) REFERENCES main.partner (id);
ALTER TABLE main.transfer_item ADD CONSTRAINT transfer_item_transfer_there FOREIGN KEY (of_customer, transfer_id) REFERENCES main.transfer (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE main.transfer_item ADD CONSTRAINT transfer_item_subscription_there FOREIGN KEY (of_customer, subscription_id) REFERENCES main.subscription (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE main.reservation ADD CONSTRAINT reservation_customer_there FOREIGN KEY (customer_id) REFERENCES main.customer (id);
ALTER TABLE main.reservation ADD CONSTRAINT reservation_partner_there FOREIGN KEY (partner_id) REFERENCES main.partner (id);
ALTER TABLE main.reservation ADD CONSTRAINT reservation_origin_there FOREIGN KEY (customer_id, origin_id) REFERENCES main.reservation (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE main.calculation ADD CONSTRAINT calculation_reservation_there FOREIGN KEY (of_customer, reservation_id) REFERENCES main.reservation (customer_id, id) ON UPDATE CASCADE;
ALTER TABLE main.reservation_return ADD CONSTRAINT reservation_return_reservation_there FOREIGN KEY (of_customer, reservation_id) REFERENCES main.reservation (customer_id, id) ON UPDATE CASCADE;

-- Whose a row is.
CREATE FUNCTION main.owner_of_transfer_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.transfer p WHERE p.id = NEW.transfer_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON main.transfer_item FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION main.owner_of_transfer_item();
CREATE FUNCTION main.owner_by_reservation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.of_customer := (SELECT p.customer_id FROM main.reservation p WHERE p.id = NEW.reservation_id);
  RETURN NEW;
END $$;
CREATE TRIGGER owner BEFORE INSERT ON main.calculation FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION main.owner_by_reservation();
CREATE TRIGGER owner BEFORE INSERT ON main.reservation_return FOR EACH ROW WHEN (NEW.of_customer IS NULL) EXECUTE FUNCTION main.owner_by_reservation();

-- The next key of each table, as of those that were there before.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['transfer', 'transfer_item', 'reservation', 'calculation', 'reservation_return'] LOOP
    EXECUTE format(
      'CREATE FUNCTION main.next_%1$s() RETURNS bigint LANGUAGE plpgsql AS
         ''BEGIN RETURN (SELECT coalesce(max(id), 0) + 1 FROM main.%1$s); END''',
      name);
    EXECUTE format('ALTER TABLE main.%1$s ALTER id SET DEFAULT main.next_%1$s()', name);
  END LOOP;
END $$;
