/**
 * Runs the tests against a real PostgreSQL: the one of TEST_DATABASE_URL, or a throw-away one of our own.
 * `node test/run.ts [files…]`; without files, every test of the project.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { startEmbeddedPostgres } from '#platform/embedded-postgres'
import { dropOldTemplates, prepareTemplate } from './template.ts'

/** A file that is not through by then waits for something that never comes. */
const HANGS_AFTER_MS = 600_000

const files = process.argv.slice(2)
const server = process.env.TEST_DATABASE_URL
  ? { url: process.env.TEST_DATABASE_URL, stop: async () => {} }
  : await startEmbeddedPostgres({ throwAway: true }, () => {})
try {
  await dropOldTemplates(server.url)
  const template = await prepareTemplate(server.url)
  const environment = { SOUK_TEST_SERVER: server.url, SOUK_TEST_TEMPLATE: template }
  const chosen = files.length > 0 ? files : globSync(['src/**/*.test.ts', 'test/**/*.test.ts'])
  // Whole processes are timed as they start and stop: one after the other, with the machine to themselves.
  const alone = chosen.filter((file) => file.includes('test/processes/'))
  const others = chosen.filter((file) => !alone.includes(file))
  const codes = [await runNodeTest(others, 2, environment), await runNodeTest(alone, 1, environment)]
  process.exitCode = Math.max(...codes)
} finally {
  await server.stop()
}

async function runNodeTest(paths: string[], concurrency: number, environment: Record<string, string>): Promise<number> {
  if (paths.length === 0) return 0
  const limits = [`--test-concurrency=${concurrency}`, `--test-timeout=${HANGS_AFTER_MS}`]
  const child = spawn(process.execPath, ['--test', ...limits, ...paths], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'testing', NODE_COMPILE_CACHE: 'node_modules/.cache/souk', ...environment },
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
