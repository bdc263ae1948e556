/** /api/v1/inventory/reorder-proposals/: what is to be ordered again (MP-286). */
import { decideReorder, listReorderProposals } from '#commerce/inventory'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Problem, sent } from '../http/wire.ts'
import { readStockFilter } from './inventory-filters.ts'
import { ProposalPageWire, ProposalQuery, ProposalWire, toProposalWire } from './inventory-proposals.wire.ts'

const LIST = '/inventory/reorder-proposals/'
const tags = ['inventory']
const access = 'staff'
const refused = { 400: Problem, 401: Problem, 403: Problem, 404: Problem }

export const inventoryProposalRoutes: Routes = (server, app) => {
  listRoute(server, app)
  decideRoutes(server, app)
}

function listRoute(server: Server, app: App): void {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listReorderProposals',
        tags,
        summary: 'What is to be ordered again, the latest first',
        querystring: ProposalQuery,
        response: { 200: ProposalPageWire, ...refused },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const filter = { ...readStockFilter(request.query), ...sent({ status: request.query.status }) }
      const listed = await listReorderProposals(app.db, filter, wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toProposalWire)
    },
  )
}

function decideRoutes(server: Server, app: App): void {
  for (const [deed, operationId, summary, decision] of [
    ['accept', 'acceptReorderProposal', 'Note that it was ordered; stock comes with the delivery', 'ordered'],
    ['dismiss', 'dismissReorderProposal', 'Not this time; the next proposal comes with the next fall', 'dismissed'],
  ] as const) {
    server.post(
      `${LIST}:id/${deed}/`,
      {
        schema: { operationId, tags, summary, params: IdInPath, response: { 200: ProposalWire, ...refused } },
        config: { access, sqlBudget: 4 },
      },
      async (request) =>
        toProposalWire(await decideReorder(app, request.params.id, decision, viewerOf(request).accountId)),
    )
  }
}
