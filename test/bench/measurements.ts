import type { Measurement } from '../../tools/benchTable.mjs';
import { activationRows } from './activation.js';
import { batchRows } from './batch.js';
import { evaluatingRows } from './evaluating.js';
import { findRows } from './finding.js';
import { gestureRows } from './gestures.js';
import { growthRows } from './growing.js';
import { idleRows } from './idling.js';
import { joinRows } from './joining.js';
import { largeWorldRows } from './largeWorld.js';
import { judgingRows } from './judging.js';
import { loadingRows } from './loading.js';
import { openingRows } from './openingPicker.js';
import { pageRows } from './pageCost.js';
import { pageRowRows } from './pageRows.js';
import { regionRows } from './region.js';
import { scanRows } from './scanning.js';
import { memoryRows } from './remembering.js';
import { runningExtensionsRows } from './runningExtensions.js';
import { treeRows } from './treeTimes.js';
import { sizeRows } from './sizes.js';

export { closeAll } from './programs.js';

/** Everything that is measured, in the order of the table. Entry of the bench's bundle. */
export const MEASUREMENTS: readonly Measurement[] = [
  { name: 'sizes', broken: 'exact', rows: sizeRows },
  { name: 'activation', broken: 'exact', rows: activationRows },
  { name: 'vscode', broken: 'time', rows: runningExtensionsRows },
  { name: 'tree', broken: 'time', rows: treeRows },
  { name: 'idle', broken: 'time', rows: idleRows },
  { name: 'loading', broken: 'exact', rows: loadingRows },
  { name: 'page', broken: 'exact', rows: pageRows },
  { name: 'sandbox', broken: 'exact', rows: largeWorldRows },
  { name: 'region', broken: 'exact', rows: regionRows },
  { name: 'find', broken: 'exact', rows: findRows },
  { name: 'scan', broken: 'exact', rows: scanRows },
  { name: 'gestures', broken: 'exact', rows: gestureRows },
  { name: 'memory', broken: 'exact', rows: memoryRows },
  { name: 'growth', broken: 'exact', rows: growthRows },
  { name: 'picker', broken: 'exact', rows: openingRows },
  { name: 'judging', broken: 'exact', rows: judgingRows },
  { name: 'evaluating', broken: 'exact', rows: evaluatingRows },
  { name: 'details', broken: 'time', rows: pageRowRows },
  { name: 'join', broken: 'exact', rows: joinRows },
  { name: 'batch', broken: 'exact', rows: batchRows },
];
