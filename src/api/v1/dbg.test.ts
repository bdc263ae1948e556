import { test } from 'node:test'
import { makeAuthenticator } from '../../../test/authenticator.ts'
import { signedUp } from '../../../test/accounts.ts'
import { addPasskey, signInBy, PASSKEYS } from '../../../test/passkeys.ts'
import { openTestServer } from '../../../test/server.ts'
test('x', async () => {
  const server = await openTestServer({ TRUST_PROXY: 'true' })
  const user = await signedUp(server)
  const device = makeAuthenticator()
  const o = await server.call('POST', `${PASSKEYS}options/`, { token: user.access })
  const a = await addPasskey(server, user, device)
  const so = await server.call('POST', `${PASSKEYS}sign-in/options/`)
  const s = await signInBy(server, device)
  const l = await server.call('GET', PASSKEYS, { token: user.access })
  const p = await server.call('PATCH', `${PASSKEYS}${a.body.id}/`, { token: user.access, body: {name:'x'} })
  const n = await server.call('DELETE', `${PASSKEYS}${a.body.id}/`, { token: user.access })
  const d = await server.call('DELETE', `${PASSKEYS}${a.body.id}/`, { token: user.access, body: {current_password: user.password} })
  console.log(Object.entries({o,a,so,s,l,p,n,d}).map(([k,v])=>`${k} ${v.status} ${v.statements}`))
  await server.close()
})
