/** /api/v1/auth/passkeys/: signing in by a passkey, and the passkeys of the signed-in user. */
import {
  addPasskey,
  listPasskeys,
  removePasskey,
  renamePasskey,
  signInByPasskey,
  startPasskey,
  startPasskeySignIn,
} from '#commerce/identity'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults } from '../http/validation.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import { bringCart } from './bring-cart.ts'
import {
  CreationOptionsWire,
  NewPasskeyWire,
  PasskeyNameWire,
  PasskeySignInWire,
  PasskeysWire,
  PasskeyWire,
  RemovePasskeyWire,
  RequestOptionsWire,
  toCreatedPasskey,
  toCreationOptionsWire,
  toPasskeyWire,
  toRequestOptionsWire,
  toShownPasskey,
} from './passkeys.wire.ts'
import { SignedInWire, SignInHeaders } from './sign-in.wire.ts'
import { toUserWire } from './users.wire.ts'

const LIST = '/auth/passkeys/'
const ONE = `${LIST}:id/`
const SIGN_IN = `${LIST}sign-in/`
const tags = ['passkeys']
const access = 'user'

export const passkeyRoutes: Routes = (server, app) => {
  signInRoutes(server, app)
  addRoutes(server, app)
  readRoute(server, app)
  renameRoute(server, app)
  removeRoute(server, app)
}

function signInRoutes(server: Server, app: App): void {
  server.post(
    `${SIGN_IN}options/`,
    {
      schema: {
        operationId: 'startPasskeySignIn',
        tags,
        summary: 'What the browser is to ask for to sign in by a passkey',
        response: { 200: RequestOptionsWire, 429: Problem },
      },
      config: { access: 'public', sqlBudget: 4 },
    },
    async (request) => toRequestOptionsWire(await startPasskeySignIn(app, visitOf('v1', request))),
  )
  server.post(
    SIGN_IN,
    {
      attachValidation: true,
      schema: {
        operationId: 'signInByPasskey',
        tags,
        summary: 'Sign in by a passkey; the cart of a guest comes along',
        headers: SignInHeaders,
        body: PasskeySignInWire,
        response: { 200: SignedInWire, 400: Problem, 401: Problem, 429: Problem },
      },
      // Ten, and eleven more where the cart of a guest comes along.
      config: { access: 'public', sqlBudget: 21 },
    },
    async (request) => {
      const { cart_token: _, ...faults } = fieldFaults(request)
      if (Object.keys(faults).length > 0) throw invalidFields(faults)
      const { credential } = request.body
      const { account, tokens } = await signInByPasskey(app, toShownPasskey(credential), visitOf('v1', request))
      await bringCart(app, request, account.id)
      return { ...tokens, user: toUserWire(account) }
    },
  )
}

function addRoutes(server: Server, app: App): void {
  server.post(
    `${LIST}options/`,
    {
      schema: {
        operationId: 'startPasskey',
        tags,
        summary: 'What the browser is to ask for to make me a passkey',
        response: { 200: CreationOptionsWire, 401: Problem, 409: Problem },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request) => toCreationOptionsWire(await startPasskey(app, viewerOf(request).accountId)),
  )
  server.post(
    LIST,
    {
      schema: {
        operationId: 'addPasskey',
        tags,
        summary: 'Keep a passkey that my device has made',
        body: NewPasskeyWire,
        response: { 201: PasskeyWire, 400: Problem, 401: Problem, 403: Problem, 409: Problem, 429: Problem },
      },
      config: { access, sqlBudget: 14 },
    },
    async (request, reply) => {
      const { credential, name, current_password: currentPassword } = request.body
      const proof = { ...viewerOf(request), ...visitOf('v1', request), currentPassword }
      const passkey = await addPasskey(app, { created: toCreatedPasskey(credential), name }, proof)
      return reply.code(201).send(toPasskeyWire(passkey))
    },
  )
}

function readRoute(server: Server, app: App): void {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listPasskeys',
        tags,
        summary: 'My passkeys, oldest first',
        response: { 200: PasskeysWire, 401: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => (await listPasskeys(app.db, viewerOf(request).accountId)).map(toPasskeyWire),
  )
}

function renameRoute(server: Server, app: App): void {
  server.patch(
    ONE,
    {
      schema: {
        operationId: 'renamePasskey',
        tags,
        summary: 'Give one of my passkeys another name',
        params: IdInPath,
        body: PasskeyNameWire,
        response: { 200: PasskeyWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const renamed = { id: request.params.id, name: request.body.name }
      return toPasskeyWire(await renamePasskey(app, viewerOf(request).accountId, renamed))
    },
  )
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removePasskey',
        tags,
        summary: 'Remove one of my passkeys',
        params: IdInPath,
        body: RemovePasskeyWire,
        response: {
          204: Nothing,
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          409: Problem,
          429: Problem,
        },
      },
      config: { access, sqlBudget: 12 },
    },
    async (request, reply) => {
      const { id } = request.params
      const currentPassword = request.body?.current_password
      await removePasskey(app, id, { ...viewerOf(request), ...visitOf('v1', request), currentPassword })
      return reply.code(204).send()
    },
  )
}
