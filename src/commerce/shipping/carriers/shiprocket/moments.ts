/** Times as Shiprocket writes them: of India, without saying so. */

const OF_INDIA = '+05:30'

/** "2023-05-23 15:40:19" and "23 05 2023 11:43:52". Undefined for anything else. */
export function readMoment(text: unknown): Date | undefined {
  if (typeof text !== 'string') return undefined
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d:\d\d))?$/.exec(text) ?? []
  if (year) return toDate(`${year}-${month}-${day}`, time)
  const [, first, second, third, clock] = /^(\d\d) (\d\d) (\d{4}) (\d\d:\d\d:\d\d)$/.exec(text) ?? []
  return third ? toDate(`${third}-${second}-${first}`, clock) : undefined
}

function toDate(day: string, time = '00:00:00'): Date | undefined {
  const date = new Date(`${day}T${time}${OF_INDIA}`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
