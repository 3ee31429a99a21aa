import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { interruptedSession } from '../../lib/interrupted-session.ts';
import { sameValue } from '../../lib/same-value.ts';
import { useMe } from '../../lib/session.ts';
import { currentUser } from '../../runtime/current-user.ts';
import { createAppSession } from '../../runtime/engine/app-session.ts';
import type { AppSession } from '../../runtime/engine/session-types.ts';
import { useQuestion } from '../../runtime/question-dialog.tsx';
import { openSandbox } from '../../runtime/sandbox/open-sandbox.ts';
import { tellingHost } from '../../runtime/telling-host.ts';
import { openTab } from '../../ui/open-tab.ts';
import { type Builder, useBuilder, useView } from '../builder-context.ts';
import { createLoggedRunner } from './logged-runner.ts';
import { signaturesOf } from './signatures.ts';

const LiveContext = createContext<AppSession | undefined>(undefined);

/** The app on the canvas; undefined for the moment before it starts. */
export const useSession = (): AppSession | undefined => useContext(LiveContext);

/**
 * Keeps the draft alive: a session over the document as it stands, one for each environment and mode. Edits flow in;
 * what did not change keeps its state.
 */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const builder = useBuilder();
  const user = useSteady(currentUser(useMe()));
  const environment = useView((s) => s.environment);
  const preview = useView((s) => s.preview);
  const { ask, dialog } = useQuestion();
  const [session, setSession] = useState<AppSession>();

  useEffect(() => {
    const { document, queries, page } = builder.editor.getState();
    const opened = createAppSession({
      pages: document,
      queries: signaturesOf(queries),
      page,
      user,
      searchParams: {},
      runner: createLoggedRunner(builder.appId, environment, builder.runs, 'page'),
      sandbox: openSandbox(),
      host: {
        ...tellingHost(ask),
        // Pages change here; addresses open in another tab.
        goToPage: (slug) => builder.editor.getState().showPage(slug),
        openAddress: openTab,
      },
      mode: preview ? 'live' : 'edit',
    });
    builder.live.current = opened;
    setSession(opened);
    const stop = follow(builder, opened);
    const unsubscribe = interruptedSession.onResume(opened.readAgain);
    return () => {
      unsubscribe();
      stop();
      builder.live.current = undefined;
      opened.dispose();
    };
  }, [builder, environment, preview, user, ask]);

  return (
    <LiveContext value={session}>
      {children}
      {dialog}
    </LiveContext>
  );
}

/** The same object while it says the same: a session read again must not start the page anew. */
function useSteady<T>(value: T): T {
  const [steady, setSteady] = useState(value);
  const same = sameValue(steady, value);
  if (!same) setSteady(value);
  return same ? steady : value;
}

/** Edits reach the session at most once a frame: a drag makes many. */
function follow({ editor }: Builder, session: AppSession): () => void {
  let frame = 0;
  const unsubscribe = editor.subscribe((state, before) => {
    if (state.page !== before.page) session.openPage(state.page, {});
    if (state.document === before.document && state.queries === before.queries) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const { document, queries } = editor.getState();
      session.update(document, signaturesOf(queries));
    });
  });
  return () => {
    cancelAnimationFrame(frame);
    unsubscribe();
  };
}
