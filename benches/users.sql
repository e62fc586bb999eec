-- Who holds what: what `servhub export users` writes, in the same order.
WITH line AS (
  SELECT u.name AS customer, w.name AS workspace, NULL AS contract, m.account AS account, m.name AS name, m.account_kind AS account_kind,
    iif(m.status = 'invited' AND m.expires_at <= unixepoch('2026-11-20T08:00:00Z'), 'expired', m.status) AS status,
    (SELECT group_concat(role, ';') FROM (SELECT role FROM member_role WHERE member_id = m.id ORDER BY role)) AS roles,
    (SELECT group_concat(role, ';') FROM (SELECT DISTINCT r.role FROM team_member x JOIN team_role r ON r.team_id = x.team_id
      WHERE x.member_id = m.id ORDER BY 1)) AS via_groups,
    (SELECT group_concat(code, ';') FROM (SELECT t.code FROM team_member x JOIN team t ON t.id = x.team_id
      WHERE x.member_id = m.id ORDER BY 1)) AS groups,
    iif(m.support_contact, 'yes', 'no') AS support_contact, iif(m.service_admin, 'yes', 'no') AS service_admin,
    m.language AS language, m.label AS label, m.invited_at AS invited_at, m.expires_at AS expires_at, m.registered_at AS registered_at,
    NULL AS partner
  FROM member m JOIN workspace w ON w.id = m.workspace_id JOIN customer u ON u.id = w.customer_id WHERE m.status <> 'removed'
  UNION ALL
  SELECT u.name, NULL, NULL, a.account, a.name, NULL, NULL, 'global-admin', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM administrator a JOIN customer u ON u.id = a.customer_id
  UNION ALL
  SELECT u.name, NULL, c.number, h.account, NULL, NULL, NULL, h.role, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM holding h JOIN contract c ON c.id = h.contract_id JOIN customer u ON u.id = c.customer_id
  WHERE h.role IN ('csam', 'account-coordinator', 'incident-manager')
  UNION ALL
  SELECT NULL, NULL, NULL, q.account, q.name, NULL, NULL,
    (SELECT group_concat(role, ';') FROM (SELECT role FROM partner_role WHERE person_id = q.id ORDER BY role)),
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, p.name
  FROM partner_person q JOIN partner p ON p.id = q.partner_id
)
SELECT customer, workspace, contract, account, name, account_kind, status, roles, via_groups, groups, support_contact, service_admin,
  language, label, strftime('%Y-%m-%dT%H:%M:%SZ', invited_at, 'unixepoch') AS invited_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', expires_at, 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', registered_at, 'unixepoch') AS registered_at, partner
FROM line ORDER BY partner, customer, workspace, contract, account, roles;
