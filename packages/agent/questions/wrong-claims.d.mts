/** Gives the lines of an answer that claim something false about the files below a directory. */
export function wrongClaims(text: string, dataRoot: string): readonly string[]
