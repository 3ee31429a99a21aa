/** Milliseconds of this thread's own processor time that the work took: other work on the machine does not lengthen it. */
export function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
