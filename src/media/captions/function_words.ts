const words = (list: string): readonly string[] => list.split(' ');

interface FunctionWords {
  /** Prepositions and conjunctions: they begin a phrase, so a line may begin with them and must not end with them. */
  readonly openers: ReadonlySet<string>;
  /** Articles, possessives, pronouns, auxiliaries, negations: they belong to the word behind them. */
  readonly binders: ReadonlySet<string>;
}

const of = (openers: string, binders: string): FunctionWords => ({
  openers: new Set(words(openers)),
  binders: new Set(words(binders)),
});

const LANGUAGES: Readonly<Record<string, FunctionWords>> = {
  en: of(
    'and but or nor so because although though unless until while when where who whom whose which that than if as of to in on at by for from with without into onto over under about after before between through during against across like',
    "a an the this these those my your his her its our their i you he she it we they is are was were be been am do does did has have had will would can could should may might must not no very too every each any some more most how what why i'm you're he's she's it's we're they're isn't wasn't don't doesn't didn't can't won't",
  ),
  pt: of(
    'e ou mas que porque se quando onde como enquanto para por com sem sobre entre até desde de do da dos das em no na nos nas num numa ao à aos às pelo pela pelos pelas ante após contra segundo embora nem',
    'o a os as um uma uns umas meu minha meus minhas teu tua seu sua seus suas nosso nossa nossos nossas este esta estes estas esse essa isso aquele aquela não é são era eram foi foram ser está estão estava há tem têm tinha vai vão muito mais cada todo toda eu tu ele ela nós eles elas se me te lhe nos',
  ),
  es: of(
    'y e o u pero sino que porque si cuando donde como mientras para por con sin sobre entre hasta desde de del en a al ante contra según aunque ni',
    'el la los las un una unos unas mi mis tu tus su sus nuestro nuestra este esta estos estas ese esa esos aquel no es son era eran fue ser está están había ha han hay va muy más cada todo toda yo él ella nosotros ellos se me te le les lo',
  ),
  fr: of(
    'et ou mais que qui dont où parce car si quand comme pendant pour par avec sans sur sous entre vers chez depuis de du des en à au aux dans ni lorsque puisque',
    "le la les un une mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces ne pas est sont était ont a ai avait va très plus chaque tout toute je tu il elle on nous vous ils elles se me te y n'est c'est",
  ),
  de: of(
    'und oder aber denn sondern dass weil wenn als wie ob obwohl während bevor nachdem bis für mit ohne auf in im ins an am zu zum zur bei beim von vom aus nach über unter vor hinter zwischen durch gegen um seit wegen',
    'der die das den dem des ein eine einen einem einer eines mein meine meinen dein sein seine ihr ihre unser unsere dieser diese dieses kein keine keinen nicht ist sind war waren hat haben hatte wird werden kann sehr mehr jeder jede ich du er sie es wir man sich',
  ),
  it: of(
    'e o ma che perché se quando dove come mentre per con senza su tra fra fino da di del dello della dei degli delle in nel nella nei nelle a al alla ai alle dal dalla sul sulla cui',
    'il lo la i gli le un uno una mio mia tuo tua suo sua nostro nostra questo questa quello quella non è sono era erano ha hanno aveva va molto più ogni tutto tutta io tu lui lei noi loro si mi ti ci ne',
  ),
};

/** The function words of a language (`en`, `pt-BR`); undefined for one whose words are not known. */
export function functionWords(language: string | undefined): FunctionWords | undefined {
  const code = language?.toLowerCase().split(/[-_]/)[0] ?? '';
  return Object.hasOwn(LANGUAGES, code) ? LANGUAGES[code] : undefined;
}

export type { FunctionWords };
