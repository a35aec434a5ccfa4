// Builds dist/ when its sources changed; for commands that serve the build.
import { ensureBuild } from './lib/build.mjs';

ensureBuild();
