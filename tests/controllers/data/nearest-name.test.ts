import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../controllers/data/nearest-name.ts';

describe('nearestName', () => {
  it.each([
    ['timeOut', ['name', 'timeout'], 'timeout'],
    ['MODELAPI', ['model', 'modelAPI'], 'modelAPI'],
    ['replica', ['replicas'], 'replicas'],
    ['agentNetwrk', ['agentNetwork'], 'agentNetwork'],
    ['moed', ['mode', 'model'], 'mode'],
    ['Env', ['evn', 'env'], 'env'],
    ['timeuot', ['timeout'], 'timeout'],
    ['env', ['name', 'args'], undefined],
    ['enf', ['env', 'end'], 'env'],
    ['image', ['imagePullPolicy'], undefined],
    ['', ['a'], 'a'],
    ['', ['abc'], undefined],
    ['a', [], undefined],
  ])('takes %j among %j for %j', (name, candidates, near) => {
    expect(nearestName(name, candidates)).toBe(near);
  });

  it('is quick for a name of any length', () => {
    const started = process.cpuUsage().user;
    expect(nearestName('a'.repeat(1_000_000), ['a'.repeat(250)])).toBeUndefined();
    expect(process.cpuUsage().user - started).toBeLessThan(200_000);
  });
});
