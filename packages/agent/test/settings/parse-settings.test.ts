import { expect, test } from 'vitest'
import { parseSettings } from '../../src/settings/parse-settings.js'
import { SettingsError } from '../../src/settings/settings-error.js'

test('parseSettings() gives the documented defaults', () => {
  const { settings, warnings, sources } = parseSettings()
  expect(warnings).toEqual([])
  expect(sources).toEqual({})
  expect(settings).toEqual({
    dataRoot: './data',
    commandTimeout: 30,
    maxFileSize: 10_485_760,
    maxOutputSize: 1_048_576,
    parallelExecution: true,
    maxConcurrentTools: 5,
    maxToolIterations: 10,
    lazyTools: false,
    smallFileThreshold: 1_048_576,
    mediumFileThreshold: 104_857_600,
    cacheEnabled: false,
    cacheTtl: 300,
    cacheMaxSize: 100,
    useNewCache: true,
    cacheRolloutPercent: 100,
    cacheDirectory: 'tmp/cache',
    cacheSizeLimit: 524_288_000,
    cacheMemoryLimit: 67_108_864,
    cacheContentTtl: 0,
    cacheSearchTtl: 300,
    cacheWarmupConcurrency: 10,
    cacheFreshness: 'auto',
    modelProvider: 'auto',
    azureOpenaiApiKey: undefined,
    azureOpenaiEndpoint: undefined,
    azureOpenaiDeploymentName: 'gpt-4o',
    azureOpenaiApiVersion: undefined,
    openaiApiKey: undefined,
    openaiModel: undefined,
    openaiBaseUrl: undefined,
    anthropicApiKey: undefined,
    anthropicModel: undefined,
    anthropicBaseUrl: undefined,
    modelTimeout: 180,
    telemetryContent: false,
    host: '127.0.0.1',
    port: 8000,
    fsagentApiKey: undefined,
    logLevel: 'INFO',
  })
})

test('parseSettings() prefers flags to the environment, and that to the .env file', () => {
  const dotenv = 'PORT=1\nHOST=file\nCACHE_TTL=7 # seconds\nCACHE_DIRECTORY="a b"\n'
  const environment = { PORT: '2', HOST: 'environment' }
  const { settings, sources } = parseSettings({ flags: { port: 3 }, environment, dotenv })
  expect(settings).toMatchObject({ port: 3, host: 'environment', cacheTtl: 7, cacheDirectory: 'a b' })
  expect(sources).toEqual({ port: 'flag', host: 'environment', cacheTtl: '.env', cacheDirectory: '.env' })
})

test('parseSettings() takes flags by name and by key, and empty text for unset', () => {
  expect(parseSettings({ flags: { PORT: '4', useNewCache: 'off' } }).settings).toMatchObject({
    port: 4,
    useNewCache: false,
  })
  expect(parseSettings({ environment: { PORT: '', OPENAI_API_KEY: '' } }).settings).toMatchObject({
    port: 8000,
    openaiApiKey: undefined,
  })
})

test.each([
  ['PORT', '65536', 'from 0 to 65535'],
  ['PORT', '-1', 'from 0 to 65535'],
  ['PORT', '0x10', 'whole number'],
  ['MAX_TOOL_ITERATIONS', '0', 'from 1 to 100'],
  ['CACHE_TTL', 'soon', 'number of seconds'],
  ['CACHE_ROLLOUT_PERCENT', '101', 'from 0 to 100'],
  ['USE_NEW_CACHE', 'maybe', 'true or false'],
  ['CACHE_FRESHNESS', 'fresh', 'one of auto, scan, watch'],
  ['OPENAI_BASE_URL', 'localhost:1', 'http:// or https://'],
  ['DATA_ROOT_PATH', 'a\0b', 'no NUL'],
])('parseSettings() refuses %s=%s and says what is allowed', (key, value, allowed) => {
  const error = caught(() => parseSettings({ environment: { [key]: value } }))
  expect(error.code).toBe('SETTING_INVALID')
  expect(error.problems).toMatchObject([{ key, value, source: 'environment' }])
  expect(error.problems[0]?.allowed).toContain(allowed)
  expect(error.message).toContain(key)
})

test('parseSettings() reports every bad value, and never a secret one', () => {
  const error = caught(() => parseSettings({ environment: { PORT: 'x', OPENAI_API_KEY: 'sk-\0secret', HOST: 'h' } }))
  expect(error.problems.map(({ key }) => key)).toEqual(['OPENAI_API_KEY', 'PORT'])
  expect(error.message).not.toContain('secret\\')
  expect(error.message).not.toContain('sk-')
})

test.each([
  ['CACHE_DIR', 'CACHE_DIRECTORY'],
  ['CACHE_ENABELD', 'CACHE_ENABLED'],
  ['cache_ttl', 'CACHE_TTL'],
  ['USE_NEWCACHE', 'USE_NEW_CACHE'],
  ['MAX_TOOL_ITERATION', 'MAX_TOOL_ITERATIONS'],
  ['CACHE_COLOUR', null],
])('parseSettings() warns about %s and suggests %s', (key, suggestion) => {
  const { warnings } = parseSettings({ environment: { [key]: '1' } })
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatchObject({ code: 'SETTING_UNKNOWN', key, suggestion })
  expect(warnings[0]?.message).toContain(suggestion === null ? 'no such setting' : `did you mean ${suggestion}?`)
})

test('parseSettings() ignores keys that belong to others', () => {
  const environment = {
    PATH: '/bin',
    HOME: '/',
    HOSTNAME: 'x',
    LANG: 'C',
    NODE_ENV: 'test',
    npm_config_cache: 'y',
    SHELL: 's',
  }
  expect(parseSettings({ environment }).warnings).toEqual([])
})

function caught(work: () => unknown): SettingsError {
  try {
    work()
  } catch (error) {
    if (error instanceof SettingsError) return error
  }
  throw new Error('no SettingsError was thrown')
}
