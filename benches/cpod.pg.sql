-- `servhub export cpod -o csv` as one query of PostgreSQL: `cpod.sql` in its dialect.
CREATE FUNCTION pg_temp.figure(q bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT rtrim(rtrim(CASE WHEN q < 0 THEN '-' ELSE '' END || abs(q) / 100 || '.' || lpad(CAST(abs(q) % 100 AS text), 2, '0'), '0'), '.')
$$;
COPY (
WITH
consumption AS MATERIALIZED (
  SELECT entitlement_id, CAST(sum(consumed) AS bigint) AS consumed FROM ledger_total GROUP BY entitlement_id
),
holders AS MATERIALIZED (
  SELECT h.package_id, string_agg(w.name, '; ' ORDER BY w.name) AS names
  FROM workspace_package h JOIN workspace w ON w.id = h.workspace_id
  GROUP BY package_id
),
line AS MATERIALIZED (
  SELECT
    e.id, c.id AS contract_id, e.code AS entitlement, e.service, e.category, e.allowance AS kind, e.unit, e.quantity,
    u.name AS customer, c.number AS contract, c.kind AS contract_kind,
    to_char(date '1970-01-01' + c.starts_on::int, 'YYYY-MM-DD') AS contract_start,
    to_char(date '1970-01-01' + c.ends_on::int, 'YYYY-MM-DD') AS contract_end,
    p.code AS package, p.name AS package_name, p.kind AS package_kind,
    CASE WHEN @as_of BETWEEN p.starts_on AND p.ends_on AND (p.deactivated_on IS NULL OR p.deactivated_on > @as_of)
      THEN 'active' ELSE 'inactive' END AS package_status,
    to_char(date '1970-01-01' + p.ends_on::int, 'YYYY-MM-DD') AS package_end,
    h.names AS holders,
    coalesce(t.consumed, 0) AS consumed,
    e.quantity - coalesce(t.consumed, 0) AS remaining,
    (coalesce(t.consumed, 0) * 20000 + CASE WHEN coalesce(t.consumed, 0) < 0 THEN -e.quantity ELSE e.quantity END)
      / nullif(2 * e.quantity, 0) AS percent
  FROM entitlement e
  JOIN package p ON p.id = e.package_id
  JOIN schedule s ON s.id = p.schedule_id
  JOIN contract c ON c.id = s.contract_id
  JOIN customer u ON u.id = c.customer_id
  LEFT JOIN consumption t ON t.entitlement_id = e.id
  LEFT JOIN holders h ON h.package_id = p.id
),
written AS MATERIALIZED (
  SELECT
    id, contract_id, customer, contract, contract_kind, contract_start, contract_end, package, package_name, package_kind,
    package_status, package_end, entitlement, service, category, unit, holders,
    CASE kind WHEN 'limited'
      THEN pg_temp.figure(quantity)
      ELSE kind END AS allowance,
    pg_temp.figure(consumed) AS consumed,
    CASE kind WHEN 'limited'
      THEN pg_temp.figure(remaining) END AS remaining,
    CASE kind WHEN 'limited'
      THEN pg_temp.figure(percent) END AS percent_used
  FROM line
)
SELECT
  e.customer, e.contract, e.contract_kind, e.contract_start, e.contract_end,
  CASE WHEN l.id IS NULL THEN e.holders ELSE w.name END AS workspace,
  e.package, e.package_name, e.package_kind, e.package_status, e.package_end,
  e.entitlement, e.service, e.category, e.unit, e.allowance, e.consumed, e.remaining, e.percent_used,
  to_char(date '1970-01-01' + l.delivered_on::int, 'YYYY-MM-DD') AS delivered_on,
  l.reference,
  coalesce(k.title, g.title, n.title, o.name, a.name, l.note) AS title,
  CASE WHEN l.id IS NOT NULL
    THEN pg_temp.figure(l.quantity) END AS quantity,
  coalesce(k.contact, g.contact, n.learner_account, o.account) AS contact,
  k.severity,
  coalesce(k.state, g.status, n.status, a.status) AS state,
  CASE WHEN l.id IS NULL THEN NULL WHEN l.corrects IS NULL THEN 'use' ELSE 'correction' END AS entry_kind,
  CASE
    WHEN k.id IS NULL THEN NULL
    WHEN k.contract_id IS NULL OR k.package_id IS NULL OR k.entitlement_id IS NULL THEN 'missing-link'
    WHEN kc.ends_on < @as_of OR kc.ends_on < k.opened_at / 86400 THEN 'expired-contract'
    WHEN x.contract_id IS NULL THEN 'contract-not-in-workspace'
    WHEN k.class IS NOT NULL THEN 'class-' || k.class
  END AS other_case_reason
FROM written e
LEFT JOIN ledger l ON l.entitlement_id = e.id AND l.delivered_on <= @as_of
LEFT JOIN workspace w ON w.id = l.workspace_id
LEFT JOIN support_case k ON k.number = CASE WHEN e.service IN ('reactive', 'advisory') THEN l.reference END
LEFT JOIN contract kc ON kc.id = k.contract_id
LEFT JOIN workspace_contract x ON x.workspace_id = l.workspace_id AND x.contract_id = k.contract_id
LEFT JOIN engagement g
  ON g.code = CASE WHEN e.service IN ('proactive', 'proactive-credits', 'dse') THEN l.reference END
LEFT JOIN learning n ON n.code = CASE WHEN e.service = 'education' THEN l.reference END
LEFT JOIN assessment a ON a.code = CASE WHEN e.service = 'assessment' THEN l.reference END
LEFT JOIN contact o
  ON o.contract_id = CASE WHEN e.service = 'contacts' THEN e.contract_id END AND o.account = l.reference
  AND o.role = 'support-contact'
ORDER BY e.customer, e.contract, e.package, e.entitlement, l.delivered_on, coalesce(l.reference, ''), l.id
) TO STDOUT WITH (FORMAT csv, HEADER true);
