import type { LeafCommand } from '../command.js'
export async function toolCommands(): Promise<readonly LeafCommand[]> {
  return []
}
