import { KEY_NAMES } from './keys.js';
import { MAX_RESOURCES, WORLD_NAMES } from './worlds/worldTable.js';

/** What the program says when it does not understand its options. */
export const USAGE = `Usage: sandbox.js [options]
  --world <name>                what is in the account: ${WORLD_NAMES.join(', ')} (default demo)
  --seed <number>               for the world fleet, and for faults with a probability (default 1)
  --resources <number>          size of the world fleet, up to ${MAX_RESOURCES} (default 5000)
  --port <number>               port on 127.0.0.1 (default 0: any free one)
  --access-key-id <id>          default: random
  --access-key-secret <secret>  default: random
  --visibility-ms <number>      how long reads lag behind writes (default 800)
  --latency-ms <number>         added to every answer (default 0)

When ready it prints one line of JSON: endpoint, accessKeyId, accessKeySecret, accountId, world, controlToken and
keys (by name: ${KEY_NAMES.join(', ')}).
It exits with 0 when it is told to end, with 1 when it cannot start, and with 2 when its options are wrong.

Control: POST <endpoint>/_control/<verb>, header x-sandbox-control: <controlToken>, body JSON:
  reset {world?, seed?, resources?}    a fresh world
  census {}                            how much is in each region
  state {resource}                     what the service knows of a resource
  touch {resource, status?, lock?, name?, addGroup?, removeGroup?, groups?} or {resource, delete: true}
                                       a change by another hand
  key {key, state}                     active, disabled or expired
  policy {key, policy}                 a RAM policy in the place of what a user or a role may do
  clock {offsetMs}                     how far the clock here is ahead of the machine's
  quota {action, perWindow, windowMs?, retryAfter?}, clearQuotas {}
                                       throttling; perWindow null takes it away
  latency {ms}, visibility {ms}        as the options
  requests {action?}, clearRequests {} the log of requests
  faults {kind?, action?, region?, resource?, nth?, times?, probability?, ...}, clearFaults {}
    in the place of the answer, with when ("before" or "afterWrite") or beforeAuth (true):
      error {code, status?, message?, retryAfterMs?}   ok200WithErrorCode {code?, message?}
      reset {}   hang {ms?}   html503 {}   plain429 {retryAfterSeconds?}   redirect {port, status?}
      empty {status?}   garbage {bytes?}   huge {megabytes}
    while a list is read:
      tokenDropped {}   tokenRepeated {}   tokenExpired {}   duplicatedItems {count?}
    to the real answer:
      truncated {abrupt?}   drip {chunks?, ms?}   wrongEncoding {encoding?}   deep {depth?, field?, item?}
      oddFieldType {field, item?, type?}   maliciousRegions {regionId?, endpoint?}`;
