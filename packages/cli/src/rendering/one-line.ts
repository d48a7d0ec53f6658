/** Puts text on one line and makes control characters visible, so that a file name cannot steer a terminal. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll(CONTROL_CHARACTER, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// C0, DEL, C1, and the marks that reorder text on screen.
const CONTROL_CHARACTER = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu
