/** The command line: `node src/main.ts COMMAND`. */
import { existsSync } from 'node:fs'

const NODE_MIN = 24

if (Number(process.versions.node.split('.')[0]) < NODE_MIN) {
  console.error(`Souk needs Node ${NODE_MIN} or newer, this is ${process.versions.node}.`)
  console.error('`npm start` brings its own; so does `npm run souk -- COMMAND`.')
  process.exit(1)
}

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
  'create-admin': {
    says: 'make a superuser: --email E [--username U] [--password P]',
    load: async () => (await import('./commands/create-admin.ts')).createAdmin,
  },
  'cleanup-sessions': {
    says: 'remove ended sessions: [--days N] [--dry-run]',
    load: async () => (await import('./commands/cleanup-sessions.ts')).cleanupSessions,
  },
  doctor: {
    says: 'check the invariants of the whole database',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
}

type Command = (config: import('./config.ts').Config, args: string[]) => Promise<void>

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  console.error('Usage: npm run souk -- COMMAND\n')
  for (const [each, { says }] of Object.entries(commands)) console.error(`  ${each.padEnd(18)}${says}`)
  process.exit(name === '' || name === 'help' ? 0 : 2)
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { readConfig } = await import('./config.ts')
  const run = await command.load()
  await run(readConfig(), args)
} catch (error) {
  // What is meant for the operator is a sentence; a bug shows where it is.
  console.error(error instanceof Error && process.env.LOG_LEVEL !== 'debug' ? sentence(error) : error)
  process.exitCode = 1
}

function sentence(error: Error): string {
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error.message}${cause}`
}
