/**
 * Files that anybody may fetch: pictures. They lie in a folder or in a bucket (FILES_URL) and are served under /files/.
 * Promise: a name never changes its content, so that whoever has a file may keep it for good.
 */
export { addressOf, contentName, contentTypeOf, nameAt } from './file-name.ts'
export { type FileStore, openFileStore } from './file-store.ts'
