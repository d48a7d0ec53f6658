import type { Command } from '../command.js'
import { cacheStatsCommand } from './cache-stats-command.js'
import { chatCommand } from './chat-command.js'
import { clearCacheCommand } from './clear-cache-command.js'
import { doctorCommand } from './doctor-command.js'
import { modelsCommand } from './models-command.js'
import { sessionsCommandGroup } from './sessions-command-group.js'
import { toolCommandGroup } from './tool-command-group.js'
import { warmCacheCommand } from './warm-cache-command.js'

/** The commands of `fs-agent`, in the order in which the help lists them. */
export const commands: readonly Command[] = [
  chatCommand,
  toolCommandGroup,
  warmCacheCommand,
  clearCacheCommand,
  cacheStatsCommand,
  sessionsCommandGroup,
  modelsCommand,
  doctorCommand,
]
