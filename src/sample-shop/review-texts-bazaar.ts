/** What is said about tea, spices, leather, instruments and paper. */
import type { Texts } from './review-texts.ts'

export const bazaarTexts: Record<'tea' | 'spices' | 'leather' | 'instruments' | 'paper', Texts> = {
  tea: {
    delighted: [
      ['Not one drop beside', 'I poured tea for nine people, and the cloth is still white.', 'TEAPOT'],
      [
        'Opens the window',
        'I open the tin and the kitchen smells of a garden after rain.',
        'TEA-HIGHGARDEN TEA-CARAVAN TEA-MINT TEA-ORANGE',
      ],
      [
        'Second order already',
        'The first 100 grams lasted eleven days. We are three people.',
        'TEA-HIGHGARDEN TEA-CARAVAN TEA-MINT',
      ],
      [
        'Whole leaves',
        'You see whole leaves when they have opened, no dust at the bottom of the pot.',
        'TEA-HIGHGARDEN TEA-MINT TEA-ORANGE',
      ],
      ['Not bitter at all', 'I forgot it for ten minutes and it was still good.', 'TEA-'],
      [
        'Gift for a tea person',
        'She knows everything about tea and wanted to know where I got it.',
        'TEA-ROSE TEA-ORANGE TEAPOT GLASS-TEA',
      ],
    ],
    content: [
      [
        'Good everyday tea',
        'Round and mild. I take a little more than the label says.',
        'TEA-HIGHGARDEN TEA-CARAVAN TEA-MINT',
      ],
      ['Fragrant', 'Better in the evening than in the morning, I find.', 'TEA-'],
      [
        'The refill bag is practical',
        'The tea is very good; the clip on the bag could be stronger.',
        'TEA-HIGHGARDEN TEA-CARAVAN TEA-MINT',
      ],
    ],
    undecided: [
      ['Milder than expected', 'Fine quality, but I had hoped for more strength.', 'TEA-'],
      ['A matter of taste', 'Well made and not for me. My sister took it and is happy.', 'TEA-'],
    ],
    disappointed: [
      [
        'A dented lid',
        'The lid was dented and did not close well. The tea itself is all right.',
        'TEA-HIGHGARDEN TEA-CARAVAN TEA-MINT TEA-ORANGE',
      ],
    ],
  },
  spices: {
    delighted: [
      [
        'What I bought before was sawdust',
        'One spoon where I used to take three.',
        'SPICE-PAPRIKA SPICE-TRIO SPICE-TURMERIC',
      ],
      [
        'Still fragrant',
        'Two months open, and still my whole cupboard smells of it.',
        'SPICE-PAPRIKA SPICE-CARDAMOM SPICE-PEPPER SPICE-TRIO',
      ],
      [
        'Freshly ground, you can tell',
        'The date of grinding is on the bag: four days before it arrived.',
        'SPICE-PAPRIKA SPICE-TURMERIC',
      ],
      ['The rice turned gold', 'Twelve threads, as it says, and everybody asked for the recipe.', 'SPICE-SAFFRON'],
      [
        'Clean and sorted',
        'No stalks, no dust. You pay a little more and throw nothing away.',
        'SPICE-CARDAMOM SPICE-PEPPER',
      ],
    ],
    content: [
      ['Good quality, small jar', 'Next time I take the bag and fill up the jar.', 'SPICE-PAPRIKA SPICE-CARDAMOM'],
      [
        'Fine aroma',
        'Warmer and rounder than what I know. One has to get used to the dose.',
        'SPICE-PAPRIKA SPICE-CARDAMOM SPICE-PEPPER SPICE-SAFFRON',
      ],
      ['Quick delivery', 'Good spice in plain paper. I filled it into jars of my own.', 'SPICE-TURMERIC'],
    ],
    undecided: [
      [
        'Milder than it looks',
        'Deep colour, gentle taste. Good for children, less so for me.',
        'SPICE-PAPRIKA SPICE-TURMERIC SPICE-TRIO',
      ],
      [
        'The cork sits tight',
        'What is inside is good. To get at it you need patience.',
        'SPICE-PAPRIKA SPICE-CARDAMOM SPICE-PEPPER',
      ],
    ],
    disappointed: [
      [
        'Half of it in the box',
        'The bag had opened on the way, and my parcel was yellow inside. A new one came.',
        'SPICE-TURMERIC',
      ],
    ],
  },
  leather: {
    delighted: [
      ['Gets better each week', 'It was stiff for a month. Now it has the shape of my days.', 'BAG WALLET BELT'],
      ['The stitching is perfect', 'I am a saddler. I looked for a fault and did not find one.'],
      ['That smell', 'Of leather, and of nothing else. I opened the parcel twice.'],
      ['Rain did it good', 'Was caught in a shower, waxed it, and it looks finer than before.', 'BAG BELT'],
      ['Everything fits', 'Laptop, lunch, book, umbrella, and it still closes.', 'BAG-SATCHEL BAG-RUCKSACK'],
    ],
    content: [
      ['Sturdy and handsome', 'The buckles take two hands in the beginning.', 'BAG-SATCHEL BAG-RUCKSACK BELT'],
      ['Good leather', 'A shade darker than in the picture, which I do not mind.'],
      ['Takes one size up', 'As it says in the description. I did, and it fits.', 'SLIPPERS'],
    ],
    undecided: [
      ['Heavy', 'Beautiful, but empty it already weighs a kilo and a half.', 'BAG-SATCHEL BAG-RUCKSACK'],
      ['Stains a little', 'In the first days it left some colour on a light shirt.', 'BAG BELT WALLET'],
    ],
    disappointed: [
      [
        'A scar in the hide',
        'There is a scar right on the front. Natural, certainly; I would have used it for the back.',
        'BAG POUF',
      ],
    ],
  },
  instruments: {
    delighted: [
      ['It wants to be played', 'I meant to try it for five minutes and missed dinner.'],
      ['In tune along the whole neck', 'My teacher checked it and nodded. He never nods.', 'OUD'],
      ['A voice of its own', 'Warm below, dry above, and loud enough for a courtyard.', 'DRUM-GOBLET DRUM-FRAME'],
      ['Good for beginners', 'After an evening there was something that one could call a rhythm.', 'DRUM'],
      ['Careful packing', 'Every hollow was filled with wool. It came in tune, across an ocean.', 'OUD KALIMBA FLUTE'],
    ],
    content: [
      ['Good sound, plain finish', 'Some lacquer has run at the edge. Nobody hears that.', 'OUD KALIMBA DRUM'],
      ['Needs warming up', 'In a cold room the skin is slack. Ten minutes near the stove, and it rings.', 'DRUM'],
      ['Nice tone', 'The bag could be padded better.', 'OUD DRUM-GOBLET'],
    ],
    undecided: [
      ['More practice than I thought', 'Three weeks, and so far it whispers. The neighbours are content.', 'FLUTE'],
      ['Quieter than expected', 'Right for a room, too soft for the stage.', 'KALIMBA OUD DRUM-FRAME'],
    ],
    disappointed: [['A tuning peg slips', 'One peg will not hold. Chalk helped for a while.', 'OUD']],
  },
  paper: {
    delighted: [
      ['Takes any ink', 'Nothing bleeds, nothing feathers, and it lies flat on every page.', 'BOOK'],
      ['Too beautiful to write in', 'It lay there for two weeks until I dared. Now I cannot stop.', 'BOOK'],
      ['No two alike', 'I framed two sheets and bound a book with the third.', 'PAPER'],
      ['Fine craftsmanship', 'The edges are gilt by hand, one can feel it.', 'BOOK-MEDALLION'],
      ['A small feast for the desk', 'It makes one write more slowly, and better.', 'PEN BOOK'],
    ],
    content: [
      ['Good paper', 'Cream rather than white, which is kinder to the eyes.', 'BOOK'],
      ['Nice set', 'The nib wanted some cutting before it wrote well.', 'PEN'],
      ['Pretty cover', 'The ribbon could be a little longer.', 'BOOK-MEDALLION'],
    ],
    undecided: [
      ['Thicker than expected', 'Good quality, but it does not fit into my coat pocket.', 'BOOK'],
      ['Smudges at first', 'Wait a while before you turn the page.', 'PEN BOOK'],
    ],
    disappointed: [['Bent corner', 'The parcel was bent on the way, and so is one corner.', 'BOOK PAPER']],
  },
}
