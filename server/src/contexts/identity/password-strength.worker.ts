import { parentPort, workerData } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** In a thread of its own: the dictionaries take 30 MB and a long password 0.1 s, and both go when it ends. */
const { password, known } = workerData as { password: string; known: string[] };
const { score } = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }).check(password, known);
parentPort?.postMessage(score);
