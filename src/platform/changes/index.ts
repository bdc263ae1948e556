/**
 * Changes: what a transaction changes of which somebody keeps a copy, as tags. They are told after the commit and before
 * the deed returns, so that whoever has the answer reads the new state. Nothing is told of what was rolled back.
 */
export { type ChangeFeed, openChangeFeed, openLocalFeed } from './change-feed.ts'
export { EVERYTHING, type Heard } from './heard.ts'
export { listenToChanges, noteChange } from './note-change.ts'
