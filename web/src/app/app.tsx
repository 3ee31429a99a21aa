import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from '../lib/query-client.ts';
import { styleNonce } from '../lib/strict-page.ts';
import { COLOUR_KEY } from '../theme/chosen-colours.ts';
import { theme } from '../theme/theme.ts';
import { variables } from '../theme/variables.ts';
import { router } from './router.ts';

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
      </QueryClientProvider>
    </MantineProvider>
  );
}
