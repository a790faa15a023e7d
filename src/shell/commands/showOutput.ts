import type { Services } from '../services.js';

/** Shows the log. */
export function showOutput(services: Services): void {
  services.log.show();
}
