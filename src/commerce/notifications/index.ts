/**
 * Notifications: tells people what happened, by mail and inside the shop. Owns the schema "notifications". Listens, and
 * looks each minute for low stock; only the verification mail that somebody waits for is sent by call.
 * Invariant: an event is told once, however often its job runs; what was told is decided by the state when it is told.
 */
export { type LiveNotices, type Onlooker, openLiveNotices } from './live-notices.ts'
export { noteOrderCancelled, noteOrderPaid, noteOrderPlaced } from './note-order.ts'
export { notifyLowStock } from './notify-low-stock.ts'
export {
  type Category,
  type Channels,
  changePreferences,
  type PreferenceChanges,
  type Preferences,
  readPreferences,
} from './preferences.ts'
export { countUnreadNotices, deleteNotices, listNotices, listNoticesOf, type NoticeView } from './queries.ts'
export { markAllNoticesRead, markNoticeRead, removeNotice } from './read-notices.ts'
export { remindOfCarts } from './remind-of-carts.ts'
export { offerResend, type Resent, resendVerification } from './resend-verification.ts'
export { sendPasswordReset, sendVerificationMail } from './send-account-letters.ts'
export { sendCancellation, sendOrderConfirmation, sendPaymentReceipt } from './send-order-letters.ts'
export { alertToClaim, alertToCredentials, alertToSuspicion } from './send-security-alerts.ts'
export { noteRefund, sendRefundLetter } from './tell-refund.ts'
export { noteReturn, sendReturnLetter } from './tell-return.ts'
export { noteShipmentSent, sendShipmentLetter } from './tell-shipment.ts'
export { tellWatchers } from './tell-watchers.ts'
export { type Holder, issueTicket, redeemTicket, TICKET_SECONDS } from './tickets.ts'
