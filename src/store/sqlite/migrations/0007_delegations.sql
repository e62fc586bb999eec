-- Delegated access through its whole life (G-3): for how many days it was asked for, whether it extends itself, and when
-- people decided. What time does follows from these when it is read. A delegation that was approved here has the moment;
-- one without it was taken over as it stood elsewhere.
ALTER TABLE delegation ADD COLUMN days INTEGER CHECK (days BETWEEN 1 AND 730);
ALTER TABLE delegation ADD COLUMN auto_extend INTEGER NOT NULL DEFAULT 0 CHECK (auto_extend IN (0, 1));
ALTER TABLE delegation ADD COLUMN asked_at INTEGER;
ALTER TABLE delegation ADD COLUMN approved_at INTEGER;
ALTER TABLE delegation ADD COLUMN ended_at INTEGER;

-- What is due is looked up by its moment, so that the cost follows what is due.
CREATE INDEX due_delegation ON delegation (ends_at)
  WHERE auto_extend = 0 AND status IN ('approved', 'activating', 'active', 'expiring');
CREATE INDEX due_answer ON delegation (asked_at) WHERE status = 'approval-pending';
CREATE INDEX due_relationship ON relationship (until_on) WHERE status = 'requested';
CREATE INDEX due_agreement ON agreement_template (valid_until) WHERE valid_until IS NOT NULL;
-- To which roles a group was assigned.
CREATE INDEX delegation_role_group ON delegation_role (group_id) WHERE group_id IS NOT NULL;
