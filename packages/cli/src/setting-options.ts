/** A setting of the agent as a flag of the command line. */
export interface SettingOption {
  /** The flag without its dashes. */
  readonly name: string
  /** The settings it sets, as in the environment. */
  readonly settings: readonly string[]
  /** What the value is called in the help; absent for a switch that also has a `--no-` form. */
  readonly value?: string
  /** Gives the settings when they depend on the value; without it each of `settings` gets the value. */
  readonly expand?: (value: string) => Readonly<Record<string, string>>
  /** A switch that exists in its `--no-` form only. */
  readonly negativeOnly?: true
  readonly description: string
}

/**
 * The flags that override environment and `.env`. Keys of models and of the server have none: a process list shows
 * flags to everybody. Kept apart from the agent's own table so that `--help` loads no more than this.
 */
export const settingOptions: readonly SettingOption[] = [
  { name: 'data-root', settings: ['DATA_ROOT_PATH'], value: 'DIR', description: 'directory that all paths start from' },
  { name: 'cache-directory', settings: ['CACHE_DIRECTORY'], value: 'DIR', description: 'where the cache lives' },
  {
    name: 'cache',
    settings: ['USE_NEW_CACHE', 'CACHE_ENABLED'],
    negativeOnly: true,
    description: 'turn both caches off',
  },
  { name: 'use-new-cache', settings: ['USE_NEW_CACHE'], description: 'the persistent cache (v3)' },
  { name: 'cache-enabled', settings: ['CACHE_ENABLED'], description: 'the cache in memory (v2)' },
  { name: 'cache-ttl', settings: ['CACHE_TTL'], value: 'SECONDS', description: 'lifetime in the v2 cache' },
  { name: 'cache-max-size', settings: ['CACHE_MAX_SIZE'], value: 'ENTRIES', description: 'entries of the v2 cache' },
  {
    name: 'cache-size-limit',
    settings: ['CACHE_SIZE_LIMIT'],
    value: 'BYTES',
    description: 'size of the persistent cache',
  },
  {
    name: 'cache-memory-limit',
    settings: ['CACHE_MEMORY_LIMIT'],
    value: 'BYTES',
    description: 'size of its memory tier',
  },
  {
    name: 'cache-content-ttl',
    settings: ['CACHE_CONTENT_TTL'],
    value: 'SECONDS',
    description: 'lifetime of file contents, 0 = no expiry',
  },
  {
    name: 'cache-search-ttl',
    settings: ['CACHE_SEARCH_TTL'],
    value: 'SECONDS',
    description: 'lifetime of search results, 0 = no expiry',
  },
  {
    name: 'cache-freshness',
    settings: ['CACHE_FRESHNESS'],
    value: 'auto|scan|watch',
    description: 'how changes are noticed; auto scans, watch pays in a process that lives on',
  },
  { name: 'max-file-size', settings: ['MAX_FILE_SIZE'], value: 'BYTES', description: 'largest file stored whole' },
  {
    name: 'max-output-size',
    settings: ['MAX_OUTPUT_SIZE'],
    value: 'BYTES',
    description: 'most output of one tool call, unless everything is asked for',
  },
  { name: 'command-timeout', settings: ['COMMAND_TIMEOUT'], value: 'SECONDS', description: 'limit for one tool call' },
  {
    name: 'parallel-execution',
    settings: ['PARALLEL_EXECUTION'],
    description: 'run the tool calls of one step at the same time',
  },
  {
    name: 'max-concurrent-tools',
    settings: ['MAX_CONCURRENT_TOOLS'],
    value: 'N',
    description: 'tool calls at the same time',
  },
  {
    name: 'max-tool-iterations',
    settings: ['MAX_TOOL_ITERATIONS'],
    value: 'N',
    description: 'steps before a final answer is asked for',
  },
  {
    name: 'lazy-tools',
    settings: ['LAZY_TOOLS'],
    description: 'offer a model only the tools that a question seems to need',
  },
  {
    name: 'small-file-threshold',
    settings: ['SMALL_FILE_THRESHOLD'],
    value: 'BYTES',
    description: 'up to this size smart_read gives a file whole',
  },
  {
    name: 'medium-file-threshold',
    settings: ['MEDIUM_FILE_THRESHOLD'],
    value: 'BYTES',
    description: 'up to this size it looks for passages',
  },
  {
    name: 'model',
    settings: ['MODEL_PROVIDER'],
    value: 'PROVIDER[:NAME]',
    expand: modelSettings,
    description: 'who answers, and which of its models: openai:gpt-4.1, azure, planner',
  },
  {
    name: 'model-provider',
    settings: ['MODEL_PROVIDER'],
    value: 'NAME',
    description: 'auto, azure, openai, anthropic, openai-compatible or planner',
  },
  {
    name: 'azure-openai-endpoint',
    settings: ['AZURE_OPENAI_ENDPOINT'],
    value: 'URL',
    description: 'address of the Azure OpenAI resource',
  },
  {
    name: 'azure-openai-deployment-name',
    settings: ['AZURE_OPENAI_DEPLOYMENT_NAME'],
    value: 'NAME',
    description: 'deployment to ask there',
  },
  {
    name: 'azure-openai-api-version',
    settings: ['AZURE_OPENAI_API_VERSION'],
    value: 'VERSION',
    description: 'version of its interface',
  },
  { name: 'openai-model', settings: ['OPENAI_MODEL'], value: 'NAME', description: 'model of OpenAI or compatible' },
  {
    name: 'openai-base-url',
    settings: ['OPENAI_BASE_URL'],
    value: 'URL',
    description: 'address of a compatible server',
  },
  { name: 'anthropic-model', settings: ['ANTHROPIC_MODEL'], value: 'NAME', description: 'model of Anthropic' },
  {
    name: 'anthropic-base-url',
    settings: ['ANTHROPIC_BASE_URL'],
    value: 'URL',
    description: 'address of a server that speaks its protocol',
  },
  {
    name: 'model-timeout',
    settings: ['MODEL_TIMEOUT'],
    value: 'SECONDS',
    description: 'longest silence of a model, asking it again included',
  },
]

/** Where the name of a model goes: each provider has a setting of its own. */
const modelNameSettings: Readonly<Record<string, string>> = {
  azure: 'AZURE_OPENAI_DEPLOYMENT_NAME',
  openai: 'OPENAI_MODEL',
  'openai-compatible': 'OPENAI_MODEL',
  anthropic: 'ANTHROPIC_MODEL',
}

/** Names of models may hold colons themselves (`llama3.2:3b`), names of providers do not. */
function modelSettings(value: string): Readonly<Record<string, string>> {
  const [provider = '', ...rest] = value.split(':')
  const setting = modelNameSettings[provider.toLowerCase()]
  const modelName = rest.join(':')
  // What is no provider with models of its own is refused by the setting, with the names that there are.
  if (rest.length === 0 || setting === undefined) return { MODEL_PROVIDER: value }
  return { MODEL_PROVIDER: provider, ...(modelName === '' ? {} : { [setting]: modelName }) }
}
