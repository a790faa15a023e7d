/**
 * A request to stop, in the shape of the platform's AbortSignal, so that one can be passed as it is while
 * the pure rooms need no DOM or Node types.
 */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
