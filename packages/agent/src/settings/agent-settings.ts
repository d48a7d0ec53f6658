import { required } from './setting.js'
import { flag, integer, seconds, text } from './setting-kinds.js'
import { gibibyte, terabyte } from './setting-kinds.js'

/** What the agent may do and how long it may take. */
export const agentSettings = {
  dataRoot: required({
    key: 'DATA_ROOT_PATH',
    default: './data',
    kind: text(),
    unit: null,
    description: 'Directory below which files may be read',
  }),
  commandTimeout: required({
    key: 'COMMAND_TIMEOUT',
    default: 30,
    kind: seconds(1, 3600),
    unit: 'seconds',
    description: 'Longest time one tool call may take',
  }),
  maxFileSize: required({
    key: 'MAX_FILE_SIZE',
    default: 10_485_760,
    kind: integer(1, gibibyte),
    unit: 'bytes',
    description: 'Largest file that is cached as a whole',
  }),
  maxOutputSize: required({
    key: 'MAX_OUTPUT_SIZE',
    default: 1_048_576,
    kind: integer(1024, terabyte),
    unit: 'bytes',
    description: 'Most output one tool call may give unless everything is asked for',
  }),
  parallelExecution: required({
    key: 'PARALLEL_EXECUTION',
    default: true,
    kind: flag(),
    unit: null,
    description: 'Run the tool calls of one turn in parallel',
  }),
  maxConcurrentTools: required({
    key: 'MAX_CONCURRENT_TOOLS',
    default: 5,
    kind: integer(1, 100),
    unit: 'calls',
    description: 'Tool calls that run at a time',
  }),
  maxToolIterations: required({
    key: 'MAX_TOOL_ITERATIONS',
    default: 10,
    kind: integer(1, 100),
    unit: 'steps',
    description: 'Times a turn may call tools',
  }),
  lazyTools: required({
    key: 'LAZY_TOOLS',
    default: false,
    kind: flag(),
    unit: null,
    description: 'Offer a model only the tools that a question seems to need, and all of them from the third step on',
  }),
  smallFileThreshold: required({
    key: 'SMALL_FILE_THRESHOLD',
    default: 1_048_576,
    kind: integer(1, terabyte),
    unit: 'bytes',
    description: 'Up to this size smart_read gives files whole',
  }),
  mediumFileThreshold: required({
    key: 'MEDIUM_FILE_THRESHOLD',
    default: 104_857_600,
    kind: integer(1, terabyte),
    unit: 'bytes',
    description: 'Up to this size smart_read looks for passages, above it gives ranges only',
  }),
} as const
