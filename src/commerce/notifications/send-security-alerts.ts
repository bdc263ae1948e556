/** What the owner of an account should know of: by mail, and inside the shop. May run twice: the event id is the key. */
import {
  type Account,
  type claimRaised,
  type credentialsChanged,
  findAccount,
  findClaim,
  type suspiciousSignIn,
} from '#commerce/identity'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import { queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { alertLetter } from './letters/account-letters.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { wordsFor } from './preferences.ts'
import { tellBriefly } from './tell-briefly.ts'
import type { Words } from './texts/words.ts'

type Said = { subject: string; what: string }
type Alert = { key: string; type: string; byMail: boolean; say: (words: Words) => Said }

/** A lock or an unusual place is told by mail too (NX-052, NX-053). */
export async function alertToClaim(app: App, { id, payload }: EventOf<typeof claimRaised>): Promise<void> {
  const claim = await findClaim(app.db, payload.claimId)
  if (!claim) return
  const { claimType: type, accountId } = claim
  const byMail = type !== 'multiple_failed_attempts'
  const facts = { ...claim, lockMinutes: app.config.LOCKOUT_MINUTES }
  await tell(app, accountId, {
    key: `claim-${id}`,
    type,
    byMail,
    say: ({ security }) => ({ subject: security.claims[type].subject, what: security.claims[type].what(facts) }),
  })
}

/** Sessions from too many addresses at once (V1-084, V1-085). */
export async function alertToSuspicion(app: App, { id, payload }: EventOf<typeof suspiciousSignIn>): Promise<void> {
  const haveEnded = app.config.FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY
  await tell(app, payload.accountId, {
    key: `suspicious-sign-in-${id}`,
    type: 'suspicious_activity',
    byMail: true,
    say: ({ security: { suspicious } }) => ({
      subject: suspicious.subject,
      what: haveEnded ? `${suspicious.what} ${suspicious.whatEnded}` : suspicious.what,
    }),
  })
}

/** The ways into an account are not changed behind its owner's back (V1-125). */
export async function alertToCredentials(app: App, { id, payload }: EventOf<typeof credentialsChanged>): Promise<void> {
  const { accountId, what } = payload
  const say = ({ security }: Words) => security.changes[what]
  await tell(app, accountId, { key: `credentials-${id}`, type: what, byMail: true, say })
}

async function tell(app: App, accountId: number, { key, type, byMail, say }: Alert): Promise<void> {
  const account = await findAccount(app.db, accountId)
  if (!account) return
  await tellBriefly(app, 'security', { key, accountId, type, data: {} }, (words) => {
    const { subject, what } = say(words)
    return { title: subject, body: what }
  })
  const to = provenEmail(account)
  if (!byMail || !to) return
  const words = await wordsFor(app.db, accountId, app.config)
  const { subject, what } = say(words)
  const letter = composeLetter(words, alertLetter(words, subject, what), shopOf(app.config))
  await inTransaction(app.db, (tx) => queueLetter(app.jobs, tx, { key, to, ...letter }))
}

/** An address that was never proven may be a stranger's: he is told nothing of the account. */
const provenEmail = ({ email, emailVerifiedAt }: Account) => (emailVerifiedAt ? email : null)
