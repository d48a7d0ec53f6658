import { describeDeclaration, linesAbove, linesBelow } from '../answer/describe-declaration.js'
import { isCode } from '../answer/code-outline.js'
import { cat } from '../calls.js'
import { fileLinesOf } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import { written } from '../question/read-question.js'
import type { Question } from '../question/read-question.js'
import { findDefinitions } from './definition.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'
import { summariseIntent } from './summarise.js'

interface PurposeArguments {
  readonly symbol: string
}

const KIND = '(?:function|method|class|enum|interface|type|struct|trait|constant|procedure|routine|hook|helper)'
const NAME = String.raw`(?<symbol>‹q\d+›|[\p{L}_$][\p{L}\p{N}_$]*(?:\(\))?)`
/** Spelled like a name of code, or at least like a name: "what does the siren do" asks for no class. */
const CODE = String.raw`(?<symbol>(?=\S*(?:_|\p{Ll}\p{Lu}|\(\)))[\p{L}_$][\p{L}\p{N}_$]*(?:\(\))?|\p{Lu}\p{Ll}[\p{L}\p{N}]*)`

const FORMS: readonly RegExp[] = [
  String.raw`^[Ww]hat\s+(?:does|do|is)\s+(?:the\s+)?${KIND}\s+${NAME}\s+(?:do|for|return|good for|used for)(?:\s+.*)?$`,
  String.raw`^[Ww]hat\s+(?:does|do)\s+(?:the\s+)?${NAME}\s+${KIND}\s+(?:do|return)$`,
  String.raw`^[Ww]hat\s+(?:does|do)\s+(?:the\s+)?${CODE}\s+(?:do|return)$`,
  String.raw`^[Ww]hat\s+is\s+(?:the\s+)?${CODE}\s+(?:good\s+|used\s+)?for$`,
  String.raw`^(?:[Ee]xplain|[Dd]escribe)\s+(?:to me\s+)?(?:what\s+)?(?:the\s+)?${KIND}\s+${NAME}(?:\s+does)?$`,
  String.raw`^[Hh]ow\s+does\s+(?:the\s+)?${KIND}\s+${NAME}\s+work$`,
].map((source) => new RegExp(source, 'u'))

/** Says what a class or function is for, in the words of its comment and its members. */
export const purposeIntent = defineIntent<PurposeArguments>({
  name: 'purpose',
  example: 'what does the class Throttle do?',
  read: readPurpose,
  plan: planPurpose,
})

function readPurpose(question: Question): PurposeArguments | undefined {
  for (const form of FORMS) {
    const symbol = form.exec(question.masked)?.groups?.['symbol']
    if (symbol !== undefined) return { symbol: written(symbol, question).replace(/\(\)$/, '') }
  }
  return undefined
}

const MOST_PLACES = 3

function* planPurpose({ symbol }: PurposeArguments, question: Question): Plan {
  const { found } = yield* findDefinitions(symbol)
  const places = found.filter(({ path }) => isCode(path)).slice(0, MOST_PLACES)
  if (places.length === 0) return yield* summariseIntent.read(question)?.plan() ?? answerOpenQuestion(question)
  const outcomes = yield places.map(({ path, line }) =>
    cat(path, { start_line: Math.max(1, line - linesAbove), end_line: line + linesBelow }),
  )
  const described = places.flatMap(({ line }, index) => {
    const file = fileLinesOf(outcomes[index])
    return file === undefined ? [] : describeDeclaration(file, line)
  })
  return [`This is what the code says of ${symbol}:`, ...described].join('\n')
}
