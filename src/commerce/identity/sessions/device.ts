import bowser from 'bowser'

const LENGTH_MAX = 150

/** What a session list calls a device: "Chrome 142 on Windows"; for a program, what it calls itself: "curl 8.9". */
export function describeDevice(userAgent: string): string {
  if (userAgent.trim() === '') return 'Unknown device'
  const { browser, os } = bowser.parse(userAgent)
  const version = browser.version?.split('.')[0]
  const program = browser.name ? [browser.name, version].filter(Boolean).join(' ') : productOf(userAgent)
  return (os.name ? `${program} on ${os.name}` : program).slice(0, LENGTH_MAX)
}

/** The first product of a user agent: "python-requests/2.32.3" is "python-requests 2.32.3". */
function productOf(userAgent: string): string {
  const [name, version] = userAgent.trim().split(/\s+/)[0]!.split('/')
  return [name, version].filter(Boolean).join(' ') || 'Unknown device'
}
