/**
 * Text messages to phones. As letters they are written in the transaction of their cause and leave through a job; what
 * the gateway did not take at any try stays, marked `dead`; what came too late is `expired`, and not sent.
 */
export { countUnsentTexts, forgetTexts, purgeTexts } from './queries.ts'
export { openTexter, type Texter } from './texter.ts'
export { queueText, sendText, textDeliveries } from './texts.ts'
