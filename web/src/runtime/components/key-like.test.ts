import { expect, it } from 'vitest';
import { isKeyLike } from './key-like.ts';

it('knows names of keys, whose digits are not grouped, from those of amounts', () => {
  const keys = [
    'id',
    'order_id',
    'orderId',
    'Clone ID',
    'hostid',
    'Hostid',
    'rad_acct_uid',
    'edit_JobId',
    'zip',
  ];
  expect(keys.filter((name) => !isKeyLike(name))).toEqual([]);
  const others = ['paid', 'amount_paid', 'highest_bid', 'Grid', 'total', 'Unpaid', 'identity', 'i', ''];
  expect(others.filter(isKeyLike)).toEqual([]);
});
