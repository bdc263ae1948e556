// The program that shows a shop owner that nothing is sold or charged twice: that it runs, kills, and reports.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const PROGRAM = join(import.meta.dirname, '../../benchmarks/prove/run.ts')

test('two races with the server killed in the middle, and their report', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-proof-'))
  const options = ['--seeds', '1', '--connections', '8', '--with-kills', '--only', 'last-units,webhook-storm']
  const child = spawn(process.execPath, [PROGRAM, ...options, '--database', process.env.SOUK_TEST_SERVER!], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  assert.equal(code, 0, output)
  assert.match(output, /Nothing was sold twice, charged twice or lost/)
  assert.match(output, /\| last-units \| .* \| yes \| 1 \| \d+ \| 1 \|/)
  assert.equal(readFileSync(join(folder, 'var/prove-report.md'), 'utf8').trim(), output.trim())
  rmSync(folder, { recursive: true })
})
