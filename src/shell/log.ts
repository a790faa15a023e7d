import * as vscode from 'vscode';
import type { Failure } from '../domain/failure.js';
import { redact } from '../domain/redact.js';
import type { Language } from '../domain/text.js';
import { forLog, linesForLog } from '../present/literal.js';
import { failureLines, logBlock, type LogBlock } from '../present/logText.js';

/** The channel "ECS Explorer". Every line passes the redactor; labels are English, explanations in the display language. */
export class Log implements vscode.Disposable {
  readonly #channel: vscode.LogOutputChannel;
  readonly #language: Language;
  readonly #secrets = new Set<string>();

  constructor(language: Language) {
    this.#channel = vscode.window.createOutputChannel('ECS Explorer', { log: true });
    this.#language = language;
  }

  /** Remembers a secret, so that it is hidden wherever it might turn up. */
  hide(secret: string): void {
    this.#secrets.add(secret);
  }

  /** The text without anything secret: for messages as well. */
  clean(text: string): string {
    return redact(text, this.#secrets);
  }

  info(line: string): void {
    this.#channel.info(this.clean(forLog(line)));
  }

  /** A failure of a read, with what it means. */
  failure(what: string, failure: Failure): void {
    this.#channel.error(this.#block([forLog(what), ...failureLines(failure, this.#language)]));
  }

  /** One operation, as one block. */
  operation(block: LogBlock): void {
    const text = this.#block([forLog(`${block.operation}: ${block.outcome}`), ...logBlock(block, this.#language)]);
    if (block.failure === undefined) this.#channel.info(text);
    else this.#channel.error(text);
  }

  /** An error that nobody expected: a fault of ours. */
  unexpected(what: string, error: unknown): void {
    // A stack repeats the message, which may carry anything: a whole file, or a text of the cloud with line breaks.
    this.#channel.error(linesForLog(this.clean(`${forLog(what)}: ${error instanceof Error ? (error.stack ?? error.message) : typeof error}`)));
  }

  /** Each line by itself: a quotation mark that a text of the cloud leaves open must not take the lines below with it. */
  #block(lines: readonly string[]): string {
    return lines.map((line) => this.clean(line)).join('\n');
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
