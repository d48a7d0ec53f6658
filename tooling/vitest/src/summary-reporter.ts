import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** Prints one closing line, `N passed, N failed, N skipped`, that other programs can read. */
export class SummaryReporter implements Reporter {
  #print: (line: string) => void = () => {}

  onInit(vitest: Vitest): void {
    this.#print = (line) => vitest.logger.log(line)
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      if (module.errors().length > 0) count.failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== 'pending') count[state] += 1
      }
    }
    process.nextTick(() => this.#print(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`))
  }
}
