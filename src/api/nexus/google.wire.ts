import { type Static, Type } from 'typebox'
import type { GoogleProof, SignedInWithGoogle } from '#commerce/identity'
import { invalidFields } from '#platform/refusal.ts'
import { Filled } from '../http/wire.ts'
import { toUserWire } from './me.wire.ts'
import { SignedInWire } from './sign-in.wire.ts'

/** One of the two: the token itself, or a code for it. */
export const GoogleSignInWire = Type.Object({
  id_token: Type.Optional(Filled({ maxLength: 8000 })),
  code: Type.Optional(Filled({ maxLength: 2000 })),
  redirect_uri: Type.Optional(
    Type.String({ minLength: 1, maxLength: 2000, description: 'with which the code was asked for' }),
  ),
  code_verifier: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._~-]{43,128}$', description: 'of PKCE' })),
})

/** Refuses by field what is missing. */
export function toGoogleProof(body: Static<typeof GoogleSignInWire>): GoogleProof {
  const { id_token: idToken, code, redirect_uri: redirectUri, code_verifier: codeVerifier } = body
  if (idToken !== undefined) return { idToken }
  if (code === undefined) throw invalidFields({ id_token: 'required' })
  if (redirectUri === undefined) throw invalidFields({ redirect_uri: 'required' })
  return { code, redirectUri, codeVerifier }
}

export const SignedInWithGoogleWire = Type.Object(
  { ...SignedInWire.properties, created: Type.Boolean({ description: 'whether there was no account before' }) },
  { title: 'NexusSignedInWithGoogle' },
)

export function toSignedInWithGoogleWire(signedIn: SignedInWithGoogle): Static<typeof SignedInWithGoogleWire> {
  const { account, tokens, created } = signedIn
  return { access: tokens.access, refresh: tokens.refresh, user: toUserWire(account), created }
}

/** What Google sends back with somebody; `error` where nobody was let in there. */
export const GoogleReturnWire = Type.Object({
  state: Type.Optional(Type.String({ maxLength: 200 })),
  code: Type.Optional(Type.String({ maxLength: 2000 })),
  error: Type.Optional(Type.String({ maxLength: 200 })),
})
