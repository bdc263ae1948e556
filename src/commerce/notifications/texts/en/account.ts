/** What is said about an account. The letters name nobody: who types a stranger's address cannot have us write to them in chosen words. */
const NOT_ME_REGISTERED = 'If you did not register, please ignore this mail.'
const NOT_ME_RESET = 'If you did not ask for this, please ignore this mail: your password stays as it is.'

const validity = { hour: 'one hour', day: '24 hours' }

export const account = {
  verificationLink: {
    subject: 'Please confirm your e-mail address',
    heading: 'Confirm your e-mail address',
    paragraph: 'Thank you for registering. To activate your account, confirm that this address is yours:',
    button: 'Confirm my address',
    closing: `The link is valid for 24 hours and works once. ${NOT_ME_REGISTERED}`,
  },
  verificationCode: {
    subject: 'Your verification code',
    heading: 'Confirm your e-mail address',
    paragraph: 'Thank you for registering. To activate your account, enter this code:',
    closing: `The code is valid for ten minutes and works once. ${NOT_ME_REGISTERED}`,
  },
  resetLink: {
    subject: 'Choose a new password',
    heading: 'Choose a new password',
    paragraph: 'Somebody, hopefully you, asked for a new password for your account. Choose one here:',
    button: 'Choose a new password',
    closing: (validFor: 'hour' | 'day') =>
      `The link is valid for ${validity[validFor]} and works once. ${NOT_ME_RESET}`,
  },
  resetCode: {
    subject: 'Your code for a new password',
    heading: 'Choose a new password',
    paragraph: 'Somebody, hopefully you, asked for a new password for your account. Enter this code:',
    closing: `The code is valid for ten minutes and works once. ${NOT_ME_RESET}`,
  },
  /** One code in the text, and no other six digits. */
  resetText: (code: string, shop: string) =>
    `${code} is your code for a new password at ${shop}. It is valid for ten minutes. Tell it to nobody.`,
}
