-- Views that stand before the tables of the same name: whatever a question asks, it asks of what the person sees.
--
-- What is seen is joined and not asked with IN: a key that is asked for then reaches into the set, which is not made as a whole. For
-- the same reason the sets are unions, of which each part has an index to begin with, or conditions that a row meets by itself.

CREATE TEMP VIEW customer AS SELECT t.* FROM seen_party s JOIN main.customer t ON t.id = s.id;
CREATE TEMP VIEW contract AS SELECT t.* FROM seen_contract s JOIN main.contract t ON t.id = s.id;
CREATE TEMP VIEW schedule AS SELECT * FROM main.schedule WHERE contract_id IN (SELECT id FROM seen_contract);
CREATE TEMP VIEW package AS SELECT t.* FROM seen_package s JOIN main.package t ON t.id = s.id;
CREATE TEMP VIEW entitlement AS SELECT * FROM main.entitlement WHERE package_id IN (SELECT id FROM seen_package);
CREATE TEMP VIEW workspace AS SELECT * FROM main.workspace WHERE id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW workspace_contract AS SELECT * FROM main.workspace_contract WHERE workspace_id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW workspace_package AS SELECT * FROM main.workspace_package WHERE workspace_id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW contact AS SELECT n.* FROM main.contact n WHERE n.contract_id IN (SELECT id FROM seen_contract)
  AND (n.workspace_id IN (SELECT id FROM seen_workspace)
    OR (n.workspace_id IS NULL AND EXISTS (SELECT 1 FROM main.contract c LEFT JOIN main.workspace w
      ON w.customer_id = c.customer_id AND w.is_default = 1 WHERE c.id = n.contract_id
        AND (w.id IN (SELECT id FROM seen_workspace) OR c.customer_id IN (SELECT id FROM seen_customer)))));
CREATE TEMP VIEW member AS SELECT * FROM main.member WHERE workspace_id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW member_role AS SELECT r.* FROM main.member_role r WHERE EXISTS
  (SELECT 1 FROM main.member m WHERE m.id = r.member_id AND m.workspace_id IN (SELECT id FROM seen_workspace));
CREATE TEMP VIEW administrator AS SELECT * FROM main.administrator WHERE customer_id IN (SELECT id FROM seen_client);
CREATE TEMP VIEW team AS SELECT * FROM main.team WHERE workspace_id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW team_member AS SELECT * FROM main.team_member WHERE team_id IN (SELECT id FROM seen_team);
CREATE TEMP VIEW team_role AS SELECT * FROM main.team_role WHERE team_id IN (SELECT id FROM seen_team);
CREATE TEMP VIEW support_case AS SELECT t.* FROM (SELECT DISTINCT id FROM seen_case) s JOIN main.support_case t ON t.id = s.id;
CREATE TEMP VIEW case_share AS SELECT * FROM main.case_share WHERE case_id IN (SELECT id FROM seen_case);
CREATE TEMP VIEW engagement AS SELECT * FROM main.engagement WHERE workspace_id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW learning AS SELECT * FROM main.learning WHERE workspace_id IN (SELECT id FROM seen_workspace);
CREATE TEMP VIEW assessment AS SELECT * FROM main.assessment WHERE workspace_id IN (SELECT id FROM seen_workspace);

CREATE TEMP VIEW partner AS SELECT t.* FROM seen_supplier s JOIN main.partner t ON t.id = s.id;
CREATE TEMP VIEW partner_person AS SELECT * FROM main.partner_person WHERE partner_id IN (SELECT id FROM seen_partner);
CREATE TEMP VIEW partner_role AS SELECT * FROM main.partner_role WHERE person_id IN (SELECT id FROM partner_person);
CREATE TEMP VIEW partner_plan AS SELECT * FROM main.partner_plan WHERE partner_id IN (SELECT id FROM seen_partner);
CREATE TEMP VIEW relationship AS SELECT * FROM main.relationship
  WHERE partner_id IN (SELECT id FROM seen_partner) OR customer_id IN (SELECT id FROM seen_client);
-- Whether a customer may buy for itself and what it agreed to is told to every partner that serves it; which of them asked for
-- the agreement, to that one and to the customer (G-2, G-8).
CREATE TEMP VIEW self_purchase AS SELECT * FROM main.self_purchase WHERE customer_id IN (SELECT id FROM seen_party);
CREATE TEMP VIEW agreement AS SELECT a.id, a.customer_id, a.template_id, a.status,
    CASE WHEN a.customer_id IN (SELECT id FROM seen_client) OR a.partner_id IN (SELECT id FROM seen_partner) THEN a.partner_id END
      AS partner_id,
    a.code, a.invited_on, a.first_name, a.last_name, a.mail, a.phone, a.agreed_on
  FROM main.agreement a WHERE a.customer_id IN (SELECT id FROM seen_party);
