import { describe, expect, it } from 'vitest';
import { withoutBrokenReferences } from '../../../../controllers/kubernetes/pod-spec/pod-references.ts';
import { generated } from './pod-specs.ts';

const [agent] = generated.containers;
const told = (podSpec: object) => {
  const checked = withoutBrokenReferences({ ...generated, ...podSpec }, generated);
  return { ...checked, problems: checked.problems.map(({ field, message }) => `${field}: ${message}`) };
};

describe('the references of a merged PodSpec', () => {
  it('stay unchanged if what they name exists', () => {
    const volumeDevices = [{ name: 'data', devicePath: '/dev/b' }];
    const resources = { claims: [{ name: 'gpu' }] };
    const podSpec = { ...generated, containers: [{ ...agent, volumeDevices, resources }] };
    expect(withoutBrokenReferences(podSpec, generated)).toEqual({ podSpec, problems: [] });
    expect(withoutBrokenReferences({ containers: [] }, {})).toEqual({ podSpec: { containers: [] }, problems: [] });
  });

  it('are left out if the pod does not have the volume or claim', () => {
    const side = {
      name: 'side',
      volumeMounts: [
        { name: 'data', mountPath: '/a' },
        { name: 'ghost', mountPath: '/b' },
      ],
      volumeDevices: [{ name: 'ghost', devicePath: '/c' }],
      resources: { limits: { cpu: '1' }, claims: [{ name: 'gone' }, { name: 'gpu' }] },
    };
    const { podSpec, problems } = told({ initContainers: [side] });
    expect(podSpec['initContainers']).toEqual([
      {
        name: 'side',
        volumeMounts: [{ name: 'data', mountPath: '/a' }],
        volumeDevices: [],
        resources: { limits: { cpu: '1' }, claims: [{ name: 'gpu' }] },
      },
    ]);
    expect(problems).toEqual([
      'podSpec.containers[agent].volumeDevices[block]: is not in podSpec.volumes',
      'podSpec.initContainers[side].volumeMounts[ghost]: is not in podSpec.volumes',
      'podSpec.initContainers[side].volumeDevices[ghost]: is not in podSpec.volumes',
      'podSpec.initContainers[side].resources.claims[gone]: is not in podSpec.resourceClaims',
    ]);
  });

  it('are unique: of two containers with the same name the generated one stays, or else the one that is not an init container', () => {
    const own = (name: string) => ({ name, image: 'x' });
    const first = told({
      containers: [own('pull-model'), own('side')],
      initContainers: [own('pull-model'), own('side')],
    });
    expect(first.podSpec['containers']).toEqual([own('side')]);
    expect(first.podSpec['initContainers']).toEqual([own('pull-model')]);
    expect(first.problems).toEqual([
      'podSpec.containers[pull-model]: has the same name as a container in podSpec.initContainers',
      'podSpec.initContainers[side]: has the same name as a container in podSpec.containers',
    ]);
  });
});
