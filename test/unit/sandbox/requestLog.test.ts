import { describe, expect, it } from 'vitest';
import { RequestLog, type LoggedRequest } from '../../../src/sandbox/requestLog.js';

const entry = (requestId: string, parameters: Record<string, string> = {}): LoggedRequest => ({
  action: 'DescribeRegions', parameters, status: 200, code: '', requestId, userAgent: 'test', at: '2026-11-24T00:00:00.000Z', bytes: 2,
});

describe('the request log', () => {
  it('keeps the latest requests up to its capacity', () => {
    const log = new RequestLog(4);
    for (let index = 1; index <= 100; index += 1) log.add(entry(String(index)));
    expect(log.entries().map(({ requestId }) => requestId)).toEqual(['97', '98', '99', '100']);
  });

  it('cuts values that are too long to keep', () => {
    const log = new RequestLog();
    log.add(entry('1', { InstanceIds: 'x'.repeat(50_000) }));
    expect(log.entries()[0]?.parameters['InstanceIds']).toHaveLength(8_000);
  });

  it('can be emptied', () => {
    const log = new RequestLog();
    log.add(entry('1'));
    log.clear();
    expect(log.entries()).toEqual([]);
  });
});
