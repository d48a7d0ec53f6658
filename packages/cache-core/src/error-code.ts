/** Whether an error carries a code, and one of the given ones if any are given: `ENOENT`, `EACCES`, … */
export function hasCode(error: unknown, ...codes: readonly string[]): error is Error & { readonly code: string } {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return codes.length === 0 || codes.includes(error.code)
}
