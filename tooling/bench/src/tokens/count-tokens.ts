import { Tiktoken } from 'js-tiktoken/lite'
import o200k from 'js-tiktoken/ranks/o200k_base'

const encoding = new Tiktoken(o200k)
const counted = new Map<string, number>()
/** Pieces are counted apart, because the encoder's time grows faster than the length of a text without spaces. */
const pieceLength = 4096

/** Counts the tokens of a text as GPT-4o does; other models differ by a few percent. */
export function countTokens(text: string): number {
  const known = counted.get(text)
  if (known !== undefined) return known
  let tokens = 0
  for (let start = 0; start < text.length; start += pieceLength) {
    tokens += encoding.encode(text.slice(start, start + pieceLength), [], []).length
  }
  counted.set(text, tokens)
  return tokens
}
