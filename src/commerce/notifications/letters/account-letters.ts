/** What is said about an account. The letters name nobody: who types a stranger's address cannot have us write to them in chosen words. */
import type { LetterContent } from './letter-content.ts'

const NOT_ME_REGISTERED = 'If you did not register, please ignore this mail.'
const NOT_ME_RESET = 'If you did not ask for this, please ignore this mail: your password stays as it is.'

export function verificationLinkLetter(link: string): LetterContent {
  return {
    subject: 'Please confirm your e-mail address',
    heading: 'Confirm your e-mail address',
    paragraphs: ['Thank you for registering. To activate your account, confirm that this address is yours:'],
    action: { label: 'Confirm my address', url: link },
    closing: [`The link is valid for 24 hours and works once. ${NOT_ME_REGISTERED}`],
  }
}

export function verificationCodeLetter(code: string): LetterContent {
  return {
    subject: 'Your verification code',
    heading: 'Confirm your e-mail address',
    paragraphs: ['Thank you for registering. To activate your account, enter this code:'],
    code,
    closing: [`The code is valid for ten minutes and works once. ${NOT_ME_REGISTERED}`],
  }
}

export function resetLinkLetter(link: string, validFor: string): LetterContent {
  return {
    subject: 'Choose a new password',
    heading: 'Choose a new password',
    paragraphs: ['Somebody, hopefully you, asked for a new password for your account. Choose one here:'],
    action: { label: 'Choose a new password', url: link },
    closing: [`The link is valid for ${validFor} and works once. ${NOT_ME_RESET}`],
  }
}

export function resetCodeLetter(code: string): LetterContent {
  return {
    subject: 'Your code for a new password',
    heading: 'Choose a new password',
    paragraphs: ['Somebody, hopefully you, asked for a new password for your account. Enter this code:'],
    code,
    closing: [`The code is valid for ten minutes and works once. ${NOT_ME_RESET}`],
  }
}

/** One code in the text, and no other six digits. */
export const resetCodeText = (code: string, shop: string): string =>
  `${code} is your code for a new password at ${shop}. It is valid for ten minutes. Tell it to nobody.`

export function alertLetter(subject: string, what: string): LetterContent {
  return {
    subject,
    heading: subject,
    paragraphs: [what],
    closing: [
      'If this was you, there is nothing to do. If not, please choose a new password at once: it ends all sessions of your account.',
    ],
  }
}
