import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, useRouterState } from '@tanstack/react-router';
import { queryClient } from '../lib/query-client.ts';
import { styleNonce } from '../lib/strict-page.ts';
import { COLOUR_KEY } from '../theme/chosen-colours.ts';
import { theme } from '../theme/theme.ts';
import { variables } from '../theme/variables.ts';
import { StillLoading } from '../ui/still-loading.tsx';
import { router } from './router.ts';

/** Since the page was asked for. */
const began = performance.now();
const colorScheme = localStorageColorSchemeManager({ key: COLOUR_KEY });

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      getStyleNonce={styleNonce}
      defaultColorScheme="auto"
      colorSchemeManager={colorScheme}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Starting />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Until the first address is resolved, the router draws nothing. */
function Starting() {
  const starting = useRouterState({
    router,
    select: ({ resolvedLocation }) => resolvedLocation === undefined,
  });
  return starting && <StillLoading waited={began} />;
}
