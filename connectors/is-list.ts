import type { BindScalar, BindValue } from './port.ts';

export const isList = (value: BindValue): value is readonly BindScalar[] => Array.isArray(value);
