/** The command line: `node src/main.ts COMMAND`. */
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { wordsOf } from './commands/words-of.ts'
import type { Config } from './config.ts'

const NODE_MIN = 24
/** Whatever is still open then was forgotten; it does not keep the process from ending. */
const END_WITHIN_MS = 1000

// A Node that cannot even read this file is told by bin/souk.js.
if (Number(process.versions.node.split('.')[0]) < NODE_MIN) {
  console.error(`Souk needs Node ${NODE_MIN} or newer, this is ${process.versions.node}.`)
  console.error('`npm start` brings its own where it can; so does `npm run souk -- COMMAND`.')
  process.exit(1)
}
// Halves the time to start. Where that folder cannot be written, nothing is kept. Not in a folder that is open to all:
// what lies there is run.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/souk'))

// A terminal that was closed, or a reader who has had enough, ends no shop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

type Command = (config: Config, args: string[]) => Promise<void>

const commands: Record<string, { says: string; load: () => Promise<Command> }> = {
  serve: {
    says: 'the API and the worker; --no-worker leaves the worker out',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  worker: { says: 'the worker alone', load: async () => (await import('./commands/worker.ts')).work },
  migrate: {
    says: 'bring the database up to date',
    load: async () => (await import('./commands/migrate.ts')).migrateDatabase,
  },
  seed: {
    says: 'load the sample shop into an empty database',
    load: async () => (await import('./commands/seed.ts')).seed,
  },
  import: {
    says: 'bring in the products of a CSV or Excel file: FILE [--dry-run]',
    load: async () => (await import('./commands/import.ts')).importFile,
  },
  export: {
    says: 'write all products to a CSV or Excel file: FILE',
    load: async () => (await import('./commands/export.ts')).exportFile,
  },
  'create-admin': {
    says: 'make a superuser: [--email E] [--username U] [--password P]; asks for what is missing',
    load: async () => (await import('./commands/create-admin.ts')).createAdmin,
  },
  'cleanup-sessions': {
    says: 'remove ended sessions: [--days N] [--dry-run]',
    load: async () => (await import('./commands/cleanup-sessions.ts')).cleanupSessions,
  },
  'end-sessions': {
    says: 'sign everybody out, or one: --all | --email E',
    load: async () => (await import('./commands/end-sessions.ts')).endSessions,
  },
  reindex: {
    says: 'build the index of the search engine of SEARCH_URL anew',
    load: async () => (await import('./commands/reindex.ts')).reindex,
  },
  'evaluate-recommendations': {
    says: 'how often they find what somebody did next: [--file F] [--k 10] [--json]',
    load: async () => (await import('./commands/evaluate-recommendations.ts')).evaluate,
  },
  'warm-up': {
    says: 'ask a serving shop for what everybody will ask for: [--url U]',
    load: async () => (await import('./commands/warm-up.ts')).warmUp,
  },
  'collect-static': {
    says: 'copy what a web server may serve instead: FOLDER',
    load: async () => (await import('./commands/collect-static.ts')).collectStatic,
  },
  health: {
    says: 'whether the shop that serves here is up',
    load: async () => (await import('./commands/health.ts')).health,
  },
  check: {
    says: 'whether all that is configured can be used; --deploy: and may be open to the world',
    load: async () => (await import('./commands/check.ts')).check,
  },
  doctor: {
    says: 'check the invariants of the whole database',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command || args.some(asksHow)) sayHow(name)

try {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { readConfig } = await import('./config.ts')
  const config = readConfig()
  const run = await command.load()
  await run(config, args)
} catch (error) {
  console.error(process.env.LOG_LEVEL === 'debug' ? error : explain(error))
  process.exitCode = 1
}
setTimeout(() => process.exit(), END_WITHIN_MS).unref()

function asksHow(word: string): boolean {
  return ['--help', '-h'].includes(word)
}

/** Of one command where it is asked for, else of all. */
function sayHow(asked: string): never {
  const isWrong = !command && asked !== 'help' && !asksHow(asked)
  const say = isWrong ? console.error : console.log
  if (isWrong) say(`There is no command ${asked}.\n`)
  say('Usage: npm run souk -- COMMAND\n')
  const shown = Object.entries(commands).filter(([each]) => !command || each === asked)
  for (const [each, { says }] of shown) say(`  ${each.padEnd(26)}${says}`)
  process.exit(isWrong ? 2 : 0)
}

/** What is meant for the operator is a sentence: our own words, or an error of the system with its code. A bug shows where it is. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const isBug = error.constructor !== Error && !('code' in error)
  if (isBug) return error
  const cause = error.cause instanceof Error ? ` (${wordsOf(error.cause)})` : ''
  return `${wordsOf(error)}${cause}`
}
