/** What the owner of an account should know of. */
type Claim = { description: string; ipAddress: string | null; location: string; lockMinutes: number }

/** A claim says itself in English what it is about. */
const asClaimed = ({ description }: Claim) => description

export const security = {
  claims: {
    unusual_location: { subject: 'Sign-in from an unusual location', what: asClaimed },
    account_lockout: { subject: 'Your account was locked for a while', what: asClaimed },
    multiple_failed_attempts: { subject: 'Several failed sign-ins', what: asClaimed },
  },
  suspicious: {
    subject: 'Suspicious activity on your account',
    what: 'Your account was used from unusually many addresses within a short time.',
    whatEnded: 'We have ended all sessions but the newest.',
  },
  changes: {
    password_changed: {
      subject: 'Your password was changed',
      what: 'The password of your account was changed. Its other sessions have ended.',
    },
    password_reset: {
      subject: 'Your password was reset',
      what: 'The password of your account was replaced. All its sessions have ended.',
    },
    two_factor_enabled: {
      subject: 'Two-factor sign-in is on',
      what: 'Signing in to your account now needs a code besides the password.',
    },
    two_factor_disabled: {
      subject: 'Two-factor sign-in is off',
      what: 'Signing in to your account needs no code any more.',
    },
    recovery_codes_replaced: {
      subject: 'You have new recovery codes',
      what: 'The earlier recovery codes of your account are void.',
    },
    passkey_added: { subject: 'A passkey was added', what: 'A new passkey can sign in to your account.' },
    passkey_removed: { subject: 'A passkey was removed', what: 'A passkey can no longer sign in to your account.' },
    google_linked: {
      subject: 'Sign-in with Google is on',
      what:
        'A Google account with your e-mail address can sign in to your account now. If the address was not confirmed before, the ' +
        'earlier password of the account no longer works.',
    },
    email_changed: {
      subject: 'Your e-mail address was changed',
      what: 'Your account now has another e-mail address.',
    },
  },
  closing:
    'If this was you, there is nothing to do. If not, please choose a new password at once: it ends all sessions of your account.',
}
