/** Where in the world an address of the internet is, as well as anybody knows. To ask never fails. */
export { type Locator, openLocator, type Place } from './locator.ts'
export { isLocal, networkOf } from './network.ts'
