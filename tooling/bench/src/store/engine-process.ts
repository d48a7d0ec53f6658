import { EngineHost } from './engine-host.js'
import type { EngineAnswer, EngineRequest } from './engine-commands.js'

/*
 * A process with one engine, told what to do by the one that started it. Times are taken here, so that the way between
 * the two is in none of them.
 */
const host = new EngineHost()

process.on('message', ({ id, command }: EngineRequest) => {
  host.act(command).then(
    (times) => tell({ id, times }),
    (error: unknown) => tell({ id, error: error instanceof Error ? error.message : String(error) }),
  )
})
process.on('disconnect', () => process.exit())

function tell(answer: EngineAnswer): void {
  process.send?.(answer)
}
