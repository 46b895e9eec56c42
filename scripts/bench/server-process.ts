import { startBenchServer } from './server.js'

// A process of its own, so that the server takes no time from the client; it ends with its parent.
const { url } = await startBenchServer()
process.on('disconnect', () => process.exit())
process.send?.(url)
