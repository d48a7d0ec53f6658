/** Closes one after the other, all of them whatever one of them says. Rejects with what the first said that failed. */
export async function closeInTurn(opened: readonly { close(): unknown }[]): Promise<void> {
  const failures: unknown[] = []
  for (const each of opened) {
    try {
      await each.close()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
