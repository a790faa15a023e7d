// The SDK needs one function of lodash, a deep merge of plain option objects.
'use strict';
function merge(target, ...sources) {
  for (const source of sources) {
    for (const [key, value] of Object.entries(source ?? {})) {
      const both = isPlain(value) && isPlain(target[key]);
      if (value !== undefined && key !== '__proto__') target[key] = both ? merge(target[key], value) : value;
    }
  }
  return target;
}
function isPlain(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
module.exports = { merge };
