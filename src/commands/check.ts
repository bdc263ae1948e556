import { parseArgs } from 'node:util'
import { type Finding, reviewDeployment } from '../config/review-deployment.ts'
import type { Config } from '../config.ts'
import { findUnreachable } from './find-unreachable.ts'

/**
 * Says whether database, Redis, mail server and file storage can be used as they are configured, and ends with 1 where one cannot; with
 * `--deploy` also what a shop that is open to the world must not be configured like (NX-155, NX-160, MP-262). Changes nothing that stays.
 */
export async function check(config: Config, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { deploy: { type: 'boolean' } } })
  const findings = [...(await findUnreachable(config)), ...(values.deploy ? reviewDeployment(config) : [])]
  for (const { level, says } of findings) console.log(`${labelOf[level]}${says}`)
  const count = findings.filter(({ level }) => level === 'wrong').length
  if (count > 0) process.exitCode = 1
  console.log(count > 0 ? `${count} must be mended.` : 'Nothing must be mended.')
}

const labelOf: Record<Finding['level'], string> = { wrong: 'WRONG    ', warning: 'warning  ' }
