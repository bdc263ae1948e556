/** A provider of OpenID Connect on loopback, in the place of Google. */
import assert from 'node:assert/strict'
import { OAuth2Server } from 'oauth2-mock-server'

export const CLIENT_ID = 'shop.apps.example'

export type Person = {
  sub: string
  email?: string
  email_verified?: boolean
  given_name?: string
  family_name?: string
}
export type GoogleDouble = Awaited<ReturnType<typeof openGoogleDouble>>

let count = 0

/** Somebody whom nobody has met yet. */
export function somebody(overrides: Partial<Person> = {}): Person & { email: string } {
  count += 1
  const names = { given_name: 'Grace', family_name: 'Hopper' }
  return { sub: `subject-${count}`, email: `grace-${count}@example.com`, email_verified: true, ...names, ...overrides }
}

export async function openGoogleDouble(algorithm = 'RS256') {
  const provider = new OAuth2Server()
  await provider.issuer.keys.generate(algorithm)
  await provider.start(0, '127.0.0.1')
  const url = `http://127.0.0.1:${provider.address().port}`
  provider.issuer.url = url
  /** What the tokens for codes say besides what the provider says. */
  const told: { claims: object } = { claims: {} }
  provider.service.on('beforeTokenSigning', ({ payload }) => Object.assign(payload, told.claims))
  return {
    url,
    provider,
    told,
    settings: { GOOGLE_CLIENT_ID: CLIENT_ID, GOOGLE_CLIENT_SECRET: 'a secret of tests', GOOGLE_ISSUER: url },
    /** An id token for the shop. */
    idToken: (person: object): Promise<string> =>
      provider.issuer.buildToken({
        scopesOrTransform: (_header, payload) => {
          Object.assign(payload, { aud: CLIENT_ID, azp: CLIENT_ID, ...person })
        },
      }),
    /** Lets somebody sign in there who was sent there; returns where the browser is sent back to. */
    signInThere: async (authorizationUrl: string, person: object): Promise<URL> => {
      told.claims = person
      const answer = await fetch(authorizationUrl, { redirect: 'manual' })
      assert.equal(answer.status, 302)
      await answer.body?.cancel()
      return new URL(answer.headers.get('location')!)
    },
    close: () => provider.stop(),
  }
}
