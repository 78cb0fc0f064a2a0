import { describe, expect, it } from 'vitest';
import { meetsSelector, selectorText, selectsLabels } from '../../../controllers/kubernetes/objects/label-selector.ts';

const expression = (operator: string, ...values: string[]) => ({
  matchExpressions: [{ key: 'stage', operator, ...(values.length > 0 && { values }) }],
});

describe('a label selector', () => {
  it.each([
    [{}, {}, true],
    [{ matchLabels: { stage: 'dev' } }, { stage: 'dev', more: '' }, true],
    [{ matchLabels: { stage: 'dev' } }, { stage: 'prod' }, false],
    [{ matchLabels: { constructor: 'x' } }, {}, false],
    [{ matchLabels: { stage: '' } }, {}, false],
    [{ matchLabels: { stage: 'dev' }, ...expression('DoesNotExist') }, { stage: 'dev' }, false],
    [expression('In', 'dev', 'test'), { stage: 'test' }, true],
    [expression('In', 'dev'), {}, false],
    [expression('NotIn', 'dev'), {}, true],
    [expression('NotIn', 'dev'), { stage: 'dev' }, false],
    [expression('Exists'), { stage: '' }, true],
    [expression('Exists'), {}, false],
    [expression('DoesNotExist'), {}, true],
  ])('%j decides about %j', (selector, labels, isSelected) => {
    expect(meetsSelector(selector, labels)).toBe(isSelected);
    expect(selectsLabels(selector, labels)).toBe(isSelected);
  });

  it('selects nothing if it is missing, and counts as selecting if it is not valid', () => {
    expect([undefined, null, { matchLabels: [] }].map((selector) => selectsLabels(selector, {}))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is shown as kubectl takes it', () => {
    const requirements = [
      { key: 'stage', operator: 'In', values: ['dev', 'test'] },
      { key: 'team', operator: 'NotIn', values: ['x'] },
      { key: 'edge', operator: 'Exists' },
      { key: 'internal', operator: 'DoesNotExist' },
    ];
    expect(selectorText({ matchLabels: { gateway: 'public', a: '' }, matchExpressions: requirements })).toBe(
      'gateway=public,a=,stage in (dev,test),team notin (x),edge,!internal',
    );
  });
});
