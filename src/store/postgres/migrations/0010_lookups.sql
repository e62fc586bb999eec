-- What a person sees is looked up from either side: by the staff of a contract, and by the partner that sold or was given it.
CREATE INDEX case_contract ON main.support_case (contract_id);
CREATE INDEX subscription_partner ON main.subscription (partner_id);
CREATE INDEX subscription_role_partner ON main.subscription_role (partner_id);
