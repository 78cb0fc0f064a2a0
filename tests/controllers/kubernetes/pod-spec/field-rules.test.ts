import { describe, expect, it } from 'vitest';
import { mergePodSpec } from '../../../../controllers/kubernetes/pod-spec/pod-spec-merge.ts';
import { inAgent, variables } from './pod-specs.ts';

const agent = { name: 'agent', image: 'agent:1' };
const problems = (override: object) => mergePodSpec({ containers: [agent] }, override).problems;
const secretKey = (key: string) => variables({ name: 'A', valueFrom: { secretKeyRef: { name: 's', key } } });
const field = (fieldPath: string) => variables({ name: 'A', valueFrom: { fieldRef: { fieldPath } } });
const unit = (resource: string, divisor: unknown) =>
  variables({ name: 'A', valueFrom: { resourceFieldRef: { resource, divisor } } });
const prefix = (text: string) => inAgent({ envFrom: [{ prefix: text, secretRef: { name: 's' } }] });
const port = (name: string) => inAgent({ ports: [{ containerPort: 1, name }] });
const requests = (name: string) =>
  inAgent({ resources: { requests: { [name]: '2Mi', memory: '2Mi' }, limits: { [name]: '2Mi', memory: '2Mi' } } });
const amounts = (name: string) => inAgent({ resources: { requests: { [name]: '1' } } });

describe('the field rules of Kubernetes', () => {
  it.each([
    ['a key', ['a', '.a', 'A_b-c.d', 'x'.repeat(253)].map(secretKey)],
    [
      'a pod field',
      [
        'metadata.uid',
        'spec.host',
        'status.hostIPs',
        "metadata.labels['a']",
        "metadata.labels['b.c/A']",
        "metadata.annotations['B.c/A']",
      ].map(field),
    ],
    [
      'a divisor',
      [
        unit('limits.cpu', '1m'),
        unit('requests.cpu', 1),
        unit('limits.cpu', '1000m'),
        unit('limits.cpu', '0'),
        unit('limits.memory', '1024Ki'),
        unit('requests.ephemeral-storage', '1k'),
        unit('limits.hugepages-2Mi', '1Mi'),
      ],
    ],
    ['a prefix', ['', 'A_', '1', 'a b'].map(prefix)],
    ['a port name', ['a', 'http-2', '2-a', '', 'x'.repeat(15)].map(port)],
    ['a resource name', ['cpu', 'ephemeral-storage', 'hugepages-2Mi', 'example.com/gpu_A.b'].map(requests)],
    [
      'ports without names',
      [
        inAgent({
          ports: [
            { containerPort: 1, name: '' },
            { containerPort: 2, name: '' },
          ],
        }),
      ],
    ],
    ['a request that equals its limit', [inAgent({ resources: { limits: { cpu: '1' }, requests: { cpu: '1000m' } } })]],
    ['the host port 0', [inAgent({ ports: [{ containerPort: 1, hostPort: 0 }] })]],
    ['the default restart policy', [{ restartPolicy: '' }, { restartPolicy: 'Always' }]],
    ['an empty service account name', [{ serviceAccountName: '' }]],
    ['a sleep of zero seconds', [inAgent({ lifecycle: { preStop: { sleep: { seconds: 0 } } } })]],
  ])('accept %s', (_what, overrides) => {
    expect(overrides.flatMap(problems)).toEqual([]);
  });

  it.each([
    ['a key', ['', '.', '..', '..a', 'a/b', 'a b', 'x'.repeat(254)].map(secretKey)],
    [
      'a pod field',
      [
        'uid',
        'metadata.labels',
        'status.phase',
        "metadata.labels['']",
        "metadata.labels['B.c/a']",
        "metadata.annotations['a']x",
        "status.podIP['a']",
      ].map(field),
    ],
    [
      'a divisor',
      [
        unit('limits.cpu', '1k'),
        unit('limits.cpu', '-1'),
        unit('limits.memory', '1m'),
        unit('limits.memory', '1e3'),
        unit('limits.memory', '1000Ki'),
      ],
    ],
    ['a prefix', ['=', 'A=', 'ä', '\n'].map(prefix)],
    ['a port name', ['A', '-a', 'a-', 'a--b', '80', 'x'.repeat(16)].map(port)],
    [
      'a resource name',
      ['gpu', '/gpu', 'example.com/', 'a b/gpu', 'example.com/-x', 'a/b/c', 'hugepages-'].map(amounts),
    ],
    ['a host port', [-1, 65_536].map((hostPort) => inAgent({ ports: [{ containerPort: 1, hostPort }] }))],
    ['an image', [{ containers: [{ name: 'side', image: '' }] }]],
  ])('refuse %s that is not valid, with one problem', (_what, overrides) => {
    expect(overrides.map((override) => problems(override).length)).toEqual(overrides.map(() => 1));
  });
});
