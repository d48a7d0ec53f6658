#!/usr/bin/env node
import { main } from '../bundle/main.js'

await main(process)
// All is written and closed by now; what V8 still compiles or collects beside is not waited for.
process.exit()
