export { isAlive, runWithTimeLimits, until } from './child-processes.js'
export { FakeClock } from './fake-clock.js'
export { ManualTime } from './manual-time.js'
export { mountedFileSystem, type MountKind, type MountedFileSystem } from './mounted-file-system.js'
export { drawQuery, type Query } from './oracle/draw-query.js'
export { drawPlan, type PlanOptions, type Step } from './oracle/plan.js'
export { openUp } from './oracle/places.js'
export { play, type Difference, type PlayOptions, type PlayReport } from './oracle/play.js'
export { shrink, type ShrinkOptions } from './oracle/shrink.js'
export type { Answer, Subject } from './oracle/subject.js'
export {
  scriptedModel,
  type ScriptedModel,
  type ScriptedStep,
  type ScriptedStepSource,
  type ScriptedToolCall,
} from './scripted-model.js'
export { seededRandom, type SeededRandom } from './seeded-random.js'
export { temporaryDirectory, type TemporaryDirectory } from './temporary-directory.js'
export { writeTree, type TreeDescription } from './write-tree.js'
