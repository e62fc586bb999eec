-- What one person sees, as tables and views of the connection alone. `seen_*` is what the permission asked for
-- covers; `known_*` is what the person may know of at all (R-5). Filled by sight.rs.

CREATE TEMP TABLE known_customer (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE known_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE seen_customer (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE seen_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE all_cases_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE whole_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE staffed_contract (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE my_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE known_partner (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE seen_partner (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE cases_partner (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE all_cases_partner (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE viewer (account TEXT NOT NULL COLLATE NOCASE);
CREATE TEMP TABLE my_team (id INTEGER PRIMARY KEY);

CREATE TEMP VIEW known_contract AS SELECT c.id FROM main.contract c WHERE c.customer_id IN (SELECT id FROM known_customer)
  UNION SELECT x.contract_id FROM main.workspace_contract x WHERE x.workspace_id IN (SELECT id FROM known_workspace);
CREATE TEMP VIEW known_package AS SELECT p.id FROM main.contract c JOIN main.schedule s ON s.contract_id = c.id
    JOIN main.package p ON p.schedule_id = s.id WHERE c.customer_id IN (SELECT id FROM known_customer)
  UNION SELECT x.package_id FROM main.workspace_package x WHERE x.workspace_id IN (SELECT id FROM known_workspace);
CREATE TEMP VIEW known_entitlement AS SELECT e.id FROM main.entitlement e WHERE e.package_id IN (SELECT id FROM known_package);
-- A customer that was asked and has not accepted is nothing of the partner's yet, and one that took its word back no more.
CREATE TEMP VIEW known_party AS SELECT id FROM known_customer
  UNION SELECT w.customer_id FROM main.workspace w JOIN known_workspace k ON k.id = w.id
  UNION SELECT r.customer_id FROM main.relationship r JOIN known_partner k ON k.id = r.partner_id WHERE r.status = 'active';
CREATE TEMP VIEW known_team AS SELECT t.id FROM main.team t WHERE t.workspace_id IN (SELECT id FROM known_workspace);

CREATE TEMP VIEW seen_client AS SELECT id FROM seen_customer
  UNION SELECT w.customer_id FROM main.workspace w JOIN seen_workspace k ON k.id = w.id;
CREATE TEMP VIEW seen_party AS SELECT id FROM seen_client
  UNION SELECT r.customer_id FROM main.relationship r JOIN seen_partner k ON k.id = r.partner_id WHERE r.status = 'active';

-- One's own partner with those that it buys from or sells through, and the partners that serve one's own customer. Of each
-- other nothing else is seen, and several that serve one customer see nothing of one another (G-2).
CREATE TEMP VIEW known_supplier AS SELECT id FROM known_partner
  UNION SELECT p.provider_id FROM main.partner p JOIN known_partner k ON k.id = p.id WHERE p.provider_id IS NOT NULL
  UNION SELECT p.id FROM main.partner p JOIN known_partner k ON k.id = p.provider_id
  UNION SELECT r.partner_id FROM main.relationship r JOIN known_customer k ON k.id = r.customer_id WHERE r.status IN ('requested', 'active')
  UNION SELECT r.partner_id FROM main.relationship r JOIN main.workspace w ON w.customer_id = r.customer_id
    JOIN known_workspace k ON k.id = w.id WHERE r.status IN ('requested', 'active');
CREATE TEMP VIEW seen_supplier AS SELECT id FROM seen_partner
  UNION SELECT p.provider_id FROM main.partner p JOIN seen_partner k ON k.id = p.id WHERE p.provider_id IS NOT NULL
  UNION SELECT p.id FROM main.partner p JOIN seen_partner k ON k.id = p.provider_id
  UNION SELECT r.partner_id FROM main.relationship r JOIN seen_client k ON k.id = r.customer_id WHERE r.status IN ('requested', 'active');
-- A subscription is its customer's, its seller's, and that of a reseller that was given access to it (B-4). What is asked of one
-- row at a time is said of the row and is no union: whichever index a question begins with, by customer or by what ends soon, the
-- set is then not made as a whole.
CREATE TEMP VIEW known_subscription AS SELECT s.id FROM main.subscription s WHERE s.customer_id IN (SELECT id FROM known_customer)
  OR s.partner_id IN (SELECT id FROM known_partner)
  OR s.id IN (SELECT r.subscription_id FROM main.subscription_role r WHERE r.partner_id IN (SELECT id FROM known_partner));
CREATE TEMP VIEW seen_subscription AS SELECT s.id FROM main.subscription s WHERE s.customer_id IN (SELECT id FROM seen_customer)
  OR s.partner_id IN (SELECT id FROM seen_partner)
  OR s.id IN (SELECT r.subscription_id FROM main.subscription_role r WHERE r.partner_id IN (SELECT id FROM seen_partner));
-- A transfer is its customer's and of both partners; each of them sees only its own side (G-4). A reservation is its customer's
-- and its seller's.
CREATE TEMP VIEW known_transfer AS SELECT x.id FROM main.transfer x WHERE x.customer_id IN (SELECT id FROM known_customer)
  OR x.source_id IN (SELECT id FROM known_partner)
  OR x.target_id IN (SELECT id FROM known_partner);
CREATE TEMP VIEW seen_transfer AS SELECT x.id FROM main.transfer x WHERE x.customer_id IN (SELECT id FROM seen_customer)
  OR x.source_id IN (SELECT id FROM seen_partner)
  OR x.target_id IN (SELECT id FROM seen_partner);
CREATE TEMP VIEW known_reservation AS SELECT v.id FROM main.reservation v WHERE v.customer_id IN (SELECT id FROM known_customer)
  OR v.partner_id IN (SELECT id FROM known_partner);
CREATE TEMP VIEW seen_reservation AS SELECT v.id FROM main.reservation v WHERE v.customer_id IN (SELECT id FROM seen_customer)
  OR v.partner_id IN (SELECT id FROM seen_partner);
CREATE TEMP VIEW known_delegation AS SELECT d.id FROM main.delegation d WHERE d.customer_id IN (SELECT id FROM known_customer)
  OR d.partner_id IN (SELECT id FROM known_partner);
CREATE TEMP VIEW seen_delegation AS SELECT d.id FROM main.delegation d WHERE d.customer_id IN (SELECT id FROM seen_customer)
  OR d.partner_id IN (SELECT id FROM seen_partner);
-- The people of a customer are seen by its own administrators and by the partners that serve it.
CREATE TEMP VIEW seen_tenant AS SELECT id FROM seen_customer
  UNION ALL SELECT r.customer_id FROM main.relationship r JOIN seen_partner k ON k.id = r.partner_id WHERE r.status = 'active';
CREATE TEMP VIEW seen_contract AS SELECT c.id FROM main.contract c WHERE c.customer_id IN (SELECT id FROM seen_customer)
  UNION SELECT x.contract_id FROM main.workspace_contract x WHERE x.workspace_id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW seen_package AS SELECT p.id FROM main.contract c JOIN main.schedule s ON s.contract_id = c.id
    JOIN main.package p ON p.schedule_id = s.id WHERE c.customer_id IN (SELECT id FROM seen_customer)
  UNION SELECT x.package_id FROM main.workspace_package x WHERE x.workspace_id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW seen_entitlement AS SELECT e.id FROM main.entitlement e WHERE e.package_id IN (SELECT id FROM seen_package);
CREATE TEMP VIEW seen_team AS SELECT t.id FROM main.team t WHERE t.workspace_id IN (SELECT id FROM seen_workspace);

-- Who sees a case: one line for each rule, so that what shows a case can also say why (V-1 to V-5). A partner's case is
-- seen by its agents: by some apart from those for Azure, unless they filed them, are named in them or were given them.
CREATE TEMP VIEW case_rule (id, workspace_id, partner_id, rule) AS
  SELECT k.id, k.workspace_id, NULL, 'V-1' FROM main.support_case k
    WHERE k.team_id IN (SELECT id FROM my_team) AND k.workspace_id IN (SELECT id FROM my_workspace)
  UNION ALL SELECT k.id, k.workspace_id, k.partner_id, 'V-2' FROM main.case_share s JOIN main.support_case k ON k.id = s.case_id
    WHERE s.account = (SELECT account FROM viewer)
      AND (k.workspace_id IN (SELECT id FROM my_workspace) OR k.partner_id IN (SELECT id FROM cases_partner))
  UNION ALL SELECT k.id, k.workspace_id, k.partner_id, 'V-3' FROM main.support_case k
    WHERE k.named_contact = (SELECT account FROM viewer)
      AND (k.workspace_id IN (SELECT id FROM my_workspace) OR k.partner_id IN (SELECT id FROM cases_partner))
  UNION ALL SELECT k.id, k.workspace_id, NULL, 'V-4' FROM main.support_case k WHERE k.workspace_id IN (SELECT id FROM all_cases_workspace)
  UNION ALL SELECT k.id, k.workspace_id, NULL, 'V-5' FROM main.support_case k WHERE k.contract_id IN (SELECT id FROM staffed_contract)
  UNION ALL SELECT k.id, NULL, k.partner_id, 'partner' FROM main.support_case k WHERE k.partner_id IN (SELECT id FROM cases_partner)
    AND (k.partner_id IN (SELECT id FROM all_cases_partner) OR k.family IS DISTINCT FROM 'azure' OR k.filed_by = (SELECT account FROM viewer));
CREATE TEMP VIEW known_case AS SELECT id FROM case_rule;
CREATE TEMP VIEW seen_case AS SELECT id FROM case_rule
  WHERE workspace_id IN (SELECT id FROM seen_workspace) OR partner_id IN (SELECT id FROM seen_partner);

-- An entry that names a case of its own workspace is shown with that case, or to the staff of its own contract. Any other
-- is a part of its workspace's consumption: it is shown, but not what it says of a case that is not (A-5).
CREATE TEMP VIEW staffed_entitlement AS SELECT e.id FROM main.entitlement e JOIN main.package p ON p.id = e.package_id
  JOIN main.schedule s ON s.id = p.schedule_id WHERE s.contract_id IN (SELECT id FROM staffed_contract);
CREATE TEMP VIEW unknown_case AS SELECT number, workspace_id FROM main.support_case WHERE id NOT IN (SELECT id FROM known_case);
CREATE TEMP VIEW seen_entry AS SELECT l.id, l.entitlement_id, l.workspace_id, l.delivered_on, l.quantity,
    CASE WHEN EXISTS (SELECT 1 FROM unknown_case k WHERE k.number = l.reference) THEN NULL ELSE l.reference END AS reference,
    CASE WHEN EXISTS (SELECT 1 FROM unknown_case k WHERE k.number = l.reference) THEN NULL ELSE l.note END AS note,
    l.source_id, l.source_key, l.recording_id, l.late, l.corrects,
    CASE WHEN EXISTS (SELECT 1 FROM unknown_case k WHERE k.number = l.reference) THEN NULL ELSE l.reason END AS reason,
    l.draw
  FROM main.ledger l WHERE l.workspace_id IN (SELECT id FROM seen_workspace) AND (
    l.workspace_id IN (SELECT id FROM whole_workspace) OR l.reference IS NULL
    OR l.entitlement_id IN (SELECT id FROM staffed_entitlement)
    OR NOT EXISTS (SELECT 1 FROM unknown_case k WHERE k.number = l.reference AND k.workspace_id = l.workspace_id));

-- What is taken off the kept totals.
CREATE TEMP VIEW hidden_entry AS SELECT l.entitlement_id, l.workspace_id, l.quantity, l.delivered_on FROM main.ledger l
  JOIN unknown_case k ON k.number = l.reference AND k.workspace_id = l.workspace_id;
