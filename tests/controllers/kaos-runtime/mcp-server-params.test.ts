import { describe, expect, it } from 'vitest';
import { mcpServer, registry, sync } from '../../support/kaos.ts';

const CUSTOM = mcpServer({ runtime: 'custom', container: { image: 'example/tools:1' } });

describe('an MCPServer', () => {
  it('D13: ignores an empty variable name', () => {
    const text = 'runtimes: {x: {image: a, paramsEnvVar: ""}}';
    expect(sync({ parent: mcpServer({ runtime: 'x' }), related: [registry(text)] }).env['MCP_PARAMS']).toBe('tools');
  });

  it('D13: never loses its params, and says so if its server may not read them', () => {
    expect(sync({ parent: CUSTOM }).env['MCP_PARAMS']).toBe('tools');
    const kubernetes = (spec: object = {}) =>
      sync({ parent: mcpServer({ runtime: 'kubernetes', ...spec }), related: [registry()] });
    expect(kubernetes()).toMatchObject({
      env: { MCP_PARAMS: 'tools' },
      conditions: {
        Accepted: {
          status: 'False',
          reason: 'NoEffect',
          message: expect.stringMatching(/^spec\.params: runtime "kubernetes" of the registry has no paramsEnvVar, /),
        },
      },
    });
    const accepted = [{ params: '' }, { container: { image: 'example/mine:1' } }].map(kubernetes);
    for (const { conditions } of [...accepted, sync({ parent: CUSTOM })]) {
      expect(conditions['Accepted']?.status).toBe('True');
    }
  });

  it('D13: reports missing variables that its runtime needs', () => {
    const slack = (container?: object, podSpec?: object) =>
      sync({
        parent: mcpServer({
          runtime: 'slack',
          params: '',
          ...(container && { container }),
          ...(podSpec && { podSpec }),
        }),
        related: [registry()],
        settings: { KAOS_RUNTIME_SECRETS: '*' },
      });
    expect(slack()).toMatchObject({
      kinds: ['Deployment', 'Service'],
      conditions: {
        Accepted: {
          status: 'False',
          reason: 'EnvironmentMissing',
          message: 'runtime slack needs the variable SLACK_BOT_TOKEN; set it in spec.container.env',
        },
      },
    });
    const token = [{ name: 'SLACK_BOT_TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }];
    expect(slack({ env: token }).conditions['Accepted']?.status).toBe('True');
    const accepted = (podSpec: object) => slack(undefined, podSpec).conditions['Accepted']?.status;
    const inServer = (fields: object) => ({ containers: [{ name: 'mcp-server', ...fields }] });
    expect(accepted(inServer({ env: token }))).toBe('True');
    expect(accepted(inServer({ envFrom: [{ secretRef: { name: 's' } }] }))).toBe('True');
    expect(accepted(inServer({ env: [{ name: 'OTHER', value: 'x' }] }))).toBe('False');
    expect(accepted({ containers: [], nodeSelector: { a: 'b' } })).toBe('False');
    expect(accepted({ containers: [{ name: 'sidecar', image: 'x', env: token }] })).toBe('False');
  });

  it('is not created if its runtime reads its params from a variable with an invalid name', () => {
    const related = [registry('runtimes: {x: {image: a, paramsEnvVar: "A=B"}}')];
    const { kinds, conditions } = sync({ parent: mcpServer({ runtime: 'x' }), related });
    expect(kinds).toEqual([]);
    expect(conditions['Accepted']).toMatchObject({
      reason: 'InvalidRuntime',
      message:
        'Failed to construct Deployment: runtime "x" of the registry: paramsEnvVar: "A=B" is not a valid environment variable name',
    });
    expect(sync({ parent: mcpServer({ runtime: 'x', params: '' }), related }).kinds).toContain('Deployment');
  });
});
