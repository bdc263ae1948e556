/** How far a command has come: a bar where somebody looks on, else a line for every ten per cent. */
export type ProgressBar = {
  /** `share` is from 0 to 1; `note` says what of, such as `4,000 rows`. */
  show(share: number, note?: string): void
  /** Leaves the line as it is and begins a new one. */
  close(): void
}
type Output = { isTTY?: boolean; columns?: number; write(text: string): unknown }

const REDRAW_MS = 100
const BAR_MAX = 40

export function openProgressBar(label: string, output: Output = process.stderr, now = Date.now): ProgressBar {
  return output.isTTY ? drawBar(label, output, now) : writeLines(label, output)
}

function drawBar(label: string, output: Output, now: () => number): ProgressBar {
  let drawnAt = Number.NEGATIVE_INFINITY
  let last = ''
  return {
    show(share, note = '') {
      const text = `${label} ${percent(share)} ${note}`.trimEnd()
      const width = Math.min(BAR_MAX, (output.columns ?? 80) - text.length - 4)
      const filled = Math.round(width * clamp(share))
      const bar = width > 0 ? ` [${'='.repeat(filled)}${' '.repeat(width - filled)}]` : ''
      last = text + bar
      if (now() - drawnAt < REDRAW_MS) return
      drawnAt = now()
      output.write(`\r\x1b[K${last}`)
    },
    close() {
      if (last) output.write(`\r\x1b[K${last}\n`)
      last = ''
    },
  }
}

function writeLines(label: string, output: Output): ProgressBar {
  let told = 0
  return {
    show(share, note = '') {
      const tenth = Math.floor(clamp(share) * 10)
      if (tenth <= told) return
      told = tenth
      output.write(`${`${label} ${percent(tenth / 10)} ${note}`.trimEnd()}\n`)
    },
    close() {},
  }
}

const clamp = (share: number) => Math.min(1, Math.max(0, share))
const percent = (share: number) => `${Math.floor(clamp(share) * 100)} %`.padStart(5)
