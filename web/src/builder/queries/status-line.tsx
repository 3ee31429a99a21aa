import type { CompiledView, SqlQuery } from '@sallyport/contract';
import { IconAlertCircle, IconCircleCheck, IconLoader2 } from '@tabler/icons-react';
import { useEffect } from 'react';
import { count, figure } from '../../lib/number.ts';
import { useBuilder } from '../builder-context.ts';
import { countColumns, groupTouched, touchedText } from '../touched/group-touched.ts';
import type { Check } from './check.ts';
import { offerOf, rewritten } from './offer-of.ts';
import type { OpenQuery } from './panel-store.ts';
import { changeQuery, checkNow, makeChoice } from './query-commands.ts';
import { useSources } from './use-sources.ts';

/** A text that nobody could check is asked about again: no key is pressed for it once the network is back. */
const ASK_AGAIN_MS = 5_000;

interface StatusLineProps {
  readonly name: string;
  readonly query: OpenQuery;
  readonly onSettings: () => void;
}

/** What the compiler says of the text as it stands. */
export function StatusLine(props: StatusLineProps) {
  const { check } = props.query;
  // Not of the line itself, which would be read out with it.
  return (
    <div title={check?.state === 'refused' ? `${check.title} ${saidOf(check)} ${check.next}` : undefined}>
      <Verdict {...props} />
    </div>
  );
}

type Refused = Extract<Check, { state: 'refused' }>;

const saidOf = (check: Refused): string => check.places[0]?.message ?? check.detail ?? check.next;

/** At each pause of the keys, whether it compiles is read out, and nothing else. */
function Verdict({ name, query, onSettings }: StatusLineProps) {
  const { check, document } = query;
  const builder = useBuilder();
  const unanswered = check?.state === 'refused' && check.unanswered;
  useEffect(() => {
    if (!unanswered) return undefined;
    const timer = setInterval(() => void checkNow(builder, name), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [builder, name, unanswered]);
  if (document.kind === 'sql' && document.text.trim() === '') {
    return <div className="bd-foot sp-t3">Write a statement. It compiles as you type.</div>;
  }
  if (!check) {
    return (
      <div className="bd-foot" role="status" aria-atomic="false">
        <span className="sp-row sp-g8" aria-live="off">
          <IconLoader2 size={14} stroke={2} className="sp-spin" aria-hidden="true" />
          Compiling…
        </span>
      </div>
    );
  }
  if (check.state === 'refused') {
    return (
      <div className="bd-foot" role="status" aria-atomic="false">
        <span className="sp-row sp-g4 sp-bad">
          <IconAlertCircle size={14} stroke={2} aria-hidden="true" />
          {check.places.length > 0 ? 'Does not compile' : check.title}
        </span>
        <span className="sp-cut">{saidOf(check)}</span>
        {document.kind === 'sql' && <Offer name={name} document={document} places={check.places} />}
      </div>
    );
  }
  const { compiled } = check;
  return (
    <div className="bd-foot" role="status" aria-atomic="false">
      <span className="sp-row sp-g4 sp-ok">
        <IconCircleCheck size={14} stroke={2} aria-hidden="true" />
        Compiles
      </span>
      {compiled.statements.length > 1 && (
        <span aria-live="off">{count(compiled.statements.length, 'statement')}</span>
      )}
      {compiled.language !== 'rest' && (
        <span
          aria-live="off"
          title={groupTouched(compiled.tables ?? [])
            .map(touchedText)
            .join('\n')}
        >
          {touchedCount(compiled.tables)}
        </span>
      )}
      <span aria-live="off">{count(compiled.arguments.length, 'argument')}</span>
      <button type="button" aria-live="off" onClick={onSettings} style={{ flexShrink: 0 }}>
        Cap {figure(compiled.maxRows)} rows
      </button>
      <span
        aria-live="off"
        className="sp-end sp-mono sp-t3 sp-cut"
        style={{ fontSize: 11 }}
        title={`sha256 ${compiled.hash}`}
      >
        {compiled.hash.slice(0, 8)}
      </span>
    </div>
  );
}

/** `2 tables, 7 columns`; what cannot be told is not counted. */
function touchedCount(tables: CompiledView['tables']): string {
  if (tables === null) return 'May touch any table';
  const columns = countColumns(tables);
  const named = count(groupTouched(tables).length, 'table');
  return columns === null ? named : `${named}, ${count(columns, 'column')}`;
}

/** What the first of these places has to offer, in reach of the keyboard: in the text, it stands below the pointer. */
function Offer({
  name,
  document,
  places,
}: {
  readonly name: string;
  readonly document: SqlQuery;
  readonly places: Refused['places'];
}) {
  const builder = useBuilder();
  const engine = useSources().find((one) => one.slug === document.source)?.engine ?? 'postgres';
  const [offer] = places.flatMap((place) => offerOf(place, document.text, engine) ?? []);
  if (offer === undefined) return null;
  const take = () =>
    'rewrite' in offer
      ? changeQuery(builder, name, { ...document, text: rewritten(document.text, offer.rewrite) })
      : makeChoice(builder, name, offer.choice);
  return (
    <button type="button" className="sp-end bd-offer" onClick={take} title={offer.label}>
      {offer.label}
    </button>
  );
}
