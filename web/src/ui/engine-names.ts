import type { Engine } from '@sallyport/contract';

export const engineNames: Record<Engine, string> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL, MariaDB',
  rest: 'REST',
};
