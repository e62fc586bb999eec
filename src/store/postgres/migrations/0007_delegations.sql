-- Delegated access through its whole life (G-3): for how many days it was asked for, whether it extends itself, and when
-- people decided. What time does follows from these when it is read. A delegation that was approved here has the moment;
-- one without it was taken over as it stood elsewhere.
ALTER TABLE main.delegation
  ADD COLUMN days bigint CHECK (days BETWEEN 1 AND 730),
  ADD COLUMN auto_extend smallint NOT NULL DEFAULT 0 CHECK (auto_extend IN (0, 1)),
  ADD COLUMN asked_at bigint,
  ADD COLUMN approved_at bigint,
  ADD COLUMN ended_at bigint;

-- What is due is looked up by its moment, so that the cost follows what is due.
CREATE INDEX due_delegation ON main.delegation (ends_at)
  WHERE auto_extend = 0 AND status IN ('approved', 'activating', 'active', 'expiring');
CREATE INDEX due_answer ON main.delegation (asked_at) WHERE status = 'approval-pending';
CREATE INDEX due_relationship ON main.relationship (until_on) WHERE status = 'requested';
CREATE INDEX due_agreement ON main.agreement_template (valid_until) WHERE valid_until IS NOT NULL;
-- To which roles a group was assigned.
CREATE INDEX delegation_role_group ON main.delegation_role (group_id) WHERE group_id IS NOT NULL;
