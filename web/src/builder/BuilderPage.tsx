import { contract, type Draft } from '@sallyport/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call } from '../lib/api.ts';
import { interruptedSession } from '../lib/interrupted-session.ts';
import { useMe } from '../lib/session.ts';
import { useUnsentWork } from '../lib/unsent-work.ts';
import { loadViews } from '../runtime/component-views.ts';
import { AppRefused } from '../runtime/page/app-refused.tsx';
import { SkeletonLines } from '../ui/skeleton.tsx';
import { type Builder, BuilderContext } from './builder-context.ts';
import { BuilderFrame } from './builder-frame.tsx';
import { type Copies, createCopies, placeOfPerson } from './document/browser-copies.ts';
import { openBrowserDatabase } from './document/browser-database.ts';
import { prefixesOf, visitsLeft } from './document/shelf.ts';
import { visitsGoingOn } from './document/visit.ts';
import { openBuilder } from './open-builder.ts';
import '../runtime/page.css';
import './builder.css';
import './queries/queries.css';
import './narrow.css';

/** The editor of an app's draft. */
export function BuilderPage() {
  const { id } = useParams({ from: '/signed-in/apps/$id/edit' });
  const place = placeOfPerson(useMe().person.id);
  // Read once for each opening: what happens to the draft afterwards is the saver's matter.
  const opening = useQuery({
    queryKey: ['getDraft', id, 'builder', place],
    queryFn: async ({ signal }) => {
      const database = openBrowserDatabase();
      const [draft, found, goingOn] = await Promise.all([
        call(contract.apps.getDraft, { params: { id } }, { signal }),
        database.read(prefixesOf(id).map((prefix) => place + prefix)),
        visitsGoingOn(),
        loadViews(),
      ]);
      const copies = createCopies(place, localStorage, database, found);
      return { draft, copies, left: visitsLeft(copies, id).filter((visit) => !goingOn.has(visit)) };
    },
    // Not even when the session is taken up again: another opening would begin without what is open and not saved here.
    staleTime: 'static',
    gcTime: 0,
    retry: false,
  });
  if (opening.error) {
    return (
      <div className="rt-app">
        <AppRefused error={opening.error} retry={() => void opening.refetch()} />
      </div>
    );
  }
  if (!opening.data) {
    return (
      <div className="bd">
        <header className="bd-top" />
        <nav className="bd-left" aria-label="App" style={{ padding: 12 }}>
          <SkeletonLines lines={8} height={26} />
        </nav>
        <main className="bd-rest" aria-busy="true" />
      </div>
    );
  }
  return <OpenBuilder key={opening.data.draft.app.id} {...opening.data} />;
}

function OpenBuilder({
  draft,
  copies,
  left,
}: {
  readonly draft: Draft;
  readonly copies: Copies;
  readonly left: readonly string[];
}) {
  const [builder, setBuilder] = useState<Builder>();
  useUnsentWork(() => true);
  useEffect(() => {
    const opened = openBuilder(draft, copies, left);
    setBuilder(opened.builder);
    // What the server refused for want of a session is sent once there is one again.
    const unsubscribe = interruptedSession.onResume(() => void opened.builder.saver.flush());
    return () => {
      unsubscribe();
      opened.close();
    };
  }, [draft, copies, left]);
  if (!builder) return null;
  return (
    <BuilderContext value={builder}>
      <BuilderFrame />
    </BuilderContext>
  );
}
