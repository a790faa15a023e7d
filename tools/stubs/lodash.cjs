// The SDK needs one function of lodash, a deep merge of plain option objects.
'use strict';

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isPlain(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param {Record<string, unknown>} target
 * @param {readonly (Record<string, unknown> | undefined)[]} sources
 * @returns {Record<string, unknown>}
 */
function merge(target, ...sources) {
  for (const source of sources) {
    for (const [key, value] of Object.entries(source ?? {})) {
      const old = target[key];
      if (value === undefined || key === '__proto__') continue;
      target[key] = isPlain(value) && isPlain(old) ? merge(old, value) : value;
    }
  }
  return target;
}

module.exports = { merge };
