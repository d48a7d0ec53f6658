import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openWorkspace } from './open-workspace.js'

const bin = fileURLToPath(new URL('../bin/fs-agent.js', import.meta.url))
/** Root may read everything, so it runs the command as a user who has nothing. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
const possible = spawnSync(process.execPath, [bin, '--version'], { ...user, cwd: '/' }).status === 0

test.skipIf(!possible)(
  'what may not be read is one clear error, and a search names what it could not look into',
  () => {
    using workspace = openWorkspace()
    writeFileSync(workspace.join('data/secret.txt'), 'TODO: nobody sees this\n', { mode: 0o000 })
    mkdirSync(workspace.join('data/closed'), { mode: 0o000 })
    mkdirSync(workspace.join('home'), { mode: 0o777 })
    chmodSync(workspace.join('home'), 0o777)
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, [bin, ...args, '--data-root', workspace.join('data')], {
        ...user,
        cwd: workspace.join('home'),
        env: { PATH: process.env['PATH'], HOME: workspace.join('home') },
        encoding: 'utf8',
      })
    expect(run('tool', 'cat', 'secret.txt')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^fs-agent: PERMISSION_DENIED: [^\n]*\n$/),
    })
    expect(run('tool', 'ls', 'closed')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^fs-agent: PERMISSION_DENIED: [^\n]*\n$/),
    })
    const search = run('tool', 'grep', 'TODO', '--json')
    expect(search).toMatchObject({
      status: 3,
      stderr: 'fs-agent: PERMISSION_DENIED: Cannot look into "closed", "secret.txt": permission denied\n',
    })
    expect(JSON.parse(search.stdout)).toMatchObject({
      ok: true,
      data: { matches: [{ path: 'code/main.py' }, { path: 'notes/todo.md' }] },
    })
    const warm = run('warm-cache', '--json')
    expect(warm.status).toBe(3)
    expect(JSON.parse(warm.stdout)).toMatchObject({
      failed: expect.arrayContaining([expect.objectContaining({ path: 'secret.txt', code: 'PERMISSION_DENIED' })]),
    })
  },
)
