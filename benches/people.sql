-- Everybody in every workspace, as `servhub export users` writes them.
SELECT w.code AS workspace, m.account, m.name, m.account_kind,
  ifnull((SELECT group_concat(role, ';') FROM (SELECT role FROM member_role r WHERE r.member_id = m.id ORDER BY role)), '') AS roles,
  iif(m.support_contact, 'yes', 'no') AS support_contact, iif(m.service_admin, 'yes', 'no') AS service_admin,
  iif(m.status = 'invited' AND m.expires_at <= 1795161600, 'expired', m.status) AS status, m.language,
  ifnull((SELECT group_concat(code, ';') FROM (SELECT t.code FROM team_member x JOIN team t ON t.id = x.team_id
    WHERE x.member_id = m.id ORDER BY t.code)), '') AS groups,
  d.code AS default_group, m.label,
  strftime('%Y-%m-%dT%H:%M:%SZ', m.invited_at, 'unixepoch') AS invited_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', m.expires_at, 'unixepoch') AS expires_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', m.registered_at, 'unixepoch') AS registered_at
FROM member m JOIN workspace w ON w.id = m.workspace_id LEFT JOIN team d ON d.id = m.default_group_id
ORDER BY w.code, m.account;
