import { describe, expect, it } from 'vitest';
import { resourceId } from '../../base/ids.ts';
import { followCall, followPositions, movesOf } from './followMoved.ts';
import { EMPTY_DRAFT } from './workspace.ts';

const renamed = movesOf([
  { from: resourceId('apps', 'Deployment', 'shop', 'web'), to: resourceId('apps', 'Deployment', 'shop', 'front') },
  { from: resourceId('', 'Service', 'shop', 'web'), to: resourceId('', 'Service', 'shop', 'front') },
]);
const moved = movesOf([
  { from: resourceId('apps', 'Deployment', 'shop', 'web'), to: resourceId('apps', 'Deployment', 'annex', 'web') },
]);
const known = new Set(['shop/web', 'shop/api']);

describe('a saved call', () => {
  it.each([
    ['a short name', 'shop/api', 'http://web/x', 'http://front/x'],
    ['a name with its namespace', 'other/api', 'http://web.shop:8080/', 'http://front.shop:8080/'],
    ['a full name', 'outside', 'https://web.shop.svc.cluster.local', 'https://front.shop.svc.cluster.local'],
    ['no scheme', 'shop/api', 'web:80', 'front:80'],
    ['somebody else’s short name', 'other/api', 'http://web/', 'http://web/'],
    ['a host that is no Service', 'outside', 'http://web.example.com/web', 'http://web.example.com/web'],
    ['what is no URL', 'shop/api', '://', '://'],
  ])('follows %s', (_, from, url, wanted) => {
    expect(followCall({ ...EMPTY_DRAFT, from, url }, renamed, known).url).toBe(wanted);
  });

  it('follows its caller, its Host header and where it connects to', () => {
    const call = {
      ...EMPTY_DRAFT,
      from: 'shop/web',
      connectTo: 'shop/web',
      headers: [['Host', 'web.shop:80']] as const,
    };
    expect(followCall(call, renamed, known)).toMatchObject({
      from: 'shop/front',
      connectTo: 'shop/front',
      headers: [['Host', 'front.shop:80']],
    });
  });

  it('says in full what its caller has left behind', () => {
    expect(followCall({ ...EMPTY_DRAFT, from: 'shop/web', url: 'http://api/' }, moved, known)).toMatchObject({
      from: 'annex/web',
      url: 'http://api.shop.svc.cluster.local/',
    });
  });
});

it('nodes stay where they were put', () => {
  const at = { x: 1, y: 2 };
  expect(followPositions({ 'wl:shop/web': at, 'svc:shop/web': at, 'ns:shop': at }, renamed)).toEqual({
    'wl:shop/front': at,
    'svc:shop/front': at,
    'ns:shop': at,
  });
});
