-- Everybody in every workspace with roles and groups: what a plan for a file of people has to read.
SELECT w.code, m.account, m.name, m.account_kind,
  (SELECT group_concat(role, ';') FROM member_role r WHERE r.member_id = m.id) AS roles,
  m.support_contact, m.service_admin, m.status, m.language,
  (SELECT group_concat(t.code, ';') FROM team_member x JOIN team t ON t.id = x.team_id WHERE x.member_id = m.id) AS groups,
  d.code, m.label, m.invited_at, m.expires_at, m.registered_at
FROM member m JOIN workspace w ON w.id = m.workspace_id LEFT JOIN team d ON d.id = m.default_group_id
ORDER BY w.code, m.account;
