import { forShell } from './quoting.js';

/**
 * The line that signs in again to a profile of the aliyun CLI; undefined for an account of another kind. Without a
 * mode the CLI keeps the one that the profile has (docs of the CLI, configuration: "When no mode is specified").
 * @param account an account id such as `cli:prod`
 */
export function signInCommand(account: string, mode?: string): string | undefined {
  const profile = /^cli:(.+)$/s.exec(account)?.[1];
  if (profile === undefined) return undefined;
  return `aliyun configure --profile ${forShell(profile)}${mode === undefined ? '' : ` --mode ${forShell(mode)}`}`;
}
