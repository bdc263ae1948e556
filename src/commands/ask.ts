import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

export type Questions = {
  /** The answer without blanks around it; empty where nothing comes any more. What is typed to a `hidden` one is not shown. */
  ask(question: string, options?: { hidden?: boolean }): Promise<string>
  close(): void
}

/** Asks whoever sits at the terminal; from a pipe each line is an answer. */
export function openQuestions(): Questions {
  let isHidden = false
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!isHidden) process.stdout.write(chunk)
      done()
    },
  })
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY ?? false })
  const answers = lines[Symbol.asyncIterator]()
  return {
    ask: async (question, { hidden = false } = {}) => {
      process.stdout.write(question)
      isHidden = hidden
      const { value = '', done } = await answers.next()
      isHidden = false
      if (hidden || done || !process.stdin.isTTY) process.stdout.write('\n')
      return value.trim()
    },
    close: () => lines.close(),
  }
}
