/** Tools that any question may need: to find a place, to see what is there, and to read it. */
const always: readonly string[] = ['grep', 'find', 'ls', 'cat']

/** A tool, and the words of a question that ask for it. */
interface ToolRule {
  readonly tool: string
  readonly words: RegExp
}

const rules: readonly ToolRule[] = [
  { tool: 'tree', words: /\b(trees?|structures?|structured|layout|hierarchy|overview|organi[sz]ed|nested|levels?)\b/i },
  { tool: 'head', words: /\b(first|top|begin(s|ning)?|starts?|head(er|ing)?s?|opening|summar\w*|lines?)\b/i },
  { tool: 'tail', words: /\b(last|ends?|ending|bottom|tail|latest|recent|final)\b/i },
  {
    tool: 'wc',
    words:
      /\b(counts?|how (many|long|large|big)|number of|lines?|words?|bytes|sizes?|lengths?|longe(r|st)|short(er|est)|wc)\b/i,
  },
  { tool: 'preview', words: /\b(preview|kinds?|types?|binary|encoding|looks? like|formats?)\b/i },
  {
    tool: 'smart_read',
    words: /\b(summar\w*|explain|about|describe|overview|understand|purpose|why|how (do|does|is|are))\b/i,
  },
  { tool: 'smart_cat', words: /\b(compare\w*|diff(er\w*)?|both|between|several|files|versus|vs)\b/i },
]

/** From this step on everything is offered: what a question asks for was not guessed from its words. */
const stepWithAll = 3

/**
 * Gives the names of the tools that are offered in a step, of all that there are.
 *
 * What is not offered still runs when a model calls it, so that a guess can cost a step but never an answer.
 */
export function chooseTools(question: string, step: number, all: readonly string[]): readonly string[] {
  if (step >= stepWithAll) return all
  const asked = rules.filter(({ words }) => words.test(question)).map(({ tool }) => tool)
  const offered = new Set([...always, ...asked])
  return all.filter((name) => offered.has(name))
}
