// @ts-check

/** Variables of whoever starts us (an outer VS Code, npm, a test runner) that would change how a server behaves. */
const FOREIGN = /^(VSCODE_|ELECTRON_|npm_|VITEST|NODE_OPTIONS$|NODE_ENV$|NODE_V8_COVERAGE$)/i;

/** Variables that hold somebody's real cloud account. */
const ACCOUNT = /^(ALIBABA_?CLOUD|ALIYUN|ALICLOUD)_/i;

/**
 * @param {{ home?: string, extra?: Readonly<Record<string, string>> }} wishes `home`: a home folder of
 *   its own, so that no test reads the person's profiles or environment credentials; without it
 *   everything of the person stays visible
 * @returns {NodeJS.ProcessEnv}
 */
export function hostEnvironment({ home, extra = {} }) {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name) && (home === undefined || !ACCOUNT.test(name)));
  // Without the empty gallery the server looks one up.
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}', ...(home === undefined ? {} : { HOME: home, USERPROFILE: home }), ...extra };
}
