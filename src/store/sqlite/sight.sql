-- What one person sees, as tables and views of the connection alone. `seen_*` is what the permission asked for
-- covers; `known_*` is what the person may know of at all (R-5). Filled by sight.rs.

CREATE TEMP TABLE known_customer (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE known_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE seen_customer (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE seen_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE whole_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE staffed_contract (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE my_workspace (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE viewer (account TEXT NOT NULL COLLATE NOCASE);
CREATE TEMP TABLE my_team (id INTEGER PRIMARY KEY);

CREATE TEMP VIEW known_contract AS SELECT c.id FROM main.contract c WHERE c.customer_id IN (SELECT id FROM known_customer)
  OR EXISTS (SELECT 1 FROM main.workspace_contract x WHERE x.contract_id = c.id AND x.workspace_id IN (SELECT id FROM known_workspace));
CREATE TEMP VIEW known_package AS SELECT p.id FROM main.package p JOIN main.schedule s ON s.id = p.schedule_id
  JOIN main.contract c ON c.id = s.contract_id WHERE c.customer_id IN (SELECT id FROM known_customer)
  OR EXISTS (SELECT 1 FROM main.workspace_package x WHERE x.package_id = p.id AND x.workspace_id IN (SELECT id FROM known_workspace));
CREATE TEMP VIEW known_entitlement AS SELECT e.id FROM main.entitlement e WHERE e.package_id IN (SELECT id FROM known_package);
CREATE TEMP VIEW known_party AS SELECT id FROM known_customer
  UNION SELECT w.customer_id FROM main.workspace w JOIN known_workspace k ON k.id = w.id;
CREATE TEMP VIEW known_team AS SELECT t.id FROM main.team t WHERE t.workspace_id IN (SELECT id FROM known_workspace);

CREATE TEMP VIEW seen_party AS SELECT id FROM seen_customer
  UNION SELECT w.customer_id FROM main.workspace w JOIN seen_workspace k ON k.id = w.id;
CREATE TEMP VIEW seen_contract AS SELECT c.id FROM main.contract c WHERE c.customer_id IN (SELECT id FROM seen_customer)
  OR EXISTS (SELECT 1 FROM main.workspace_contract x WHERE x.contract_id = c.id AND x.workspace_id IN (SELECT id FROM seen_workspace));
CREATE TEMP VIEW seen_package AS SELECT p.id FROM main.package p JOIN main.schedule s ON s.id = p.schedule_id
  JOIN main.contract c ON c.id = s.contract_id WHERE c.customer_id IN (SELECT id FROM seen_customer)
  OR EXISTS (SELECT 1 FROM main.workspace_package x WHERE x.package_id = p.id AND x.workspace_id IN (SELECT id FROM seen_workspace));
CREATE TEMP VIEW seen_entitlement AS SELECT e.id FROM main.entitlement e WHERE e.package_id IN (SELECT id FROM seen_package);
CREATE TEMP VIEW seen_team AS SELECT t.id FROM main.team t WHERE t.workspace_id IN (SELECT id FROM seen_workspace);

-- V-1 to V-5, in the order: group, share, primary contact, everything here, the contract's own staff.
CREATE TEMP VIEW seen_case AS SELECT k.id FROM main.support_case k WHERE k.workspace_id IN (SELECT id FROM seen_workspace) AND (
  k.workspace_id IN (SELECT id FROM whole_workspace)
  OR k.contract_id IN (SELECT id FROM staffed_contract)
  OR (k.workspace_id IN (SELECT id FROM my_workspace) AND (
    k.team_id IN (SELECT id FROM my_team)
    OR k.named_contact = (SELECT account FROM viewer)
    OR EXISTS (SELECT 1 FROM main.case_share s WHERE s.case_id = k.id AND s.account = (SELECT account FROM viewer)))));

-- An entry that names a case of its workspace is seen with that case, or by the staff of its own contract (A-5).
CREATE TEMP VIEW staffed_entitlement AS SELECT e.id FROM main.entitlement e JOIN main.package p ON p.id = e.package_id
  JOIN main.schedule s ON s.id = p.schedule_id WHERE s.contract_id IN (SELECT id FROM staffed_contract);
CREATE TEMP VIEW seen_entry AS SELECT l.* FROM main.ledger l WHERE l.workspace_id IN (SELECT id FROM seen_workspace) AND (
  l.workspace_id IN (SELECT id FROM whole_workspace) OR l.reference IS NULL
  OR l.entitlement_id IN (SELECT id FROM staffed_entitlement)
  OR NOT EXISTS (SELECT 1 FROM main.support_case k WHERE k.number = l.reference AND k.workspace_id = l.workspace_id
    AND k.id NOT IN (SELECT id FROM seen_case)));
