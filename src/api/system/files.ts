/** Public files: what the shop shows as pictures. */
import { mkdir } from 'node:fs/promises'
import fastifyStatic from '@fastify/static'
import type { FastifyError, FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { findFile, publicFilesDirectory } from '#platform/files'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'

/** A name never changes its content: caches may keep it without asking again. */
const KEEP_FOR_GOOD = 'public, max-age=31536000, immutable'

/** No folders, no hidden files; pictures are small, so that nobody needs a part of one. */
const FILES_ONLY = { serve: false, index: false, dotfiles: 'ignore', cacheControl: false, acceptRanges: false } as const

const routeOfFiles = {
  schema: {
    operationId: 'getFile',
    tags: ['files'],
    summary: 'A picture, by the address that the shop gave for it; may be cached for good',
    params: Type.Object({ '*': Type.String() }),
    response: {
      200: {
        description: 'The file',
        content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } },
      },
    },
  },
  config: { access: 'public', sqlBudget: 0, unthrottled: true },
} as const

/** Serves DATA_DIRECTORY/files under /files/: ETag, immutable caching. What is not there is 404 in JSON. */
export async function fileRoutes(server: FastifyInstance, app: App): Promise<void> {
  const root = publicFilesDirectory(app.config.DATA_DIRECTORY)
  await mkdir(root, { recursive: true })
  await server.register(async (scope) => {
    await scope.register(fastifyStatic, { ...FILES_ONLY, root })
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      reply.removeHeader('Cache-Control')
      // If-Match with another ETag, and the like: the request's fault, not ours.
      throw error.statusCode === 412 ? new Refusal('invalid', 'precondition_failed', 'The file is another one') : error
    })
    scope.get<{ Params: { '*': string } }>('/files/*', routeOfFiles, async (request, reply) => {
      const name = request.params['*']
      // Asked here, so that whatever is odd about a name or a path is simply not there.
      if (!(await findFile(root, name))) throw missing('file')
      return reply.header('Cache-Control', KEEP_FOR_GOOD).sendFile(name)
    })
  })
}
