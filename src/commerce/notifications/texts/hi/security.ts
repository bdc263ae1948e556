import type { security as english } from '../en/security.ts'

const from = ({ location, ipAddress }: { location: string; ipAddress: string | null }) =>
  `${location}${ipAddress ? ` (${ipAddress})` : ''}`

export const security: typeof english = {
  claims: {
    unusual_location: {
      subject: 'किसी असामान्य स्थान से साइन-इन',
      what: (claim) => `एक असामान्य स्थान से साइन-इन हुआ: ${from(claim)}।`,
    },
    account_lockout: {
      subject: 'आपका खाता कुछ समय के लिए लॉक किया गया',
      what: (claim) =>
        `साइन-इन के बहुत अधिक असफल प्रयास हुए, पिछला प्रयास यहाँ से हुआ: ${from(claim)}। खाता ${claim.lockMinutes} मिनट के लिए लॉक किया गया।`,
    },
    multiple_failed_attempts: {
      subject: 'साइन-इन के कई असफल प्रयास',
      what: (claim) => `साइन-इन के कई असफल प्रयास हुए, पिछला प्रयास यहाँ से हुआ: ${from(claim)}।`,
    },
  },
  suspicious: {
    subject: 'आपके खाते पर संदिग्ध गतिविधि',
    what: 'थोड़े ही समय में आपके खाते का उपयोग असामान्य रूप से बहुत-से पतों से हुआ।',
    whatEnded: 'हमने सबसे नए सत्र को छोड़कर सभी सत्र समाप्त कर दिए हैं।',
  },
  changes: {
    password_changed: {
      subject: 'आपका पासवर्ड बदला गया',
      what: 'आपके खाते का पासवर्ड बदला गया है। इसके अन्य सत्र समाप्त कर दिए गए हैं।',
    },
    password_reset: {
      subject: 'आपका पासवर्ड रीसेट किया गया',
      what: 'आपके खाते का नया पासवर्ड रखा गया है। इसके सभी सत्र समाप्त कर दिए गए हैं।',
    },
    two_factor_enabled: {
      subject: 'दो-चरणीय साइन-इन चालू है',
      what: 'अब आपके खाते में साइन-इन करने के लिए पासवर्ड के साथ एक कोड भी आवश्यक है।',
    },
    two_factor_disabled: {
      subject: 'दो-चरणीय साइन-इन बंद है',
      what: 'अब आपके खाते में साइन-इन करने के लिए कोड की आवश्यकता नहीं है।',
    },
    recovery_codes_replaced: {
      subject: 'आपके रिकवरी कोड नए हैं',
      what: 'आपके खाते के पुराने रिकवरी कोड अब मान्य नहीं हैं।',
    },
    passkey_added: { subject: 'एक पासकी जोड़ी गई', what: 'अब एक नई पासकी से आपके खाते में साइन-इन किया जा सकता है।' },
    passkey_removed: {
      subject: 'एक पासकी हटाई गई',
      what: 'अब उस पासकी से आपके खाते में साइन-इन नहीं किया जा सकता।',
    },
    google_linked: {
      subject: 'Google से साइन-इन चालू है',
      what: 'अब आपके ईमेल पते वाले Google खाते से आपके खाते में साइन-इन किया जा सकता है। यदि इस पते की पहले पुष्टि नहीं हुई थी, तो खाते का पुराना पासवर्ड अब काम नहीं करेगा।',
    },
    email_changed: { subject: 'आपका ईमेल पता बदला गया', what: 'आपके खाते का ईमेल पता अब दूसरा है।' },
  },
  closing:
    'यदि यह आपने किया है, तो कुछ करने की आवश्यकता नहीं है। यदि नहीं, तो कृपया तुरंत नया पासवर्ड चुनें: इससे आपके खाते के सभी सत्र समाप्त हो जाएँगे।',
}
