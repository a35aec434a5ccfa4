/**
 * Set-up of every test file: properties draw the same cases on every run, so that a build is red
 * because of its own change. `PROPERTY_SEED=7 npm run unit` draws others; a failure prints its seed.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });
