/** Words that carry no subject of their own, in the languages people most often mix into a question. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'a an and any are as at be been being but by can could did do does doing done for from had has have having he her',
    'hers him his how i if in into is it its itself just let many may me might mine must my no nor not of on or our ours',
    'out over own she should so some such than that the their theirs them then there these they this those to too under',
    'up upon us very was we were what whats when where whether which while who whom whose why will with would you your',
    'yours also again further once only same each every both few more most other all about above below between during',
    'before after until against through down off here now please tell know show give say says said much often long far',
    'anything something anybody somebody anyone someone everything nothing still ever exactly really actually according',
    "isn't aren't don't doesn't didn't won't can't cannot i'm we're it's that's there's what's who's where's how's let's",
    'le la les un une des du de et est sont au aux dans pour par sur avec que qui quel quelle quels quelles où quand',
    'comment pourquoi a-t-il ce cette ces nos notre vos votre se il elle ils elles à lieu',
    'der die das ein eine einen einem einer und ist sind im am zu zum zur von vom mit für auf wie wer wann wo warum',
    'welche welcher welches was unser unsere el los las una unos y es son en por para con como cuando donde quien',
  ].flatMap((line) => line.split(' ')),
)

/** Words that help when present but whose absence says little: light verbs, vague nouns and adjectives. */
export const LIGHT_WORDS: ReadonlySet<string> = new Set(
  [
    'use used uses using get gets got getting make makes made need needs needed take takes taking took give gives given',
    'go goes going want wants wanted like see find found happen happens happened come comes run runs work works allow',
    'allowed permitted possible able count counts mean means meaning thing things way ways kind sort type information',
    'info data file files folder folders document documents value name named new old current currently latest last next',
    'first recent good best main total maximum minimum max min own set configured configure amount number people person',
    'our company team somewhere exist exists date time place word term question answer high low large small big quickly',
    'quick fast soon late early frequently usually normally always valid require required call called assigned assign',
    'originally kept keep held based keep deal handle one two three colleague colleagues decide decided mention mentions',
    'stay stays remain remains become becomes ensure behave look looks put bring try think going given seem seems keep keeps',
    'contain contains include includes refer describe describes explain discuss talk option support supports enable',
  ].flatMap((line) => line.split(' ')),
)
