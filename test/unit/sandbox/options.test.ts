import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../src/sandbox/options.js';

describe('the command line', () => {
  it('may be empty', () => {
    expect(readOptions([])).toEqual({});
  });

  it('sets everything', () => {
    const args = '--world rules --port 8080 --access-key-id a --access-key-secret b --visibility-ms 0 --latency-ms 50'.split(' ');
    expect(readOptions(args)).toEqual({ world: 'rules', port: 8080, accessKeyId: 'a', accessKeySecret: 'b', visibilityMs: 0, latencyMs: 50 });
  });

  it.each([
    [['--world', 'mars'], '--world must be one of: demo, rules'],
    [['--port', '70000'], '--port must be a whole number from 0 to 65535'],
    [['--port=-1'], '--port must be a whole number from 0 to 65535'],
    [['--visibility-ms', 'soon'], '--visibility-ms must be a whole number from 0 to 60000'],
    [['--latency-ms', '1.5'], '--latency-ms must be a whole number from 0 to 60000'],
    [['--access-key-id='], 'an AccessKey cannot be empty'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('says what is wrong with %j', (args, problem) => {
    expect(readOptions(args)).toEqual({ problem: expect.stringContaining(problem) as unknown });
  });
});
