import type { InclusionProof } from '@sallyport/contract';
import { IconCircleCheckFilled, IconCircleXFilled, IconClock, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { count } from '../../lib/number.ts';
import { saveJson } from '../../lib/save-file.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { SectionHead } from '../../ui/section-head.tsx';
import { PanelSection } from '../../ui/side-panel.tsx';
import { inclusionPath } from './inclusion-path.ts';
import { ProofTree } from './proof-tree.tsx';

/** The inclusion proof, recomputed in this browser from the leaf to the signed root. */
export function ProofPart({ proof, id }: { readonly proof: InclusionProof | null; readonly id: string }) {
  const path = useQuery({
    queryKey: ['inclusionPath', id, proof?.treeSize],
    enabled: proof !== null,
    queryFn: () => (proof ? inclusionPath(proof) : null),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!proof) {
    return (
      <PanelSection>
        <SectionHead title="Proof" />
        <p className="sp-t2 sp-row sp-g6">
          <IconClock size={15} stroke={1.75} aria-hidden="true" />
          The next checkpoint, within ten seconds, will include it.
        </p>
      </PanelSection>
    );
  }
  const holds = path.data?.holds;
  return (
    <PanelSection>
      <div className="sp-section-head">
        <h2 style={{ fontSize: 13, lineHeight: '20px' }}>Proof</h2>
        {holds === true && (
          <Badge tone="ok" icon={<IconCircleCheckFilled size={12} aria-hidden="true" />}>
            Included
          </Badge>
        )}
        {holds === false && (
          <Badge tone="bad" icon={<IconCircleXFilled size={12} aria-hidden="true" />}>
            Does not match the root
          </Badge>
        )}
        <span className="sp-end">
          <Button
            size="xs"
            icon={<IconDownload size={14} stroke={2} aria-hidden="true" />}
            onClick={() => saveJson(`sallyport-proof-${proof.index}.json`, proof)}
          >
            Proof
          </Button>
        </span>
      </div>
      {path.data && <ProofTree nodes={path.data.nodes} root={proof.rootHash} holds={path.data.holds} />}
      <p className="sp-hint" style={{ marginTop: 10 }}>
        {holds === false
          ? 'This record does not lead to the signed root. Export the log and verify it offline.'
          : `${proof.path.length === 0 ? 'This is the only record, so it is the signed root' : `With ${count(proof.path.length, 'neighbouring hash', 'neighbouring hashes')}, this record leads to the signed root of ${count(proof.treeSize, 'record')}`}. Recomputed in your browser. ${proof.path.length > 3 ? 'The path is shortened here. ' : ''}Changing one byte would change the root.`}
      </p>
    </PanelSection>
  );
}
