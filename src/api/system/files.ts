/** Public files: what the shop shows as pictures. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { contentTypeOf } from '#platform/files'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import type { Server } from '../http/server.ts'

/** A name never changes its content: caches may keep it without asking again. */
const KEEP_FOR_GOOD = 'public, max-age=31536000, immutable'

const URL_OF_FILES = '/files/*'
const params = Type.Object({ '*': Type.String() })
const config = { access: 'public', sqlBudget: 0, unthrottled: true } as const
const schema = {
  operationId: 'getFile',
  tags: ['files'],
  summary: 'A picture, by the address that the shop gave for it; may be cached for good',
  params,
  response: {
    200: {
      description: 'The file',
      content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } },
    },
  },
} as const

/** Serves the file storage under /files/: ETag, immutable caching. What is not there is 404 in JSON. */
export function fileRoutes(server: Server, app: App): void {
  server.get(URL_OF_FILES, { schema, config, exposeHeadRoute: false }, async (request, reply) => {
    const name = request.params['*']
    if (isKnown(request, etagOf(name))) return sayUnchanged(app, reply, name)
    const file = await app.files.open(name)
    if (!file) throw missing('file')
    return describe(reply, name, file.bytes).send(file.stream)
  })
  server.head(URL_OF_FILES, { schema: { params, hide: true }, config }, async (request, reply) => {
    const name = request.params['*']
    if (isKnown(request, etagOf(name))) return sayUnchanged(app, reply, name)
    const file = await app.files.find(name)
    if (!file) throw missing('file')
    return describe(reply, name, file.bytes).send()
  })
}

/** The name tells the content, so it is its tag. */
const etagOf = (name: string): string => `"${name}"`

async function sayUnchanged(app: App, reply: FastifyReply, name: string): Promise<FastifyReply> {
  if (!(await app.files.find(name))) throw missing('file')
  return reply.code(304).header('Cache-Control', KEEP_FOR_GOOD).header('ETag', etagOf(name)).send()
}

function describe(reply: FastifyReply, name: string, bytes: number | undefined): FastifyReply {
  reply.headers({ 'Content-Type': contentTypeOf(name), 'Cache-Control': KEEP_FOR_GOOD, ETag: etagOf(name) })
  return bytes === undefined ? reply : reply.header('Content-Length', bytes)
}

/** Whether the client has the file already. Refuses a client that wants the file only if it is another one. */
function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  if (headers['if-match'] && !names(headers['if-match'], etag))
    throw new Refusal('invalid', 'precondition_failed', 'The file is another one')
  return names(headers['if-none-match'] ?? '', etag)
}

const names = (list: string, etag: string): boolean =>
  list.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim()))
