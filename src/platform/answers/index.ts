/** The first answer to a request that may be sent again: kept in the transaction of its effect, for a day. */
export { type Answer, findAnswer, insertAnswer, isAnswerTaken, purgeAnswers } from './queries.ts'
