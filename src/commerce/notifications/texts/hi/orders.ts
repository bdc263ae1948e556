import type { orders as english } from '../en/orders.ts'

const questions = 'यदि आपका कोई प्रश्न है, तो कृपया इस ईमेल का उत्तर दें।'

export const orders: typeof english = {
  received: {
    subject: (number) => `हमें आपका ऑर्डर ${number} मिल गया है`,
    heading: 'आपके ऑर्डर के लिए धन्यवाद',
    paragraph: (number) => `हमें आपका ऑर्डर ${number} मिल गया है।`,
    next: {
      cash: (total) => `कृपया डिलीवरी के समय ${total} का भुगतान करें। बिल संलग्न है।`,
      paid: 'इसका भुगतान हो चुका है: हम इसे तैयार कर रहे हैं। बिल एक अलग ईमेल में भेजा जाएगा।',
      open: 'आपका भुगतान मिलते ही हम इसे तैयार करना शुरू करेंगे, और तभी आपको बिल भेजेंगे।',
    },
  },
  confirmed: {
    subject: (number) => `आपके ऑर्डर ${number} की पुष्टि हो गई है`,
    heading: 'आपके ऑर्डर के लिए धन्यवाद',
    paragraph: (number) => `आपके ऑर्डर ${number} का भुगतान हो चुका है: हम इसे तैयार कर रहे हैं। बिल संलग्न है।`,
  },
  paid: {
    subject: (number) => `आपके ऑर्डर ${number} का भुगतान मिल गया है`,
    heading: 'आपका भुगतान मिल गया है',
    paragraph: (number, total) => `आपके ऑर्डर ${number} के लिए हमें ${total} मिल गए हैं। बिल संलग्न है।`,
  },
  free: {
    subject: (number) => `आपके ऑर्डर ${number} का बिल`,
    heading: 'आपका बिल',
    paragraph: (number) => `आपके ऑर्डर ${number} के लिए कोई भुगतान नहीं करना है। बिल संलग्न है।`,
  },
  cancelled: {
    subject: (number) => `आपका ऑर्डर ${number} रद्द कर दिया गया`,
    heading: 'आपका ऑर्डर रद्द कर दिया गया',
    paragraph: (number, total) => `${total} का आपका ऑर्डर ${number} रद्द कर दिया गया है।`,
    money: {
      onRequest: 'आपने जो राशि दी है, वह अपने खाते में अनुरोध करने पर आपको लौटा दी जाएगी।',
      refundedLater: 'आपका भुगतान उसी माध्यम से लौटाया जाएगा जिससे वह किया गया था।',
      refunded: (total) => `हमने ${total} उसी माध्यम से लौटा दिए हैं जिससे भुगतान किया गया था।`,
      none: 'कोई भुगतान नहीं करना है।',
    },
    closing: 'यदि आपको इसकी अपेक्षा नहीं थी, तो कृपया इस ईमेल का उत्तर दें।',
  },
  refunded: {
    subject: (number, amount) => `हमने आपके ऑर्डर ${number} के ${amount} लौटा दिए हैं`,
    heading: 'आपका रिफ़ंड',
    paragraph: (number, amount, wasCash) =>
      wasCash
        ? `हमने आपके ऑर्डर ${number} के ${amount} लौटा दिए हैं, जिनका भुगतान आपने डिलीवरी के समय किया था।`
        : `हमने आपके ऑर्डर ${number} के ${amount} उसी माध्यम से लौटा दिए हैं जिससे भुगतान किया गया था; आपके बैंक को कुछ दिन लग सकते हैं।`,
    note: 'क्रेडिट नोट संलग्न है।',
  },
  returnApproved: {
    subject: (number) => `ऑर्डर ${number} की आपकी वापसी स्वीकार कर ली गई`,
    heading: 'कृपया सामान वापस भेजें',
    paragraph: (number, amount) =>
      `ऑर्डर ${number} का जो सामान आपने बताया है, उसे आप वापस भेज सकते हैं।${amount ? ` सामान मिलने पर हम ${amount} लौटा देंगे।` : ''}`,
    articles: 'सामान',
    closing: questions,
  },
  returnDeclined: {
    subject: (number) => `ऑर्डर ${number} की आपकी वापसी अस्वीकार कर दी गई`,
    heading: 'आपकी वापसी अस्वीकार कर दी गई',
    paragraph: (number) => `क्षमा करें, ऑर्डर ${number} का जो सामान आपने बताया है, उसे हम वापस नहीं ले सकते।`,
    articles: 'सामान',
    closing: questions,
  },
  address: 'डिलीवरी का पता',
  sum: {
    subtotal: 'उप-योग',
    discount: 'छूट',
    tax: 'कर',
    shipping: 'डिलीवरी शुल्क',
    free: 'निःशुल्क',
    grandTotal: 'कुल योग',
    total: 'कुल',
  },
  notices: {
    placed: {
      title: 'ऑर्डर मिल गया',
      body: (number, total) => `हमें ${total} का आपका ऑर्डर ${number} मिल गया है।`,
    },
    paid: {
      title: 'भुगतान मिल गया',
      body: (number, total) => `ऑर्डर ${number} के लिए आपका ${total} का भुगतान मिल गया है।`,
    },
    cancelled: { title: 'ऑर्डर रद्द', body: (number) => `आपका ऑर्डर ${number} रद्द कर दिया गया है।` },
    refunded: {
      title: 'रिफ़ंड भेजा गया',
      body: (number, amount) => `हमने आपके ऑर्डर ${number} के ${amount} लौटा दिए हैं।`,
    },
    returnApproved: {
      title: 'वापसी स्वीकृत',
      body: (number) => `ऑर्डर ${number} की आपकी वापसी स्वीकार कर ली गई है।`,
    },
    returnDeclined: {
      title: 'वापसी अस्वीकृत',
      body: (number) => `ऑर्डर ${number} की आपकी वापसी अस्वीकार कर दी गई है।`,
    },
  },
}
