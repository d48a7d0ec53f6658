/**
 * Makes control characters visible, line ends and tabs apart, so that text from a file or a model cannot steer a
 * terminal or reorder what it shows.
 */
export function visibleControls(text: string): string {
  return text.replaceAll(
    CONTROL_CHARACTER,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

// C0, DEL, C1, and the marks that reorder text on screen; a carriage return only where no line ends.
const CONTROL_CHARACTER = /\r(?!\n)|[^\P{Cc}\n\t\r]|[\u202A-\u202E\u2066-\u2069]/gu
