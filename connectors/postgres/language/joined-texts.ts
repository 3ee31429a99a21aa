import { joinedTexts } from '@sallyport/contract';
import type { Joined } from '../../language/sql-token.ts';

export const joinedPostgres: Joined = (parts, before, behind) => {
  const { text, type } = joinedTexts(parts, before, behind);
  return type === null ? text : `${text}, without ${type.name} before it`;
};
