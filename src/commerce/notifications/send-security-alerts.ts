/** What the owner of an account should know of: by mail, and inside the shop. May run twice: the event id is the key. */
import {
  type Account,
  type CredentialChange,
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
import { tellBriefly } from './tell-briefly.ts'

type Alert = { key: string; type: string; subject: string; what: string; byMail: boolean }

/** A lock or an unusual place is told by mail too (NX-052, NX-053). */
export async function alertToClaim(app: App, { id, payload }: EventOf<typeof claimRaised>): Promise<void> {
  const claim = await findClaim(app.db, payload.claimId)
  if (!claim) return
  const { claimType: type, description: what } = claim
  const byMail = type !== 'multiple_failed_attempts'
  await tell(app, claim.accountId, { key: `claim-${id}`, type, subject: subjects[type], what, byMail })
}

const subjects = {
  unusual_location: 'Sign-in from an unusual location',
  account_lockout: 'Your account was locked for a while',
  multiple_failed_attempts: 'Several failed sign-ins',
}

/** Sessions from too many addresses at once (V1-084, V1-085). */
export async function alertToSuspicion(app: App, { id, payload }: EventOf<typeof suspiciousSignIn>): Promise<void> {
  const ended = app.config.FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY ? ' We have ended all sessions but the newest.' : ''
  await tell(app, payload.accountId, {
    key: `suspicious-sign-in-${id}`,
    type: 'suspicious_activity',
    subject: 'Suspicious activity on your account',
    what: `Your account was used from unusually many addresses within a short time.${ended}`,
    byMail: true,
  })
}

/** The ways into an account are not changed behind its owner's back (V1-125). */
export async function alertToCredentials(app: App, { id, payload }: EventOf<typeof credentialsChanged>): Promise<void> {
  const { accountId, what } = payload
  const [subject, text] = changes[what]
  await tell(app, accountId, { key: `credentials-${id}`, type: what, subject, what: text, byMail: true })
}

const changes: Record<CredentialChange, [subject: string, text: string]> = {
  password_changed: [
    'Your password was changed',
    'The password of your account was changed. Its other sessions have ended.',
  ],
  password_reset: [
    'Your password was reset',
    'The password of your account was replaced. All its sessions have ended.',
  ],
  two_factor_enabled: ['Two-factor sign-in is on', 'Signing in to your account now needs a code besides the password.'],
  two_factor_disabled: ['Two-factor sign-in is off', 'Signing in to your account needs no code any more.'],
  recovery_codes_replaced: ['You have new recovery codes', 'The earlier recovery codes of your account are void.'],
  passkey_added: ['A passkey was added', 'A new passkey can sign in to your account.'],
  passkey_removed: ['A passkey was removed', 'A passkey can no longer sign in to your account.'],
  google_linked: [
    'Sign-in with Google is on',
    'A Google account with your e-mail address can sign in to your account now. If the address was not confirmed before, the ' +
      'earlier password of the account no longer works.',
  ],
  email_changed: ['Your e-mail address was changed', 'Your account now has another e-mail address.'],
}

async function tell(app: App, accountId: number, { key, type, subject, what, byMail }: Alert): Promise<void> {
  const account = await findAccount(app.db, accountId)
  if (!account) return
  await tellBriefly(app, 'security', { key, accountId, type, title: subject, body: what, data: {} })
  const to = provenEmail(account)
  if (!byMail || !to) return
  const letter = composeLetter(alertLetter(subject, what), shopOf(app.config))
  await inTransaction(app.db, (tx) => queueLetter(app.jobs, tx, { key, to, ...letter }))
}

/** An address that was never proven may be a stranger's: he is told nothing of the account. */
const provenEmail = ({ email, emailVerifiedAt }: Account) => (emailVerifiedAt ? email : null)
