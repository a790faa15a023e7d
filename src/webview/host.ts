import type { Port, Timer } from '../protocol/peer.js';

/** What VS Code gives a page, once. */
interface Host {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

// Nobody else can have it any more, and it stays in this module.
const host = acquireVsCodeApi();

/** The way to the shell. Messages from elsewhere than the frame around this page, which has the same origin, are none. */
export const port: Port = {
  post: (message) => { host.postMessage(message); },
  onMessage(listener) {
    const receive = ({ origin, data }: MessageEvent<unknown>) => {
      if (origin === window.origin) listener(data);
    };
    window.addEventListener('message', receive);
    return () => { window.removeEventListener('message', receive); };
  },
};

export const timer: Timer = (ms, run) => {
  const id = setTimeout(run, ms);
  return () => { clearTimeout(id); };
};

/** What the editor kept for this page, from whichever version. */
export function keptState(): unknown {
  return host.getState();
}

/** Kept while the page is out of sight, and given to the shell when it is opened after a restart. */
export function keep(state: { readonly restore: string; readonly view: unknown }): void {
  host.setState(state);
}
