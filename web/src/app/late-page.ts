import type { lazyRouteComponent } from '@tanstack/react-router';
import { latePart } from '../ui/late-part.tsx';
import { StillLoading } from '../ui/still-loading.tsx';

/**
 * A route's page, loaded when somebody goes there. In place of the router's own, which reloads the window when a file does
 * not come: with the server away that ends on the browser's error page, and takes what was typed along.
 */
export const latePage = (<M extends object>(load: () => Promise<M>, name: keyof M) =>
  latePart(load, name, () => StillLoading({}))) as unknown as typeof lazyRouteComponent;
