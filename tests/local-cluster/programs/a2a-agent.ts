import { startAgent } from '../../cluster/support/a2a-agent.ts';

/** An A2A agent as a program: its name, the path of its calls, and the address at which it listens, at port 8000. */
const [name = '', path = '', host = ''] = process.argv.slice(2);
await startAgent(name, path, { host, port: 8000 });
