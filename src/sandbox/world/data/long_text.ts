import { createRandom, type Random } from '../build/random.ts';
import type { Turn } from '../build/speech.ts';

/** Who speaks in the long interview, by speaker number. */
export const LONG_SPEAKERS = ['Lena Vogt', 'Helena Duarte', 'Owen Tallis'] as const;
export const LONG_TURNS = 750;

/** The sentences with the word "climate", by turn: twelve, each with the word once. */
export const CLIMATE: Readonly<Record<number, Turn>> = {
  31: [0, 'When did you first hear the word climate in connection with this harbour?'],
  58: [1, 'Nobody said climate in those days, they said the weather has lost its manners.'],
  112: [1, 'My first report on climate had four pages, and three of them were photographs of mud.'],
  167: [2, 'A sea wall is a climate decision that somebody has to pour in concrete.'],
  241: [1, 'The insurance people discovered the climate two years before the council did.'],
  305: [0, 'Is there a climate budget, or is it simply called repairs?'],
  306: [1, 'It is called repairs. If you call it climate, it goes to another committee.'],
  388: [2, 'Every pump we order is a small bet on the climate of the next thirty years.'],
  452: [1, 'Climate, for me, is the sound of the tide bell at an hour when it never used to ring.'],
  533: [2, 'We keep two drawings, one for the climate we had and one for the quay we will need.'],
  618: [1, 'The children do not ask whether the climate is changing, they ask how high the new wall will be.'],
  699: [0, 'If you had one sentence about climate for the ministry, what would it be?'],
};
/** Sentences that resemble a mention of the climate. */
export const DECOYS: Readonly<Record<number, Turn>> = {
  77: [2, 'The climatic tables they gave us ended in nineteen eighty.'],
  199: [1, 'A new pilot needs two winters to acclimatise, whatever his papers say.'],
  334: [0, 'A climatologist told us that the records of this port are the best on the coast.'],
  471: [1, 'The fish acclimatised faster than the fishermen, that is the whole story.'],
  560: [2, 'These are climatic loads, not guesses, and the steel does not care about opinions.'],
};

/** Lines worth quoting. */
export const QUOTES: Readonly<Record<number, Turn>> = {
  45: [1, 'A harbour is a promise that somebody will leave the light on.'],
  143: [1, 'The sea does not negotiate, it only repeats the question a little louder.'],
  268: [2, 'We do not build walls against water, we build time for people to walk away.'],
  419: [1, 'I have never been afraid of the storm, I am afraid of the quiet budget year after it.'],
  586: [2, 'Good engineering is what nobody remembers in the morning.'],
  721: [1, 'When I retire I want to hear that the tide came in and nothing happened.'],
};

const QUESTIONS = [
  'And what happened after that night?',
  'Who decided that, and how long did it take?',
  'Can you tell me how a normal morning begins here?',
  'Was there anybody who said no at that meeting?',
  'How many people work on the quay in winter?',
  'What did the town think about it?',
  'Let me come back to the old photographs for a moment.',
  'Did you write it down at the time?',
] as const;
const OPENINGS = [
  'You have to know that',
  'In the first years',
  'My father always told me that',
  'On a quiet day',
  'After the second flood',
  'If you ask the pilots,',
  'To be honest,',
  'Every spring',
  'Before the new gates came,',
  'At four in the morning',
] as const;
const SUBJECTS = [
  'the outer mole',
  'the old tide gauge',
  'the harbour office',
  'the dredging crew',
  'the pilot boat',
  'the fish market',
  'the lock keeper',
  'the ferry company',
  'the shipyard',
  'the night shift',
] as const;
const VERBS = [
  'was the place where everybody met',
  'kept working as if nothing had happened',
  'had to be repaired with what we found',
  'asked for help and got a telephone number',
  'stood under water up to the second step',
  'moved three metres to the west',
  'cost more than the whole season brought in',
  'taught us what the drawings did not show',
] as const;
const TAILS = [
  'and nobody complained.',
  'until the wind turned.',
  'which surprised even the pilots.',
  'for almost two weeks.',
  'and that was only October.',
  'so we started again.',
  'as you can see in the pictures.',
  'and we still talk about it.',
  'before anyone had signed a paper.',
] as const;

function statement(random: Random): string {
  const core = `${random.pick(SUBJECTS)} ${random.pick(VERBS)}`;
  const opened = random.chance(0.3) ? `${random.pick(OPENINGS)} ${core}` : core;
  const text = random.chance(0.35) ? `${opened} ${random.pick(TAILS)}` : `${opened}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The hour of talk, turn by turn. */
export function longEnglish(): Turn[] {
  const random = createRandom(60);
  const fixed = { ...CLIMATE, ...DECOYS, ...QUOTES };
  return Array.from({ length: LONG_TURNS }, (_, index): Turn => {
    const written = fixed[index];
    if (written) return written;
    if (index === 0) return [0, 'Helena Duarte, Owen Tallis, thank you for an hour of your time in a storm week.'];
    if (random.chance(0.12)) return [0, random.pick(QUESTIONS)];
    return [Math.floor(index / 40) % 3 === 2 ? 2 : 1, statement(random)];
  });
}

export const longPortuguese: readonly Turn[] = [
  [0, 'Helena, uma pergunta para os ouvintes em Portugal: o que mudou neste porto?'],
  [1, 'Mudou o mar, e mudou o clima, mas a conta da luz do farol continua a mesma.'],
  [1, 'O meu pai media a maré com uma vara, e raramente se enganava.'],
  [0, 'E o clima entra nas reuniões da câmara?'],
  [1, 'Entra com outro nome. Chamam-lhe obras.'],
  [2, 'Nós desenhamos o cais para daqui a trinta anos, não para ontem.'],
  [1, 'Se o clima fosse uma pessoa, já lhe tínhamos pedido que assinasse o livro de visitas.'],
  [0, 'Obrigada aos dois.'],
];

/** The transcript of the older version, which has only the first part. */
export const longFirstDraft = (): Turn[] => longEnglish().slice(0, 120);
