import type { LetterContent } from './letter-content.ts'

/** It names nobody: whoever registers with a stranger's address cannot have us write to them in chosen words. */
export function verificationLetter(link: string): LetterContent {
  return {
    subject: 'Please confirm your e-mail address',
    heading: 'Confirm your e-mail address',
    paragraphs: ['Thank you for registering. To activate your account, confirm that this address is yours:'],
    action: { label: 'Confirm my address', url: link },
    closing: ['The link is valid for 24 hours and works once. If you did not register, please ignore this mail.'],
  }
}
