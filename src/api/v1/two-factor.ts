/** /api/v1/auth/two-factor/: the second half of a sign-in (MP-048). */
import { completeSignIn } from '#commerce/identity'
import { invalidFields } from '#platform/refusal.ts'
import { visitOf } from '../http/device.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults } from '../http/validation.ts'
import { Problem, ProblemOfCode } from '../http/wire.ts'
import { bringCart } from './bring-cart.ts'
import { SignedInWire, SignInHeaders } from './sign-in.wire.ts'
import { TwoFactorWire, toChallengeAnswer } from './two-factor.wire.ts'
import { toUserWire } from './users.wire.ts'

export const twoFactorRoutes: Routes = (server, app) => {
  server.post(
    '/auth/two-factor/',
    {
      attachValidation: true,
      schema: {
        operationId: 'completeSignIn',
        tags: ['auth'],
        summary: 'Complete a sign-in with the second factor; the cart of a guest comes along',
        headers: SignInHeaders,
        body: TwoFactorWire,
        response: { 200: SignedInWire, 400: ProblemOfCode, 401: Problem, 403: Problem, 429: Problem },
      },
      // Thirteen, and eleven more where the cart of a guest comes along.
      config: { access: 'public', sqlBudget: 24 },
    },
    async (request) => {
      const { cart_token: _, ...faults } = fieldFaults(request)
      if (Object.keys(faults).length > 0) throw invalidFields(faults)
      const { account, tokens } = await completeSignIn(app, toChallengeAnswer(request.body), visitOf('v1', request))
      await bringCart(app, request, account.id)
      return { ...tokens, user: toUserWire(account) }
    },
  )
}
