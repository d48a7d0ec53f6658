import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { directories, texts, type World } from './places.js'

const touches = 20_000
const touchedFiles = 3
const branches = ['main', 'other'] as const

/** What changes many files at once. */
export const bursts: Readonly<Record<string, (world: World) => void>> = {
  writeMany(world) {
    for (let count = 0; count < 200; count += 1) {
      const directory = join(world.root, world.random.pick(directories.slice(0, 4)), 'many')
      mkdirSync(directory, { recursive: true })
      writeFileSync(join(directory, `${count % 50}.txt`), world.random.pick(texts.slice(0, 4)))
    }
  },
  /** More events than the kernel keeps (16,384 as shipped): it drops the last ones, and with them the edit. */
  touchTwentyThousandTimes(world) {
    const directory = join(world.root, 'touched')
    mkdirSync(directory, { recursive: true })
    const paths = Array.from({ length: touchedFiles }, (_, index) => join(directory, `${index}.txt`))
    for (const path of paths) writeFileSync(path, 'needle 1\n')
    for (let count = 0; count < touches; count += 1) utimesSync(paths[count % touchedFiles] ?? directory, 1, count)
    world.latest = 'x.txt'
    writeFileSync(join(world.root, world.latest), world.random.pick(texts))
  },
  /** So large that listing it takes more than one turn of the event loop. */
  makeLargeDirectory({ root }) {
    const directory = join(root, 'large')
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory)
    for (let count = 0; count < 6_000; count += 1) writeFileSync(join(directory, `${count}.log`), '')
  },
  addToLargeDirectory: ({ root, random }) => writeFileSync(join(root, 'large', `${random.next()}.txt`), 'needle 1\n'),
  /** From one branch to the other and back, with files that only one of them has. */
  checkOut(world) {
    const repository = join(world.root, 'checkout')
    mkdirSync(repository, { recursive: true })
    if (git(repository, ['rev-parse', '--verify', '-q', branches[1]])) {
      git(repository, ['checkout', '-q', '-f', world.random.pick(branches)])
      return
    }
    git(repository, ['init', '-q', '-b', branches[0]])
    for (const branch of branches) {
      git(repository, ['checkout', '-q', '-b', branch])
      writeFileSync(join(repository, 'x.txt'), `needle of ${branch}\n`)
      writeFileSync(join(repository, `${branch}.md`), 'needle\n')
      git(repository, ['add', '-A'])
      git(repository, ['-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '-q', '-m', branch])
    }
  },
}

/** Whether it went well; a repository that something else was done to may refuse. */
function git(repository: string, args: readonly string[]): boolean {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CEILING_DIRECTORIES: join(repository, '..'),
  }
  return spawnSync('git', ['-C', repository, ...args], { env, stdio: 'ignore' }).status === 0
}
