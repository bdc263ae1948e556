/** /api/auth/security-claims/: what I should know of my account (NX-075, NX-076). */
import { listClaims, resolveClaim } from '#commerce/identity'
import { viewerOf } from '../http/access.ts'
import type { Routes } from '../http/server.ts'
import { IdInPath, Problem } from '../http/wire.ts'
import { ClaimsWire, ClaimWire, toClaimWire } from './security-claims.wire.ts'

const LIST = '/security-claims/'
const tags = ['nexus auth']
const access = 'user'

export const securityClaimRoutes: Routes = (server, app) => {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'nexusListClaims',
        tags,
        summary: 'What happened to my account and is not resolved, newest first',
        response: { 200: ClaimsWire, 401: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => {
      const claims = await listClaims(app.db, viewerOf(request).accountId)
      return claims.map(toClaimWire)
    },
  )
  server.post(
    `${LIST}:id/resolve/`,
    {
      schema: {
        operationId: 'nexusResolveClaim',
        tags,
        summary: 'Mark a claim as resolved',
        params: IdInPath,
        response: { 200: ClaimWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => toClaimWire(await resolveClaim(app, viewerOf(request).accountId, request.params.id)),
  )
}
