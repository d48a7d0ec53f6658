export { FakeClock } from './fake-clock.js'
export { mountedFileSystem, type MountKind, type MountedFileSystem } from './mounted-file-system.js'
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
