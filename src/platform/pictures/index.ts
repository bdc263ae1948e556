/**
 * Pictures that people send: read, made harmless, kept, and made smaller. Promise: what is kept was decoded as a picture and
 * encoded anew, so that it is nothing else; and however many come at once, the memory that they take is bounded.
 */
export { type KeptPicture, keepPicture } from './keep-picture.ts'
export { type ReadPicture, readPicture } from './read-picture.ts'
export { makeRenditions, removePictureFiles, renditionAt, renditionsOf } from './renditions.ts'
