import type { Tag } from '../model.js';

/** Tags as every list carries them. */
export function tagsBody(tags: readonly Tag[]): { Tag: { TagKey: string; TagValue: string }[] } {
  return { Tag: tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })) };
}
