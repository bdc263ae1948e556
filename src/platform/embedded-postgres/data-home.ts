// Where the cluster of a data directory lies, and who runs it.
//
// As a rule in the data directory itself: cluster/ (PostgreSQL's data), password, server.log. But as root, PostgreSQL
// runs as another user, and where that one cannot enter the data directory (a checkout below /root, mode 0700), no
// link and no trick lets it in. Then the three lie in /var/lib/souk-postgres/<id>/ and the data directory keeps one
// file, `location`, with that path. The other side keeps `belongs-to` with the path of the data directory.
//   To remove such data:  rm -r "$(cat var/postgres/location)" var/postgres   (with Souk stopped)
//   To move the checkout: just move it; the data is found through `location`.
//   To copy it: a copied `location` is refused, for two shops would write in one database. Delete it in the copy, and
//   to take the data along, copy the contents of the folder it names into the copy's data directory (Souk stopped).

import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { type Account, canReach, chooseAccount, giveTreeTo } from './account.ts'
import { explainFailure } from './failure-text.ts'
import { openSharedPlace, SHARED_PLACE } from './shared-place.ts'

export type DataHome = { home: string; account: Account | undefined }

/** Makes the data directory when it is missing and returns its real path. Refuses one that we may not write in. */
export function openDataDirectory(dataDirectory: string): string {
  if (!isAbsolute(dataDirectory)) throw new Error(`The data directory must be an absolute path, not ${dataDirectory}.`)
  try {
    if (!existsSync(dataDirectory)) {
      mkdirSync(dataDirectory, { recursive: true })
      // As root, PostgreSQL's account must pass through; what lies in it has modes of its own.
      chmodSync(dataDirectory, process.getuid?.() === 0 ? 0o711 : 0o700)
    }
    accessSync(dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(dataDirectory)
  } catch (error) {
    throw explainFailure(`Souk cannot keep its database in ${dataDirectory}.`, error)
  }
}

/** Decides at the first start, and finds again later. The caller holds the data lock; the path is a real path. */
export function findDataHome(dataDirectory: string, log: (message: string) => void): DataHome {
  const location = join(dataDirectory, 'location')
  if (existsSync(join(dataDirectory, 'cluster')) || !existsSync(location)) {
    const home = openHome(dataDirectory)
    if (existsSync(join(home.home, 'cluster')) || canReach(home.account, dataDirectory)) return home
    const made = makeHomeElsewhere(dataDirectory)
    log(`PostgreSQL cannot run as root, nor reach ${dataDirectory} as another user: the data lies in ${made}.`)
  }
  return openHome(readLocation(dataDirectory, location))
}

function openHome(home: string): DataHome {
  const cluster = lstatSync(join(home, 'cluster'), { throwIfNoEntry: false })
  if (!cluster) return { home, account: chooseAccount(statSync(home)) }
  const account = settleOwner(join(home, 'cluster'), cluster)
  if (!canReach(account, join(home, 'cluster'))) throw new Error(explainBlockedPath(home, account as Account))
  return { home, account }
}

/** Whoever owns the cluster runs it. A back-up restored by root belongs to root and may be too open: put right here. */
function settleOwner(cluster: string, { uid, gid, mode }: { uid: number; gid: number; mode: number }) {
  const self = process.getuid?.()
  if (self === undefined) return undefined
  if (self !== 0 && uid !== self) {
    throw new Error(
      `The database in ${cluster} belongs to another user (number ${uid}): Souk was started as root or as someone ` +
        `else before. Start it as then, or, with Souk stopped, give the folder to this user (as root: ` +
        `chown -R ${self} ${dirname(cluster)}).`,
    )
  }
  if (mode & 0o077) chmodSync(cluster, 0o700)
  if (self !== 0) return undefined
  if (uid !== 0) return { uid, gid }
  const account = chooseAccount() as Account
  giveTreeTo(account, cluster)
  return account
}

/** A random name, so that a new shop at an old path never meets old data; only root may write around it. */
function makeHomeElsewhere(dataDirectory: string): string {
  const home = join(openSharedPlace(), randomBytes(8).toString('hex'))
  mkdirSync(home)
  chmodSync(home, 0o711)
  writeFileSync(join(home, 'belongs-to'), dataDirectory, { mode: 0o600, flush: true })
  writeFileSync(join(dataDirectory, 'location'), home, { mode: 0o644, flush: true })
  const owner = statSync(dataDirectory)
  chownSync(join(dataDirectory, 'location'), owner.uid, owner.gid)
  return home
}

function readLocation(dataDirectory: string, location: string): string {
  const home = readFileSync(location, 'utf8').trim()
  if (dirname(home) !== SHARED_PLACE || !/^[0-9a-f]{16}$/.test(home.slice(SHARED_PLACE.length + 1))) {
    throw new Error(`${location} names ${home}, which is no place of Souk's. Delete the file to start empty.`)
  }
  if (process.getuid?.() !== 0) {
    throw new Error(`The data of ${dataDirectory} was made by root and lies in ${home}: start Souk as root, as before.`)
  }
  openSharedPlace()
  if (!existsSync(home)) {
    throw new Error(
      `The data of ${dataDirectory} lay in ${home}, which is gone. Restore it from a back-up, or delete ${location} ` +
        'to start with an empty database.',
    )
  }
  keepToOneOwner(dataDirectory, location, home)
  return home
}

function keepToOneOwner(dataDirectory: string, location: string, home: string) {
  const mark = join(home, 'belongs-to')
  const owner = readFileSync(mark, 'utf8').trim()
  if (owner === dataDirectory) return
  const ownersLocation = join(owner, 'location')
  if (existsSync(ownersLocation) && readFileSync(ownersLocation, 'utf8').trim() === home) {
    throw new Error(
      `${dataDirectory} is a copy of ${owner}, and both would use the data in ${home}. Delete ${location} to start ` +
        `with an empty database here, or copy the contents of ${home} here too while Souk is stopped.`,
    )
  }
  writeFileSync(mark, dataDirectory, { flush: true }) // the checkout was moved
}

function explainBlockedPath(home: string, account: Account): string {
  let blocked = home
  while (dirname(blocked) !== blocked && !canReach(account, dirname(blocked))) blocked = dirname(blocked)
  return (
    `The database in ${home} runs as user number ${account.uid}, who cannot pass ${blocked}. ` +
    `Let it pass (chmod o+x ${blocked}), or move ${home} to where it can (DATABASE_URL=embedded://PATH).`
  )
}
