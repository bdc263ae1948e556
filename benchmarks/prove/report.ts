/** What was proved, for who owns a shop. */
export type RaceReport = {
  name: string
  proves: string
  isKilled: boolean
  seeds: number
  requests: number
  kills: number
  slowestMs: number
  tookMs: number
  /** By seed: what was wrong. */
  violations: { seed: number; complaints: string[] }[]
}

/** Markdown: a sentence of judgement, a table, and how to see each violation again. */
export function writeReport(reports: RaceReport[], { connections }: { connections: number }): string {
  const violations = reports.flatMap((report) => report.violations.map((violation) => ({ ...report, ...violation })))
  const requests = sum(reports, ({ requests }) => requests)
  const kills = sum(reports, ({ kills }) => kills)
  const judgement =
    violations.length === 0
      ? `Nothing was sold twice, charged twice or lost: ${requests.toLocaleString('en')} requests at ${connections} connections, with ${kills} kills of the server among them. After each round the shop's books were examined and found sound.`
      : `**${violations.length} rounds went wrong.** What happened, and how to see it again, stands below.`
  return [
    '# What was proved',
    '',
    judgement,
    '',
    '| Race | What it proves | Server killed | Rounds | Requests | Kills | Slowest answer | Went wrong |',
    '|---|---|---|---:|---:|---:|---:|---:|',
    ...reports.map(toRow),
    ...violations.flatMap(({ name, isKilled, seed, complaints }) => [
      '',
      `## ${name}, seed ${seed}${isKilled ? ', server killed' : ''}`,
      '',
      ...complaints.map((complaint) => `- ${complaint}`),
      '',
      `    npm run prove -- --only ${name} --seed ${seed} ${isKilled ? '--with-kills' : '--without-kills'}`,
    ]),
    '',
  ].join('\n')
}

const toRow = (report: RaceReport): string =>
  `| ${[
    report.name,
    report.proves,
    report.isKilled ? 'yes' : 'no',
    report.seeds,
    report.requests,
    report.kills,
    `${(report.slowestMs / 1000).toFixed(1)} s`,
    report.violations.length === 0 ? '–' : `**${report.violations.length}**`,
  ].join(' | ')} |`

const sum = (reports: RaceReport[], of: (report: RaceReport) => number) =>
  reports.reduce((total, report) => total + of(report), 0)
