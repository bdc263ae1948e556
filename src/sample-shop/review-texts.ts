/** What sample customers say, by department and by how content they are: title and comment. */
import type { Department } from './products/index.ts'

export type Mood = 'delighted' | 'content' | 'undecided' | 'disappointed'
type Texts = Record<Mood, [title: string, comment: string][]>

export const reviewTexts: Record<Department, Texts> = {
  textiles: {
    delighted: [
      [
        'The colours are even better',
        'I was afraid of the photograph. In daylight it is deeper and calmer, and the room looks finished at last.',
      ],
      [
        'Soft from the first day',
        'Washed it twice already, and it has not lost a thread. The second one is on its way.',
      ],
      [
        'You can tell it is hand work',
        'One corner is two millimetres wider than the other, and I like it the more for it.',
      ],
      [
        'The cat has moved in',
        'I bought it for the sofa. The cat has other plans, and the weave does not mind her claws.',
      ],
      ['Packed with care', 'Arrived rolled in cotton, with a card that named who wove it. That made my day.'],
    ],
    content: [
      ['Good quality, slow drying', 'Dense and well made. It does take a night to dry in our bathroom.'],
      ['Lovely, with a smell at first', 'It smelled of wool for a week. Aired it on the balcony, now all is well.'],
      ['Nice weave', 'The fringe needed a trim, otherwise exactly what I wanted.'],
    ],
    undecided: [
      ['Smaller than I thought', 'Well made, but measure first: I should have taken the larger size.'],
      ['Colour differs', 'Beautiful, only more orange than red under our lamp.'],
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
      ['Magic on the ceiling', 'The children turn off every other light to look at the pattern. So do we.'],
      ['The warm light we needed', 'With a dim bulb it is exactly the corner light we had been looking for.'],
      ['Heavier than expected', 'Real metal, real glass, and a proper cable. Nothing rattles.'],
      ['A present that was a success', 'My mother has rung twice to tell me how it looks in the evening.'],
      ['Easy to hang', 'Ten minutes with a screwdriver, and the chain can be shortened without tools.'],
    ],
    content: [
      ['Beautiful, needs a weak bulb', 'At 40 W it was too bright for the bedroom; with 15 W it is perfect.'],
      ['Good lamp, short cable', 'I would have liked another half metre of cable.'],
      ['Pretty when lit', 'By day it is a little plain, in the evening it is the star of the room.'],
    ],
    undecided: [
      ['Fine, but dusty', 'All those small holes collect dust. A soft brush helps.'],
      ['One pane is crooked', 'You see it if you know it. I know it.'],
    ],
    disappointed: [
      ['Arrived with a crack', 'One piece of glass was cracked. It was replaced, but I waited two weeks.'],
    ],
  },
  ceramics: {
    delighted: [
      ['My morning is better', 'It sits in the hand as if it had been measured for it.'],
      ['The glaze is alive', 'Every time I look at it there is another blue in it.'],
      ['Survived the dishwasher', 'Thirty times so far, and the painting is as bright as on the first day.'],
      ['Guests always ask', 'Whoever comes turns it around to see who made it.'],
      ['Well packed', 'Came in straw and paper, not one chip, no plastic at all.'],
    ],
    content: [
      ['Pretty and solid', 'A bit heavier than our old ones. You get used to it.'],
      ['Small differences', 'No two are the same size. That is how it is with hands, I suppose.'],
      ['Good for every day', 'It gets warm in the microwave, but it does its work.'],
    ],
    undecided: [
      ['Nice, but a rough foot', 'I put felt under it to spare the table.'],
      ['Holds less than I thought', 'Pretty as it is, read the measurements.'],
    ],
    disappointed: [['A chip at the rim', 'It came with a chip. I was given my money back without any discussion.']],
  },
  cookware: {
    delighted: [
      ['For life', 'Heavy, even, honest. My grandmother had one like this, and now I understand her.'],
      ['The stew does itself', 'Everything in, lid on, low flame, go for a walk. It has never failed yet.'],
      ['Foam like in the coffee house', 'It took me three tries, then it rose as it should.'],
      ['Beautiful and in use daily', 'It hangs on the wall between meals, because it would be a pity to hide it.'],
      ['Stays where it stands', 'So heavy that it does not wander over the table when I work with it.'],
    ],
    content: [
      ['Good, with some care', 'You have to dry it at once and keep it away from the dishwasher. Worth it.'],
      ['Solid work', 'The handle gets warm, so have a cloth at hand.'],
      ['Pretty patina', 'It darkened within a month. I like that, my husband polishes.'],
    ],
    undecided: [
      ['Not for my hob', 'My own fault: it says not for induction, and it means it.'],
      ['Smaller than in the picture', 'Good for two people. For four, take the next size.'],
    ],
    disappointed: [['The lid wobbles', 'The lid does not sit quite flat. It works, but at this price it should not.']],
  },
  tea: {
    delighted: [
      ['Opens the window', 'I open the tin and the kitchen smells of a garden after rain.'],
      ['Second order already', 'The first 100 grams lasted eleven days. We are three people.'],
      ['Whole leaves', 'You see whole leaves when they have opened, no dust at the bottom of the pot.'],
      ['Not bitter at all', 'I forgot it for ten minutes and it was still good.'],
      ['Gift for a tea person', 'She knows everything about tea and wanted to know where I got it.'],
    ],
    content: [
      ['Good everyday tea', 'Round and mild. I take a little more than the label says.'],
      ['Fragrant', 'Better in the evening than in the morning, I find.'],
      ['The refill bag is practical', 'The tea is very good; the clip on the bag could be stronger.'],
    ],
    undecided: [
      ['Milder than expected', 'Fine quality, but I had hoped for more strength.'],
      ['A matter of taste', 'Well made and not for me. My sister took it and is happy.'],
    ],
    disappointed: [['A dented lid', 'The lid was dented and did not close well. The tea itself is all right.']],
  },
  spices: {
    delighted: [
      ['What I bought before was sawdust', 'One spoon where I used to take three.'],
      ['Still fragrant', 'Two months open, and still my whole cupboard smells of it.'],
      ['Freshly ground, you can tell', 'The date of grinding is on the bag: four days before it arrived.'],
      ['The rice turned gold', 'Twelve threads, as it says, and everybody asked for the recipe.'],
      ['Clean and sorted', 'No stalks, no dust. You pay a little more and throw nothing away.'],
    ],
    content: [
      ['Good quality, small jar', 'Next time I take the bag and fill up the jar.'],
      ['Fine aroma', 'Warmer and rounder than what I know. One has to get used to the dose.'],
      ['Quick delivery', 'Good spice in plain paper. I filled it into jars of my own.'],
    ],
    undecided: [
      ['Milder than it looks', 'Deep colour, gentle taste. Good for children, less so for me.'],
      ['The cork sits tight', 'What is inside is good. To get at it you need patience.'],
    ],
    disappointed: [
      ['Half of it in the box', 'The bag had opened on the way, and my parcel was yellow inside. A new one came.'],
    ],
  },
  leather: {
    delighted: [
      ['Gets better each week', 'It was stiff for a month. Now it has the shape of my days.'],
      ['The stitching is perfect', 'I am a saddler. I looked for a fault and did not find one.'],
      ['That smell', 'Of leather, and of nothing else. I opened the parcel twice.'],
      ['Rain did it good', 'Was caught in a shower, waxed it, and it looks finer than before.'],
      ['Everything fits', 'Laptop, lunch, book, umbrella, and it still closes.'],
    ],
    content: [
      ['Sturdy and handsome', 'The buckles take two hands in the beginning.'],
      ['Good leather', 'A shade darker than in the picture, which I do not mind.'],
      ['Takes one size up', 'As it says in the description. I did, and it fits.'],
    ],
    undecided: [
      ['Heavy', 'Beautiful, but empty it already weighs a kilo and a half.'],
      ['Stains a little', 'In the first days it left some colour on a light shirt.'],
    ],
    disappointed: [
      [
        'A scar in the hide',
        'There is a scar right on the front. Natural, certainly; I would have used it for the back.',
      ],
    ],
  },
  instruments: {
    delighted: [
      ['It wants to be played', 'I meant to try it for five minutes and missed dinner.'],
      ['In tune along the whole neck', 'My teacher checked it and nodded. He never nods.'],
      ['A voice of its own', 'Warm below, dry above, and loud enough for a courtyard.'],
      ['Good for beginners', 'After an evening there was something that one could call a rhythm.'],
      ['Careful packing', 'Every hollow was filled with wool. It came in tune, across an ocean.'],
    ],
    content: [
      ['Good sound, plain finish', 'Some lacquer has run at the edge. Nobody hears that.'],
      ['Needs warming up', 'In a cold room the skin is slack. Ten minutes near the stove, and it rings.'],
      ['Nice tone', 'The bag could be padded better.'],
    ],
    undecided: [
      ['More practice than I thought', 'Three weeks, and so far it whispers. The neighbours are content.'],
      ['Quieter than expected', 'Right for a room, too soft for the stage.'],
    ],
    disappointed: [['A tuning peg slips', 'One peg will not hold. Chalk helped for a while.']],
  },
  paper: {
    delighted: [
      ['Takes any ink', 'Nothing bleeds, nothing feathers, and it lies flat on every page.'],
      ['Too beautiful to write in', 'It lay there for two weeks until I dared. Now I cannot stop.'],
      ['No two alike', 'I framed two sheets and bound a book with the third.'],
      ['Fine craftsmanship', 'The edges are gilt by hand, one can feel it.'],
      ['A small feast for the desk', 'It makes one write more slowly, and better.'],
    ],
    content: [
      ['Good paper', 'Cream rather than white, which is kinder to the eyes.'],
      ['Nice set', 'The nib wanted some cutting before it wrote well.'],
      ['Pretty cover', 'The ribbon could be a little longer.'],
    ],
    undecided: [
      ['Thicker than expected', 'Good quality, but it does not fit into my coat pocket.'],
      ['Smudges at first', 'Wait a while before you turn the page.'],
    ],
    disappointed: [['Bent corner', 'The parcel was bent on the way, and so is one corner.']],
  },
}
