// Stands in for packages that the SDK loads but that an RPC call with a JSON answer never reaches
// (XML answers, dates, WebSocket, proxy agents of httpx, other gateways): carrying them would cost
// 300 kB and 50 ms. Reaching one anyway fails loudly instead of misbehaving.
'use strict';

/** Called, constructed or extended: never. */
function Unused() {
  throw new Error('This part of the SDK is not bundled: see tools/stubs/unused.cjs.');
}

module.exports = Unused;
module.exports.default = Unused;
