import { Readable } from 'node:stream'

/** The body of an answer, as it comes: slow readers are waited for, a storage that is silent for `waitMs` is not. */
export function streamOf(response: Response, abort: AbortController, waitMs: number): Readable {
  if (!response.body) return Readable.from([])
  const reader = response.body.getReader()
  return new Readable({
    read() {
      const late = setTimeout(() => abort.abort(new Error('the file storage fell silent')), waitMs)
      reader
        .read()
        .finally(() => clearTimeout(late))
        .then(
          ({ done, value }) => this.push(done ? null : value),
          (error: Error) => this.destroy(error),
        )
    },
    // Whoever reads no further lets the storage go, whatever it is about to say.
    destroy(error, done) {
      abort.abort(error ?? new Error('nobody reads on'))
      done(error)
    },
  })
}
