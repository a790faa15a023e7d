import * as v from 'valibot';

/** What a lease file says. Process and machine stand in the window's id as well; here they are for people who look. */
export interface LeaseRecord {
  readonly window: string;
  readonly pid: number;
  readonly host: string;
  /** An operation runs there. */
  readonly held: boolean;
  /** Wall time of the last sign of life, in milliseconds since 1970. */
  readonly heartbeat: number;
}

const Lease = v.object({ window: v.string(), pid: v.number(), host: v.string(), held: v.boolean(), heartbeat: v.number() });

/** Undefined when the text is no lease, for example because it is being written at this moment. */
export function parseLease(text: string): LeaseRecord | undefined {
  try {
    const parsed = v.safeParse(Lease, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
