/** Letters about an account. */
import type { Words } from '../texts/words.ts'
import type { LetterContent } from './letter-content.ts'

export function verificationLinkLetter({ account }: Words, link: string): LetterContent {
  const { paragraph, button, closing, ...head } = account.verificationLink
  return { ...head, paragraphs: [paragraph], action: { label: button, url: link }, closing: [closing] }
}

export function verificationCodeLetter({ account }: Words, code: string): LetterContent {
  const { paragraph, closing, ...head } = account.verificationCode
  return { ...head, paragraphs: [paragraph], code, closing: [closing] }
}

export function resetLinkLetter({ account }: Words, link: string, validFor: 'hour' | 'day'): LetterContent {
  const { paragraph, button, closing, ...head } = account.resetLink
  return { ...head, paragraphs: [paragraph], action: { label: button, url: link }, closing: [closing(validFor)] }
}

export function resetCodeLetter({ account }: Words, code: string): LetterContent {
  const { paragraph, closing, ...head } = account.resetCode
  return { ...head, paragraphs: [paragraph], code, closing: [closing] }
}

export function alertLetter({ security }: Words, subject: string, what: string): LetterContent {
  return { subject, heading: subject, paragraphs: [what], closing: [security.closing] }
}
