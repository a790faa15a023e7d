import * as v from 'valibot';
import * as vscode from 'vscode';
import { SETTING_DEFAULTS, type SettingKey } from './contributions.js';

const seconds = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

/**
 * A value of the wrong type or out of bounds counts as not set. The endpoint is judged where it is used, so that its
 * fault gets a message. Each is made when its setting is read, as the start of the editor reads two or three of them.
 */
const SCHEMAS = {
  account: () => v.fallback(v.string(), ''),
  accounts: () => v.fallback(v.record(v.string(), v.unknown()), {}),
  endpoint: () => v.fallback(v.string(), ''),
  network: () => v.fallback(v.picklist(['public', 'vpc']), 'public'),
  site: () => v.fallback(v.picklist(['international', 'china']), 'international'),
  regions: () => v.fallback(v.array(v.string()), []),
  readOnly: () => v.fallback(v.boolean(), false),
  protected: () => v.fallback(v.array(v.string()), []),
  'join.route': () => v.fallback(v.picklist(['join', 'replace']), 'join'),
  confirm: () => v.fallback(v.picklist(['always', 'risky', 'never']), 'risky'),
  'join.verifySeconds': () => v.fallback(seconds(0, 120), SETTING_DEFAULTS['join.verifySeconds']),
  'limits.securityGroupsPerInterface': () => v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)), SETTING_DEFAULTS['limits.securityGroupsPerInterface']),
  'requests.concurrentReads': () => v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32)), SETTING_DEFAULTS['requests.concurrentReads']),
  'requests.concurrentWrites': () => v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)), SETTING_DEFAULTS['requests.concurrentWrites']),
  'requests.writesPerMinute': () => v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), SETTING_DEFAULTS['requests.writesPerMinute']),
  'requests.timeoutSeconds': () => v.fallback(seconds(1, 300), SETTING_DEFAULTS['requests.timeoutSeconds']),
  'cache.minutes': () => v.fallback(v.pipe(v.number(), v.minValue(1), v.maxValue(1440)), SETTING_DEFAULTS['cache.minutes']),
  'cache.persist': () => v.fallback(v.boolean(), true),
} as const satisfies Record<SettingKey, () => v.GenericSchema>;

type SettingValue<K extends SettingKey> = v.InferOutput<ReturnType<(typeof SCHEMAS)[K]>>;

/** The setting's present value. */
export function setting<K extends SettingKey>(key: K): SettingValue<K> {
  return v.parse(SCHEMAS[key](), vscode.workspace.getConfiguration('ecsExplorer').get<unknown>(key));
}

/** Runs the listener when one of the settings changes. */
export function onSettings(keys: readonly SettingKey[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (keys.some((key) => event.affectsConfiguration(`ecsExplorer.${key}`))) listener();
  });
}
