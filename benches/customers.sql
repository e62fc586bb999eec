-- Customers with their partners, as `customer list` tells them.
SELECT u.code, u.name, u.domain, u.country,
  (SELECT group_concat(p.code || CASE r.status WHEN 'active' THEN '' ELSE ' (' || r.status || ')' END, char(10))
     FROM relationship r JOIN partner p ON p.id = r.partner_id WHERE r.customer_id = u.id),
  (SELECT p.code FROM relationship r JOIN partner p ON p.id = r.partner_id
     WHERE r.customer_id = u.id AND r.of_record = 1 AND r.status = 'active')
FROM customer u ORDER BY u.code;
