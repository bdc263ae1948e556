/**
 * Swagger UI and ReDoc (V1-033, V1-034, NX-008). Pages, scripts and styles come from this host, and the content policy lets
 * nothing else in: no other host is asked for anything.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import serveFiles from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { Server } from '../http/server.ts'

const besideFile = (url: string, folder: string) => join(dirname(fileURLToPath(url)), folder)

const FILES_FOR_S = 3600
const OURS = fileURLToPath(new URL('./pages/', import.meta.url))
const SWAGGER_UI = besideFile(import.meta.resolve('@fastify/swagger-ui'), 'static')
const REDOC = besideFile(import.meta.resolve('redoc/package.json'), 'bundles')

/** What each page is made of. Nothing that is not listed here is served. */
const PAGES: Record<string, { page: string; files: Record<string, string> }> = {
  '/api/docs/': {
    page: 'swagger-ui.html',
    files: {
      'page.js': OURS,
      'swagger-ui.css': SWAGGER_UI,
      'swagger-ui-bundle.js': SWAGGER_UI,
      'favicon-32x32.png': SWAGGER_UI,
    },
  },
  '/api/redoc/': { page: 'redoc.html', files: { 'redoc.standalone.js': REDOC } },
}

/** Under which other addresses the pages stand (NX-008, MP-015); whoever opens the address that the start prints finds the first one. */
const OTHER_ADDRESSES: Record<string, string> = {
  '/': '/api/docs/',
  '/swagger/': '/api/docs/',
  '/redoc/': '/api/redoc/',
  '/api/schema/swagger-ui/': '/api/docs/',
  '/api/schema/redoc/': '/api/redoc/',
}

/** Scripts only from files of ours. The two pages write their styles, and ReDoc its search worker, as they run. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The scripts, styles and pictures of the pages: where each is served, and where it lies. */
export const listStaticFiles = (): { path: string; file: string }[] =>
  Object.entries(PAGES).flatMap(([path, { files }]) =>
    Object.entries(files).map(([name, folder]) => ({ path: path + name, file: join(folder, name) })),
  )

export async function docPages(server: Server): Promise<void> {
  await server.register(serveFiles, { root: OURS, serve: false, cacheControl: false })
  const config = { access: 'public', sqlBudget: 0, unthrottled: true } as const
  const schema = { hide: true }
  const pageAt = (address: string, page: string) =>
    server.get(address, { schema, config }, (_request, reply) => {
      reply.header('Content-Security-Policy', PAGE_POLICY)
      return sendFrom(reply, OURS, page)
    })
  for (const [address, path] of Object.entries(OTHER_ADDRESSES)) pageAt(address, PAGES[path]!.page)
  for (const [path, { page, files }] of Object.entries(PAGES)) {
    pageAt(path, page)
    for (const [file, folder] of Object.entries(files)) {
      server.get(path + file, { schema, config }, (_request, reply) => sendFrom(reply, folder, file))
    }
  }
}

function sendFrom(reply: FastifyReply, folder: string, file: string): FastifyReply {
  return reply.header('Cache-Control', `public, max-age=${FILES_FOR_S}`).sendFile(file, folder)
}
