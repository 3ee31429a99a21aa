import type { Verification } from './verify-export.ts';

/** What a verification means, in sentences: what is proven, and what is not. */
export function reportOf(result: Verification, withPrevious: boolean): string[] {
  const { finding, checkpoint } = result;
  if (finding !== undefined) {
    const place =
      finding.from === finding.to
        ? `First bad index: ${finding.from}`
        : `First bad index: between ${finding.from} and ${finding.to} (the signed checkpoints around it tell no more)`;
    const where = `${place}: ${finding.message}.`;
    // Nothing in it is by this key so far: it may be sound, and another's.
    if (checkpoint === undefined)
      return [
        'NOT VERIFIED',
        where,
        'Check that this file and this key belong together. If they do, the file was altered.',
      ];
    return ['ALTERED', where];
  }
  if (checkpoint === undefined) return ['NOT VERIFIED'];
  const { origin, size, time } = checkpoint;
  return [
    `VERIFIED: ${size} records, none altered, missing, inserted or reordered.`,
    `Log ${origin}, root ${checkpoint.root.toString('hex')}, signed at ${time ?? 'a time that it does not say'}.`,
    ...(result.firstAt === undefined ? [] : [`From ${result.firstAt} to ${result.lastAt}.`]),
    ...(result.erased === 0
      ? []
      : [`In ${result.erased} records, personal fields were erased; their proofs hold all the same.`]),
    'Proven: these are exactly the records that the holder of this key signed, in this order.',
    withPrevious
      ? 'Proven: this log continues the earlier checkpoint; nothing from before it was changed.'
      : 'Not proven: that this is the same log that others were shown. Keep this checkpoint and give it with --previous next time.',
    'Not proven: what was recorded after the time of signing, and that what was never recorded did not happen.',
  ];
}
