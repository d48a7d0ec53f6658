import { spawnSync } from 'node:child_process'
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { temporaryDirectory, type TemporaryDirectory } from './temporary-directory.js'

/** The file systems a test can mount where it is allowed to. */
export type MountKind = 'ramfs' | 'tmpfs' | 'ext4-128' | 'ext4-256' | 'overlay' | 'xfs' | 'btrfs'

/** A mounted file system that is unmounted when it is disposed of, or the reason why it could not be mounted. */
export type MountedFileSystem =
  | (Disposable & { readonly mounted: true; readonly path: string })
  | (Disposable & { readonly mounted: false; readonly reason: string })

const MEBIBYTE = 1_048_576

/** What makes a file system in an image. */
const makers = {
  'ext4-128': { command: 'mkfs.ext4', options: ['-q', '-F', '-I', '128'], leastMebibytes: 1 },
  'ext4-256': { command: 'mkfs.ext4', options: ['-q', '-F', '-I', '256'], leastMebibytes: 1 },
  xfs: { command: 'mkfs.xfs', options: ['-q', '-f'], leastMebibytes: 512 },
  btrfs: { command: 'mkfs.btrfs', options: ['-q', '-f'], leastMebibytes: 512 },
} as const

/**
 * Mounts a fresh file system of a kind; `sizeMebibytes` bounds it (ramfs and overlay have no bound, xfs and btrfs are not
 * made smaller than half a gigabyte). Needs root and, on a disk, the `mkfs` of its kind; elsewhere answers why it cannot,
 * for a visible skip.
 */
export function mountedFileSystem(kind: MountKind, sizeMebibytes = 16): MountedFileSystem {
  const directory = temporaryDirectory('fsagent-mount-')
  const target = directory.join('mounted')
  const reason = mount(kind, directory, sizeMebibytes)
  if (reason !== undefined) {
    directory[Symbol.dispose]()
    return { mounted: false, reason, [Symbol.dispose]: () => {} }
  }
  return {
    mounted: true,
    path: target,
    [Symbol.dispose]: () => {
      const failure = run('umount', ['-l', target])
      if (failure !== undefined) throw new Error(`Cannot unmount "${target}": ${failure}`)
      directory[Symbol.dispose]()
    },
  }
}

function mount(kind: MountKind, directory: TemporaryDirectory, sizeMebibytes: number): string | undefined {
  const target = directory.join('mounted')
  mkdirSync(target)
  if (kind === 'overlay') return mountOverlay(directory, target)
  if (kind === 'ramfs' || kind === 'tmpfs') return mountMemory(kind, target, sizeMebibytes)
  const image = directory.join('image')
  return makeImage(kind, image, sizeMebibytes) ?? run('mount', ['-o', 'loop', image, target])
}

function mountOverlay({ join }: TemporaryDirectory, target: string): string | undefined {
  const [lower, upper, work] = [join('lower'), join('upper'), join('work')]
  for (const path of [lower, upper, work]) mkdirSync(path)
  return run('mount', ['-t', 'overlay', '-o', `lowerdir=${lower},upperdir=${upper},workdir=${work}`, 'none', target])
}

function mountMemory(kind: string, target: string, sizeMebibytes: number): string | undefined {
  const options = kind === 'tmpfs' ? ['-o', `size=${sizeMebibytes}m`] : []
  return run('mount', ['-t', kind, ...options, 'none', target])
}

function makeImage(kind: keyof typeof makers, image: string, sizeMebibytes: number): string | undefined {
  const { command, options, leastMebibytes } = makers[kind]
  writeFileSync(image, '')
  truncateSync(image, Math.max(sizeMebibytes, leastMebibytes) * MEBIBYTE)
  return run(command, [...options, image])
}

function run(command: string, args: readonly string[]): string | undefined {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: 30_000 })
  if (result.error) return `${command}: ${result.error.message}`
  if (result.status !== 0) return `${command}: ${result.stderr.trim() || `exit code ${result.status}`}`
  return undefined
}
