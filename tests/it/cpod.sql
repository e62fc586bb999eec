-- The proof of delivery as one plain query, for a comparison cell by cell. ?1 is the day. Every contract of the
-- data it is used on shares that day and a zone in which no case was opened on another day than in UTC.
SELECT u.name, c.number, c.kind, date(c.starts_on * 86400, 'unixepoch'), date(c.ends_on * 86400, 'unixepoch'),
  iif(l.id IS NULL, (SELECT group_concat(name, '; ') FROM (SELECT v.name FROM workspace_package k
    JOIN workspace v ON v.id = k.workspace_id WHERE k.package_id = p.id ORDER BY v.name)), w.name),
  p.code, p.name, p.kind,
  iif(?1 BETWEEN p.starts_on AND p.ends_on AND ifnull(p.deactivated_on > ?1, 1), 'active', 'inactive'),
  date(p.ends_on * 86400, 'unixepoch'), e.code, e.service, e.category, e.unit,
  iif(e.allowance = 'limited', e.quantity / 100.0, e.allowance), ifnull(t.consumed, 0) / 100.0,
  iif(e.allowance = 'limited', (e.quantity - ifnull(t.consumed, 0)) / 100.0, NULL),
  iif(e.quantity > 0, ((ifnull(t.consumed, 0) * 20000 + sign(ifnull(t.consumed, 0)) * e.quantity) / (2 * e.quantity)) / 100.0, NULL),
  date(l.delivered_on * 86400, 'unixepoch'),
  coalesce(l.reference, iif(o.name IN ('learning', 'contacts', 'assessments'), l.source_key, NULL)) AS shown,
  coalesce(k.title, g.title, n.title, a.name, m.name, l.note), l.quantity / 100.0,
  coalesce(k.contact, g.contact, n.learner_account, m.account), k.severity, coalesce(k.state, g.status, n.status, a.status),
  iif(l.id IS NULL, NULL, iif(l.corrects IS NULL, 'use', 'correction')),
  CASE WHEN k.id IS NULL THEN NULL
    WHEN k.contract_id IS NULL OR k.package_id IS NULL OR k.entitlement_id IS NULL THEN 'missing-link'
    WHEN kc.ends_on < ?1 OR kc.ends_on < k.opened_at / 86400 THEN 'expired-contract'
    WHEN NOT EXISTS (SELECT 1 FROM workspace_contract x WHERE x.workspace_id = l.workspace_id
      AND x.contract_id = k.contract_id) THEN 'contract-not-in-workspace'
    WHEN k.class IS NOT NULL THEN 'class-' || k.class END
FROM entitlement e
JOIN package p ON p.id = e.package_id
JOIN schedule s ON s.id = p.schedule_id
JOIN contract c ON c.id = s.contract_id
JOIN customer u ON u.id = c.customer_id
LEFT JOIN (SELECT entitlement_id, sum(quantity) AS consumed FROM ledger WHERE delivered_on <= ?1 GROUP BY 1) t
  ON t.entitlement_id = e.id
LEFT JOIN ledger l ON l.entitlement_id = e.id AND l.delivered_on <= ?1
LEFT JOIN source o ON o.id = l.source_id
LEFT JOIN workspace w ON w.id = l.workspace_id
LEFT JOIN support_case k ON k.number = l.reference AND e.service IN ('reactive', 'advisory')
LEFT JOIN contract kc ON kc.id = k.contract_id
LEFT JOIN engagement g ON g.code = l.reference AND e.service IN ('proactive', 'proactive-credits', 'dse')
LEFT JOIN learning n ON o.name = 'learning' AND n.code = l.reference
LEFT JOIN assessment a ON o.name = 'assessments' AND a.code = l.reference
LEFT JOIN contact m ON m.id = (SELECT min(id) FROM contact WHERE o.name = 'contacts' AND account = l.reference)
ORDER BY u.name, c.number, p.code, e.code, l.delivered_on, ifnull(shown, ''), l.id
