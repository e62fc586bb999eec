-- What a person sees is looked up from either side: by the staff of a contract, and by the partner that was given a subscription.
CREATE INDEX case_contract ON support_case (contract_id);
CREATE INDEX subscription_role_partner ON subscription_role (partner_id);
