/** What is said about things for the house. */
import type { Texts } from './review-texts.ts'

export const houseTexts: Record<'textiles' | 'lamps' | 'ceramics' | 'cookware', Texts> = {
  textiles: {
    delighted: [
      [
        'The colours are even better',
        'I was afraid of the photograph. In daylight it is deeper and calmer, and the room looks finished at last.',
      ],
      [
        'Soft from the first day',
        'Washed it twice already, and it has not lost a thread. The second one is on its way.',
        'CUSHION THROW TOWEL CLOTH',
      ],
      [
        'You can tell it is hand work',
        'One corner is two millimetres wider than the other, and I like it the more for it.',
        'RUG CUSHION CLOTH',
      ],
      [
        'The cat has moved in',
        'I bought it for the sofa. The cat has other plans, and the weave does not mind her claws.',
        'THROW CUSHION',
      ],
      [
        'Packed with care',
        'Arrived rolled in cotton, with a card that named who wove it. That made my day.',
        'RUG THROW',
      ],
    ],
    content: [
      ['Good quality, slow drying', 'Dense and well made. It does take a night to dry in our bathroom.', 'TOWEL'],
      [
        'Lovely, with a smell at first',
        'It smelled of wool for a week. Aired it on the balcony, now all is well.',
        'RUG THROW',
      ],
      ['Nice weave', 'The fringe needed a trim, otherwise exactly what I wanted.', 'RUG THROW TOWEL-HAMMAM'],
    ],
    undecided: [
      [
        'Smaller than I thought',
        'Well made, but measure first: I should have taken the larger size.',
        'RUG CLOTH CUSHION-IKAT TOWEL-STONE',
      ],
      [
        'Colour differs',
        'Beautiful, only more orange than red under our lamp.',
        'RUG-MEDALLION RUG-KILIM CUSHION-IKAT THROW',
      ],
    ],
    disappointed: [
      [
        'A pulled thread',
        'There was a pulled thread in the middle. The exchange was quick, but I had to be at home for it.',
      ],
    ],
  },
  lamps: {
    delighted: [
      [
        'Magic on the ceiling',
        'The children turn off every other light to look at the pattern. So do we.',
        'LAMP-MOSAIC LAMP-STAR PENDANT-DOME LANTERN',
      ],
      [
        'The warm light we needed',
        'With a dim bulb it is exactly the corner light we had been looking for.',
        'LAMP PENDANT',
      ],
      [
        'Heavier than expected',
        'Real metal, real glass, and a proper cable. Nothing rattles.',
        'LAMP-MOSAIC PENDANT-DOME',
      ],
      ['A present that was a success', 'My mother has rung twice to tell me how it looks in the evening.'],
      [
        'Easy to hang',
        'Ten minutes with a screwdriver, and the chain can be shortened without tools.',
        'LAMP-MOSAIC-HANG',
      ],
    ],
    content: [
      [
        'Beautiful, needs a weak bulb',
        'At 40 W it was too bright for the bedroom; with 15 W it is perfect.',
        'LAMP-MOSAIC LAMP-POTTER PENDANT',
      ],
      [
        'Good lamp, short cable',
        'I would have liked another half metre of cable.',
        'LAMP-MOSAIC-TABLE LAMP-POTTER LAMP-STAR',
      ],
      ['Pretty when lit', 'By day it is a little plain, in the evening it is the star of the room.'],
    ],
    undecided: [
      ['Fine, but dusty', 'All those small holes collect dust. A soft brush helps.', 'PENDANT LANTERN'],
      ['One pane is crooked', 'You see it if you know it. I know it.', 'LAMP-MOSAIC LANTERN'],
    ],
    disappointed: [
      [
        'Arrived with a crack',
        'One piece of glass was cracked. It was replaced, but I waited two weeks.',
        'LAMP-MOSAIC LANTERN TEALIGHT',
      ],
    ],
  },
  ceramics: {
    delighted: [
      ['My morning is better', 'It sits in the hand as if it had been measured for it.', 'CUP MUG BOWL-STACK'],
      [
        'The glaze is alive',
        'Every time I look at it there is another blue in it.',
        'VASE-BOTTLE BOWL PLATE CUP-TULIP',
      ],
      [
        'Survived the dishwasher',
        'Thirty times so far, and the painting is as bright as on the first day.',
        'CUP MUG BOWL PLATE-FISH PLATE-TULIP',
      ],
      ['Guests always ask', 'Whoever comes turns it around to see who made it.'],
      ['Well packed', 'Came in straw and paper, not one chip, no plastic at all.'],
    ],
    content: [
      ['Pretty and solid', 'A bit heavier than our old ones. You get used to it.', 'CUP MUG BOWL PLATE'],
      [
        'Small differences',
        'No two are the same size. That is how it is with hands, I suppose.',
        'CUP BOWL-STACK PLATE-TULIP',
      ],
      [
        'Good for every day',
        'It gets warm in the microwave, but it does its work.',
        'CUP MUG BOWL PLATE-FISH PLATE-TULIP',
      ],
    ],
    undecided: [
      ['Nice, but a rough foot', 'I put felt under it to spare the table.', 'VASE BOWL CUP'],
      ['Holds less than I thought', 'Pretty as it is, read the measurements.', 'CUP MUG BOWL'],
    ],
    disappointed: [['A chip at the rim', 'It came with a chip. I was given my money back without any discussion.']],
  },
  cookware: {
    delighted: [
      [
        'For life',
        'Heavy, even, honest. My grandmother had one like this, and now I understand her.',
        'TAGINE CEZVE PAN MORTAR MILL TRAY',
      ],
      [
        'The stew does itself',
        'Everything in, lid on, low flame, go for a walk. It has never failed yet.',
        'TAGINE PAN',
      ],
      ['Foam like in the coffee house', 'It took me three tries, then it rose as it should.', 'CEZVE'],
      [
        'Beautiful and in use daily',
        'It hangs on the wall between meals, because it would be a pity to hide it.',
        'CEZVE TRAY BOARD',
      ],
      ['Stays where it stands', 'So heavy that it does not wander over the table when I work with it.', 'MORTAR'],
    ],
    content: [
      [
        'Good, with some care',
        'You have to dry it at once and keep it away from the dishwasher. Worth it.',
        'CEZVE PAN BOARD',
      ],
      ['Solid work', 'The handle gets warm, so have a cloth at hand.', 'PAN'],
      ['Pretty patina', 'It darkened within a month. I like that, my husband polishes.', 'CEZVE PAN TRAY MILL'],
    ],
    undecided: [
      ['Not for my hob', 'My own fault: it says not for induction, and it means it.', 'CEZVE PAN'],
      ['Smaller than in the picture', 'Good for two people. For four, take the next size.', 'TAGINE PAN'],
    ],
    disappointed: [
      ['The lid wobbles', 'The lid does not sit quite flat. It works, but at this price it should not.', 'TAGINE PAN'],
    ],
  },
}
