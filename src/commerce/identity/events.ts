import { defineEvent } from '#platform/events'

/** Somebody registered, and has yet to prove the e-mail address. */
export const accountRegistered = defineEvent<{ accountId: number }>('account.registered')
/** Somebody asked for another verification mail; the tokens of earlier ones are void. */
export const verificationRequested = defineEvent<{ accountId: number }>('account.verification_requested')
