/** Filled in at build time with the text of the worker. */
declare const WORKER_SOURCE: string;

// Kept as long as the frame: an older Chromium, such as 120, reads it only after `new Worker` has returned.
const address = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));

// The frame does one thing: it starts the worker and hands it the port that the page sent. It keeps no reference.
addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.source !== parent || port === undefined) return;
  const worker = new Worker(address, { name: 'expressions' });
  worker.postMessage(null, [port]);
});
