import { defineIntent } from './intent.js'

const GREETING =
  /^(?:help|(?:find|search|grep|compare|count|summari[sz]e|show|read|open|why|what|how|who|where|when|which)$|hello|hi|hey|good (?:morning|day|evening|afternoon)|thanks?|thank you|\?|(?:what|how) can (?:you|i) (?:do|ask)|what do you (?:do|understand|know)|who are you|what are you|are you (?:an? )?(?:ai|llm|language model|human|bot|chatbot|gpt\S*)|how do you work)\b[\s\S]{0,20}$/i

/** Says what the planner understands. */
export const helpIntent = defineIntent<{ readonly text: string }>({
  name: 'help',
  example: 'what can you do?',
  read: ({ text }) => (text === '' || GREETING.test(text) || !/[\p{L}\p{N}]/u.test(text) ? { text } : undefined),
  *plan() {
    // Nothing is asked of any tool.
    yield* []
    return [
      'I answer questions about the files below the data root by searching and quoting them. Ask me, for example:',
      ...EXAMPLES.map((example) => `- ${example}`),
    ].join('\n')
  },
})

const EXAMPLES: readonly string[] = [
  'list the files in a folder, or show its tree',
  'find all Python files; find files named README.md; find *.csv',
  'search for "some text" or /a reg(ular )?expression/ in a folder; which files mention a word, or do not?',
  'where is someFunction defined, and what does it do? Which functions does a file declare?',
  'show a file, its first 5 lines, its last 5 lines or lines 10-20',
  'which files are the largest, the smallest, the newest or the oldest?',
  'how many files, lines, words or matches are there? How many rows of orders.csv have status open?',
  'compare two files',
  'summarise a file or a folder',
  'any other question: I search for its words and quote the best passages',
]
