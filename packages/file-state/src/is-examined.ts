import { systemErrorCode } from './system-error.js'

/** Whether all of a directory's entries could be examined; what became of the directory is then seen from above. */
export function isExamined(examine: () => void): boolean {
  try {
    examine()
    return true
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    return false
  }
}
