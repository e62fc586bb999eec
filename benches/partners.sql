-- What a file of licences does: names looked up, nobody without a usage location, nobody deleted, seats counted for each
-- product of each customer, and nothing twice.
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
CREATE TEMP TABLE sheet (customer TEXT, account TEXT, products TEXT);
.mode csv
.import --schema temp --skip 1 {sheet} sheet
BEGIN IMMEDIATE;
CREATE TEMP TABLE wanted AS SELECT p.customer_id, p.id AS person_id, o.id AS product_id
  FROM sheet s JOIN customer_person p ON p.account = s.account AND p.state = 'active' AND p.usage_location IS NOT NULL
  JOIN customer u ON u.id = p.customer_id AND u.code = s.customer
  JOIN json_each('["' || replace(s.products, ';', '","') || '"]') e JOIN product o ON o.name = e.value
  WHERE NOT EXISTS (SELECT 1 FROM licence l WHERE l.person_id = p.id AND l.product_id = o.id);
CREATE TEMP TABLE free AS SELECT w.customer_id, w.product_id, count(*) AS wanted,
    (SELECT sum(s.quantity) FROM subscription s WHERE s.customer_id = w.customer_id AND s.product_id = w.product_id
       AND s.status = 'active' AND s.starts_on <= 20777 AND (s.ends_on IS NULL OR s.ends_on >= 20777))
    - (SELECT count(*) FROM licence l WHERE l.customer_id = w.customer_id AND l.product_id = w.product_id AND l.given_back = 0) AS seats
  FROM wanted w GROUP BY w.customer_id, w.product_id;
INSERT INTO licence (customer_id, person_id, product_id)
  SELECT w.customer_id, w.person_id, w.product_id FROM wanted w
  JOIN free f ON f.customer_id = w.customer_id AND f.product_id = w.product_id AND f.seats >= f.wanted;
COMMIT;
