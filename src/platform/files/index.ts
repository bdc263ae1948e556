/**
 * Files that anybody may fetch: pictures. They live in DATA_DIRECTORY/files and are served under /files/.
 * Promise: a name never changes its content, so that whoever has a file may keep it for good.
 */
export { contentName } from './file-name.ts'
export { findFile, publicFilesDirectory, removeFile, saveFile } from './public-files.ts'
