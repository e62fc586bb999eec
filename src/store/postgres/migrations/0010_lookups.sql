-- What a person sees is looked up from either side: by the partner that was given a subscription.
CREATE INDEX subscription_role_partner ON main.subscription_role (partner_id);
