import { describe, expect, it } from 'vitest';
import { nearestOf } from '../../../controllers/data/nearest-name.ts';

const KNOWN = ['model_list', 'model_name', 'model', 'timeout', 'rpm', 'api_key', 'api_base'];
const nearest = nearestOf(KNOWN);

describe('the nearest name', () => {
  it.each([
    ['modelName', 'model_name'],
    ['MODEL-NAME', 'model_name'],
    ['model.list', 'model_list'],
    ['timeOut', 'timeout'],
    ['timout', 'timeout'],
    ['tiemout', 'timeout'],
    ['timeouts', 'timeout'],
    ['api_kez', 'api_key'],
    ['RPM', 'rpm'],
    ['modle', 'model'],
  ])('of %s is %s', (name, expected) => {
    expect(nearest(name)).toBe(expected);
  });

  it.each(['model', 'rpd', 'tpm', 'metadata', '', 'mdl', 'x'.repeat(100_000)])('of %j is none', (name) => {
    expect(nearest(name)).toBeUndefined();
  });
});
