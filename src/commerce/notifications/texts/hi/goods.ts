import type { carts as englishCarts, stock as englishStock, watches as englishWatches } from '../en/goods.ts'

export const carts: typeof englishCarts = {
  subject: 'आपके कार्ट में कुछ सामान बाकी है',
  heading: 'आपका कार्ट अब भी सुरक्षित है',
  paragraph: 'आपने अपने कार्ट में कुछ सामान रखा है, पर अभी तक उसका ऑर्डर नहीं किया है। सब कुछ अब भी वहीं है:',
  button: 'मेरे कार्ट पर वापस जाएँ',
  total: 'कुल',
  closing: 'यह ईमेल आपको केवल एक बार भेजा गया है, क्योंकि आपने हमसे समाचार पाना चुना था। इसे आप अपनी प्रोफ़ाइल में बदल सकते हैं।',
}

export const stock: typeof englishStock = {
  subject: (name) => `कम स्टॉक: ${name}`,
  subjectOfMany: (count) => `कम स्टॉक: ${count} वस्तुएँ`,
  heading: 'थोड़ा ही स्टॉक बचा है',
  paragraph: 'इन वस्तुओं का स्टॉक उस संख्या तक या उससे भी नीचे आ गया है, जिस पर सूचना देने का अनुरोध किया गया था:',
  left: (available, threshold) => `${available} शेष; ${threshold} या उससे कम होने पर स्टॉक कम माना जाता है`,
  closing: 'नया स्टॉक आने के बाद जब वह फिर से घटेगा, तब आपको दोबारा सूचित किया जाएगा।',
}

export const watches: typeof englishWatches = {
  backInStock: {
    subject: (name) => `फिर से उपलब्ध: ${name}`,
    subjectOfMany: (count) => `फिर से उपलब्ध: ${count} वस्तुएँ`,
    heading: 'यह फिर से उपलब्ध है',
    paragraph: 'आपने कहा था कि इसके फिर से उपलब्ध होने पर आपको बताया जाए:',
    line: (price) => `अब ${price} में उपलब्ध`,
    brief: (name) => `अब आप ${name} फिर से ऑर्डर कर सकते हैं।`,
    briefOfMany: (count) => `आपकी प्रतीक्षा की ${count} वस्तुएँ अब फिर से ऑर्डर की जा सकती हैं।`,
    closing: 'यह सूचना आपको केवल एक बार दी जाती है। औरों को भी सूचित किया गया है: हम इसे आपके लिए अलग नहीं रख सकते।',
  },
  priceDrop: {
    subject: (name) => `कीमत घटी: ${name}`,
    subjectOfMany: (count) => `कीमत घटी: ${count} वस्तुएँ`,
    heading: 'कीमत कम हो गई है',
    paragraph: 'आपने कहा था कि इसकी कीमत कम होने पर आपको बताया जाए:',
    line: (price, before) => `अब ${price}, पहले ${before}`,
    brief: (name, price) => `${name} की कीमत अब ${price} है।`,
    briefOfMany: (count) => `जिन ${count} वस्तुओं पर आपकी नज़र है, उनकी कीमत अब कम हो गई है।`,
    closing: 'कीमत और घटने पर आपको फिर से सूचित किया जाएगा। इसे आप अपने खाते में बंद कर सकते हैं।',
  },
  button: 'इसे देखें',
}
