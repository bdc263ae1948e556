/**
 * A limit: `node:http` and the prepared SELECT through `pg`, with the text and the values that Souk sends for the same
 * page; the rows are answered as they come. Where Souk sends several, one after the other. A process of its own.
 */
import { createServer } from 'node:http'
import pg from 'pg'
import type { Statement } from '../record.ts'
import { serveLimit } from './serve-limit.ts'

export type Selects = { url: string; poolSize: number /** For each answer. */; answers: Statement[][] }

serveLimit<Selects>(({ url, poolSize, answers }) => {
  const pool = new pg.Pool({ connectionString: url, max: poolSize })
  const texts = [...new Set(answers.flat().map(({ text }) => text))]
  const queries = answers.map((statements) =>
    statements.map(({ text, values }) => ({ name: `s${texts.indexOf(text)}`, text, values: [...values] })),
  )
  const select = async (each: pg.QueryConfig[]) => {
    const rows: unknown[] = []
    for (const query of each) rows.push(...(await pool.query(query)).rows)
    return rows
  }
  let turn = 0
  const server = createServer((_request, response) => {
    select(queries[turn++ % queries.length]!).then(
      (rows) => {
        const bytes = Buffer.from(JSON.stringify(rows))
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes)
      },
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  server.once('close', () => pool.end())
  return server
})
