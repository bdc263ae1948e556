/** /api/auth/login-history/: who signed in to my account, or tried to, and from where (NX-072). */
import { listSignInAttempts } from '#commerce/identity'
import { viewerOf } from '../http/access.ts'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { LoginsWire, toLoginWire } from './login-history.wire.ts'

const SHOWN = 50

export const loginHistoryRoutes: Routes = (server, app) => {
  server.get(
    '/login-history/',
    {
      schema: {
        operationId: 'nexusListLogins',
        tags: ['nexus auth'],
        summary: 'The last fifty sign-ins to my account, good or bad, newest first',
        response: { 200: LoginsWire, 401: Problem },
      },
      config: { access: 'user', sqlBudget: 2 },
    },
    async (request) => {
      const attempts = await listSignInAttempts(app.db, viewerOf(request).accountId, SHOWN)
      return attempts.map(toLoginWire)
    },
  )
}
