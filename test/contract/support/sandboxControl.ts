import type { Sandbox } from '../../../src/sandbox/server.js';

export interface ControlResult {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** `POST /_control/<verb>` with whatever body. */
export async function tryControl(sandbox: Pick<Sandbox, 'endpoint' | 'controlToken'>, verb: string, body: unknown = {}): Promise<ControlResult> {
  const response = await fetch(`${sandbox.endpoint}/_control/${verb}`, {
    method: 'POST',
    headers: { 'x-sandbox-control': sandbox.controlToken },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** As above; anything but a success fails the test. */
export async function control(sandbox: Pick<Sandbox, 'endpoint' | 'controlToken'>, verb: string, body: unknown = {}): Promise<Record<string, unknown>> {
  const result = await tryControl(sandbox, verb, body);
  if (result.status !== 200) throw new Error(`${verb}: ${result.status} ${JSON.stringify(result.body)}`);
  return result.body;
}
