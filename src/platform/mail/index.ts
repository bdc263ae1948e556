/**
 * Letters. They are written in the transaction of their cause and leave through a job, so that none is lost
 * and none is sent for what did not happen. What could not be sent after all tries stays, marked `dead`; what is no
 * longer good for anything is `expired`, and not sent.
 */
export { type Letter, letterDeliveries, queueLetter, sendLetter } from './letters.ts'
export { type Attachment, type Mailer, openMailer, readSender } from './mailer.ts'
export { claimLetterKey, countUnsentLetters, forgetLetters, purgeLetters, wasLetterSent } from './queries.ts'
export { sendLetterNow } from './send-letter-now.ts'
