import { randomBytes } from 'node:crypto'

/**
 * Encloses text that comes from files between two lines that it cannot contain, so that a model can tell it from
 * instructions. The token is random and drawn anew while the text happens to contain it.
 */
export function fence(text: string, randomToken: () => string = defaultToken): string {
  let token = randomToken()
  while (text.includes(token)) token = randomToken()
  return `<data ${token}>\n${text}${text.endsWith('\n') ? '' : '\n'}</data ${token}>`
}

function defaultToken(): string {
  return randomBytes(9).toString('base64url')
}
