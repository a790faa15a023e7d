import * as vscode from 'vscode';
import type { ViewScope } from '../app/session.js';

/** What was changed from this window, and under which connection. */
export interface ChangedHere {
  readonly scope: ViewScope;
  /** Of targets and groups. */
  readonly ids: readonly string[];
}

/** Tells whoever shows a resource that it was changed from this window. */
export function createChangedHere(): vscode.EventEmitter<ChangedHere> {
  return new vscode.EventEmitter<ChangedHere>();
}
