import { sdkAgent } from '../../cluster/support/sdk-agent.ts';

/** An agent of A2A 1.0 as a program: its name, and the address at which it listens, at port 8000. */
const [name = '', host = ''] = process.argv.slice(2);
const agent = sdkAgent({ name, url: `http://${host}:8000`, cardPath: '/.well-known/agent-card.json' });
await agent.listen({ host, port: 8000 });
