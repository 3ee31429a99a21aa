// Installs the packages of the lock file when they are not there, and nothing else.
import { ensureInstalled } from './project.mjs';

await ensureInstalled();