CREATE TEMP VIEW support_contact AS SELECT * FROM main.support_contact WHERE customer_id IN (SELECT id FROM seen_client)
  OR partner_id IN (SELECT id FROM seen_partner) OR reseller_id IN (SELECT id FROM seen_partner);
CREATE TEMP VIEW security_group AS SELECT * FROM main.security_group WHERE partner_id IN (SELECT id FROM seen_partner);
CREATE TEMP VIEW security_group_member AS SELECT * FROM main.security_group_member WHERE group_id IN (SELECT id FROM security_group);
CREATE TEMP VIEW delegation AS SELECT t.* FROM seen_delegation s JOIN main.delegation t ON t.id = s.id;
CREATE TEMP VIEW delegation_role AS SELECT * FROM main.delegation_role WHERE delegation_id IN (SELECT id FROM seen_delegation);
CREATE TEMP VIEW subscription AS SELECT t.* FROM seen_subscription s JOIN main.subscription t ON t.id = s.id;
-- Who holds roles on a subscription is told to its customer. A partner is told of its own people and groups, of access that it
-- was given, and whoever sells it, to whom that was given.
CREATE TEMP VIEW subscription_role AS SELECT r.* FROM main.subscription_role r JOIN main.subscription s ON s.id = r.subscription_id
  WHERE s.id IN (SELECT id FROM seen_subscription) AND (s.customer_id IN (SELECT id FROM seen_customer)
    OR r.partner_id IN (SELECT id FROM seen_partner) OR (r.partner_id IS NOT NULL AND s.partner_id IN (SELECT id FROM seen_partner))
    OR r.group_id IN (SELECT id FROM security_group) OR r.account IN (SELECT account FROM partner_person));
CREATE TEMP VIEW transfer AS SELECT t.* FROM seen_transfer s JOIN main.transfer t ON t.id = s.id;
CREATE TEMP VIEW transfer_item AS SELECT * FROM main.transfer_item WHERE transfer_id IN (SELECT id FROM seen_transfer);
CREATE TEMP VIEW reservation AS SELECT t.* FROM seen_reservation s JOIN main.reservation t ON t.id = s.id;
CREATE TEMP VIEW calculation AS SELECT * FROM main.calculation WHERE reservation_id IN (SELECT id FROM seen_reservation);
CREATE TEMP VIEW reservation_return AS SELECT * FROM main.reservation_return WHERE reservation_id IN (SELECT id FROM seen_reservation);
CREATE TEMP VIEW intake AS SELECT * FROM main.intake WHERE partner_id IN (SELECT id FROM seen_partner);

CREATE TEMP VIEW customer_person AS SELECT * FROM main.customer_person WHERE customer_id IN (SELECT id FROM seen_tenant);
CREATE TEMP VIEW licence AS SELECT * FROM main.licence WHERE customer_id IN (SELECT id FROM seen_tenant);

CREATE TEMP VIEW ledger AS SELECT * FROM seen_entry;

-- Kept totals less what belongs to cases that are not seen; where every case is, they are taken as they stand.
CREATE TEMP VIEW ledger_total AS SELECT t.entitlement_id, t.workspace_id,
  t.consumed - CASE WHEN t.workspace_id IN (SELECT id FROM whole_workspace) OR t.entitlement_id IN (SELECT id FROM staffed_entitlement)
    THEN 0 ELSE ifnull((SELECT CAST(sum(h.quantity) AS bigint) FROM hidden_entry h
      WHERE h.entitlement_id = t.entitlement_id AND h.workspace_id = t.workspace_id), 0) END AS consumed,
  t.entries - CASE WHEN t.workspace_id IN (SELECT id FROM whole_workspace) OR t.entitlement_id IN (SELECT id FROM staffed_entitlement)
    THEN 0 ELSE (SELECT count(*) FROM hidden_entry h
      WHERE h.entitlement_id = t.entitlement_id AND h.workspace_id = t.workspace_id) END AS entries,
  t.last_day
  FROM main.ledger_total t WHERE t.workspace_id IN (SELECT id FROM seen_workspace);

-- What is left of a package is told to whoever sees everything that was used of it: the difference would give the rest away (A-5).
CREATE TEMP VIEW partial_package AS SELECT p.id FROM main.package p JOIN main.schedule s ON s.id = p.schedule_id
  WHERE EXISTS (SELECT 1 FROM (
      SELECT x.workspace_id FROM main.workspace_package x WHERE x.package_id = p.id
      UNION ALL SELECT t.workspace_id FROM main.entitlement e JOIN main.ledger_total t ON t.entitlement_id = e.id WHERE e.package_id = p.id) w
    WHERE w.workspace_id NOT IN (SELECT id FROM whole_workspace)
      AND (s.contract_id NOT IN (SELECT id FROM staffed_contract) OR w.workspace_id NOT IN (SELECT id FROM seen_workspace)));
