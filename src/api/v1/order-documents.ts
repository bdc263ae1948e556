/** The papers of an order: its invoice (V1-311), and the credit notes that lower it. */
import type { FastifyReply } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Viewer } from '#commerce/identity'
import {
  type Document,
  getCreditNotePdf,
  getInvoicePdf,
  getOrderByNumber,
  issueInvoice,
  listDocuments,
  type Order,
  type PdfFile,
} from '#commerce/orders'
import { toDecimal } from '#platform/money.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import type { Routes, Server } from '../http/server.ts'
import { Choice, Money, Problem, Time } from '../http/wire.ts'
import { OrderNumberInPath } from './orders.wire.ts'

const tags = ['orders']
const Pdf = Type.String({ format: 'binary' })

const DocumentWire = Type.Object(
  {
    kind: Choice(['invoice', 'credit_note']),
    number: Type.String(),
    amount: Money,
    tax: Money,
    issued_at: Time,
    url: Type.String({ description: 'where the PDF is, for who may see the order' }),
  },
  { $id: 'OrderDocument' },
)

export const orderDocumentRoutes: Routes = (server, app) => {
  getInvoiceRoute(server, app)
  listDocumentsRoute(server, app)
  getCreditNoteRoute(server, app)
}

/** Staff sees every order, others their own. */
const scopeOf = (viewer: Viewer) => ({ accountId: viewer.isStaff ? null : viewer.accountId })

function getInvoiceRoute(server: Server, app: App): void {
  server.get(
    '/orders/:order_number/invoice/',
    {
      schema: {
        operationId: 'getInvoice',
        summary: 'The invoice as PDF',
        description: 'Before the order is paid, or to be paid on delivery, a pro forma without a number.',
        tags,
        params: OrderNumberInPath,
        response: { 200: Pdf, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 8 },
    },
    async (request, reply) => {
      const order = await getOrderByNumber(app.db, request.params.order_number, scopeOf(viewerOf(request)))
      return attach(reply, await getInvoicePdf(app, order))
    },
  )
}

function listDocumentsRoute(server: Server, app: App): void {
  server.get(
    '/orders/:order_number/documents/',
    {
      schema: {
        operationId: 'listOrderDocuments',
        summary: 'The invoice of an order and its credit notes',
        tags,
        params: OrderNumberInPath,
        response: { 200: Type.Array(DocumentWire), 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 9 },
    },
    async (request) => {
      const order = await getOrderByNumber(app.db, request.params.order_number, scopeOf(viewerOf(request)))
      await issueInvoice(app, order)
      const wireOf = (document: Document) => toDocumentWire(document, order, app.config.PUBLIC_URL)
      return (await listDocuments(app.db, order.id)).map(wireOf)
    },
  )
}

function getCreditNoteRoute(server: Server, app: App): void {
  server.get(
    '/credit-notes/:number/',
    {
      schema: {
        operationId: 'getCreditNote',
        summary: 'A credit note as PDF',
        tags,
        params: Type.Object({ number: Type.String({ maxLength: 40 }) }),
        response: { 200: Pdf, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 3 },
    },
    async (request, reply) =>
      attach(reply, await getCreditNotePdf(app.db, request.params.number, scopeOf(viewerOf(request)))),
  )
}

function attach(reply: FastifyReply, { filename, bytes }: PdfFile): never {
  reply.header('Content-Disposition', `attachment; filename="${filename}"`).type('application/pdf')
  return reply.send(bytes) as never
}

function toDocumentWire(document: Document, order: Order, publicUrl: string): Static<typeof DocumentWire> {
  const { kind, number } = document
  const { currency } = order
  const path = kind === 'invoice' ? `orders/${order.number}/invoice` : `credit-notes/${number}`
  return {
    kind,
    number,
    amount: toDecimal(document.amountMinor, currency),
    tax: toDecimal(document.taxMinor, currency),
    issued_at: document.issuedAt.toISOString(),
    url: `${publicUrl}/api/v1/${path}/`,
  }
}
