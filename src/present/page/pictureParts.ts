import type { Reach } from '../../domain/exposure/reach.js';
import type { FlowChange } from './flows.js';
import type { PictureNode } from './page.js';
import type { Subject } from './subjects.js';

/** What a picture shows: one subject with its groups, before and after the change that is looked at. */
export interface PictureParts {
  readonly id: string;
  readonly title: string;
  readonly subject: Subject;
  /** The same twice where no change is looked at. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly opensBefore: readonly Reach[];
  readonly opensAfter: readonly Reach[];
}

/** A group as the drawing and the sentences have it. */
export interface Member {
  /** Undefined where several are put together in one node. */
  readonly groupId: string | undefined;
  readonly node: PictureNode;
  readonly change: FlowChange;
}
