import { Readable } from 'node:stream'

/** The body of an answer, as it comes: slow readers are waited for, a storage that is silent for `waitMs` is not. */
export function streamOf(response: Response, abort: AbortController, waitMs: number): Readable {
  if (!response.body) return Readable.from([])
  const stream = Readable.from(piecesOf(response.body, abort, waitMs), { objectMode: false })
  stream.once('close', () => abort.abort(new Error('nobody reads on')))
  return stream
}

async function* piecesOf(body: NonNullable<Response['body']>, abort: AbortController, waitMs: number) {
  const reader = body.getReader()
  for (;;) {
    const late = setTimeout(() => abort.abort(new Error('the file storage fell silent')), waitMs)
    const { done, value } = await reader.read().finally(() => clearTimeout(late))
    if (done) return
    yield value
  }
}
