/** Who somebody is, as a provider of OpenID Connect says it. */
export type { OpenIdClaims } from './claims.ts'
export { type OpenIdClient, openOpenIdClient } from './openid-client.ts'
