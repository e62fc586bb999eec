-- What a person sees is looked up from either side: by the partner that sold a subscription or was given it.
CREATE INDEX IF NOT EXISTS subscription_partner ON main.subscription (partner_id);
CREATE INDEX IF NOT EXISTS subscription_role_partner ON main.subscription_role (partner_id);
