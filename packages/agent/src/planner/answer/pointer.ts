const POINTER = /^\s*(?:[-*+]\s+)?(?:see\s+(?:also\s+)?(?:the\s+)?)?\[[^\]]*\]\(#[^)]*\)(?:\s+section)?[.:]?\s*$/i

/** True for entries of a table of contents and "See [Options](#options)": they point at answers and are none. */
export function isPointer(line: string): boolean {
  return POINTER.test(line)
}
