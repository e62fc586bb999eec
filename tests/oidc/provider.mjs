// An identity provider on this machine: node provider.mjs PORT KEY[,KEY...] ALGORITHM
//
// Whoever types a name at its form is that person. A name that begins with "unverified" has an address that was not
// verified. A provider that is started again with other keys has rotated them.

import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, keys, algorithm] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const made = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};
const key = (kid) => ({
  ...made[algorithm]().privateKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig',
});

const provider = new Provider(issuer, {
  jwks: { keys: keys.split(',').map(key) },
  clients: [{
    client_id: 'servhub',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/callback'],
    id_token_signed_response_alg: algorithm,
  }],
  clientDefaults: { id_token_signed_response_alg: algorithm },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['for tests'] },
  features: { devInteractions: { enabled: true }, deviceFlow: { enabled: true }, revocation: { enabled: true } },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: sub, email_verified: !sub.startsWith('unverified') }),
  }),
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
// Whoever started it holds its standard input; it goes with them.
process.stdin.resume().on('end', () => process.exit(0));
