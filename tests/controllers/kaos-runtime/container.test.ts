import { describe, expect, it } from 'vitest';
import { agent, modelApi, ready, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());
const lead = (spec: object, settings = {}) => sync({ parent: agent(spec), related: [LLM], settings });

describe('the container of an Agent', () => {
  it('D4 and KAOS 0.8, row 2: overrides image, command, arguments and resources', () => {
    const container = {
      image: 'example/mine:1',
      command: ['run'],
      args: ['x'],
      resources: { limits: { memory: '1Gi' } },
    };
    expect(lead({ container }, { DEFAULT_AGENT_IMAGE: '' }).container).toMatchObject(container);
  });

  it('keeps the default image if its own is empty', () => {
    expect(lead({ container: { image: '' } }).container.image).toBe('example/agent:1');
  });

  it('gets the resources in the settings unless it has its own', () => {
    const settings = { KAOS_RUNTIME_REQUESTS_CPU: '1', KAOS_RUNTIME_LIMITS_MEMORY: '1Gi' };
    expect(lead({}, settings).container.resources).toEqual({ requests: { cpu: '1' }, limits: { memory: '1Gi' } });
    const resources = { requests: { cpu: '5' } };
    expect(lead({ container: { resources } }, settings).container.resources).toEqual(resources);
    expect(lead({}).container).not.toHaveProperty('resources');
  });

  it.each([
    [
      { limits: { cpu: '1' }, requests: { cpu: '2' } },
      'spec.container.resources.requests.cpu: is 2, above limits.cpu of 1',
      { limits: { cpu: '1' } },
    ],
    [
      { requests: { 'nvidia.com/gpu': 1, cpu: '1' } },
      'spec.container.resources.requests.nvidia.com/gpu: needs limits.nvidia.com/gpu with the same amount',
      { requests: { cpu: '1' } },
    ],
    [
      { limits: { cpu: '-1', memory: '2Gi' } },
      'spec.container.resources.limits.cpu: must not be negative',
      { limits: { memory: '2Gi' } },
    ],
    [
      { requests: { gpu: 1 } },
      'spec.container.resources.requests.gpu: is not a valid resource name; expected cpu, memory, ephemeral-storage, ' +
        'hugepages-<size> or a name such as nvidia.com/gpu',
      {},
    ],
    [
      { claims: [{ name: 'gpu' }] },
      'spec.podSpec.containers[agent].resources.claims[gpu]: is not in podSpec.resourceClaims',
      {},
    ],
  ])('gets the valid part of the resources %j, and the rest is reported', (resources, message, expected) => {
    const made = lead({ container: { resources } }, { KAOS_RUNTIME_LIMITS_MEMORY: '1Gi' });
    expect(made.conditions['Accepted']).toMatchObject({ status: 'False', message });
    expect(made.container.resources).toEqual(expected);
  });

  it('is written as the API server stores it, so that nothing changes when it is observed', () => {
    const resources = { limits: { cpu: '1000m', memory: '1024Mi' }, requests: { cpu: 1, memory: '0.5Gi' } };
    const expected = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '512Mi' } };
    expect(lead({ container: { resources } }).container.resources).toEqual(expected);
    const inPodSpec = lead({
      podSpec: {
        containers: [{ name: 'agent', resources, tty: false, readinessProbe: { initialDelaySeconds: 0 } }],
        hostNetwork: false,
        hostname: '',
        nodeSelector: {},
        hostUsers: false,
      },
    });
    expect(inPodSpec.container.resources).toEqual(expected);
    expect(inPodSpec.conditions['Accepted']?.status).toBe('True');
    for (const name of ['hostNetwork', 'hostname', 'nodeSelector']) {
      expect(inPodSpec.pod).not.toHaveProperty(name);
    }
    expect(inPodSpec.pod.hostUsers).toBe(false);
    expect(inPodSpec.container).not.toHaveProperty('tty');
    expect(inPodSpec.container.readinessProbe).not.toHaveProperty('initialDelaySeconds');
  });

  it('needs the image in the settings only if neither container nor podSpec has one', () => {
    const none = { DEFAULT_AGENT_IMAGE: '' };
    const podSpec = { containers: [{ name: 'agent', image: 'example/mine:2' }] };
    expect(lead({ podSpec }, none).container.image).toBe('example/mine:2');
    expect(lead({}, none).status.message).toBe(
      'Failed to construct Deployment: DEFAULT_AGENT_IMAGE environment variable is required but not set',
    );
  });
});
