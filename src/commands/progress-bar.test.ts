import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openProgressBar } from './progress-bar.ts'

/** Back to the beginning of the line, which is emptied. */
const REDRAW = '\r\x1b[K'

function record(isTTY: boolean, columns = 80) {
  const written: string[] = []
  return { written, isTTY, columns, write: (text: string) => written.push(text) }
}

test('where nobody looks on, a line for every ten per cent', () => {
  const output = record(false)
  const bar = openProgressBar('Checking', output)
  for (let done = 0; done <= 1000; done += 25) bar.show(done / 1000, `${done} rows`)
  bar.show(1)
  bar.close()
  assert.equal(output.written.length, 10)
  assert.deepEqual(output.written.slice(0, 2), ['Checking  10 % 100 rows\n', 'Checking  20 % 200 rows\n'])
  assert.equal(output.written.at(-1), 'Checking 100 % 1000 rows\n')
})

test('a step of several tens is one line', () => {
  const output = record(false)
  openProgressBar('Checking', output).show(0.57)
  assert.deepEqual(output.written, ['Checking  50 %\n'])
})

test('on a terminal, one line that is drawn over itself, no more than ten times a second', () => {
  const output = record(true)
  let time = 0
  const bar = openProgressBar('Saving', output, () => time)
  for (let done = 0; done <= 500; done++) {
    time += 10
    bar.show(done / 500, `${done} rows`)
  }
  bar.close()
  assert.ok(output.written.length > 45 && output.written.length < 55)
  assert.equal(output.written.at(-1), `${REDRAW}Saving 100 % 500 rows [${'='.repeat(40)}]\n`)
  assert.match(output.written[25]!.slice(REDRAW.length), /^Saving +\d+ % \d+ rows \[=+ +\]$/)
})

test('no line is longer than the terminal is wide, and nothing shown leaves nothing', () => {
  const output = record(true, 30)
  const bar = openProgressBar('Checking', output, () => 0)
  bar.show(0.4, '40 rows')
  bar.close()
  for (const line of output.written) assert.ok(line.replace(REDRAW, '').trimEnd().length <= 30, line)
  const silent = record(true)
  openProgressBar('Checking', silent).close()
  assert.deepEqual(silent.written, [])
})
