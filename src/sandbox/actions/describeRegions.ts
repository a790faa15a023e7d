import { apiError, type Outcome } from '../apiError.js';
import { jsonBody, listBody, type Call } from '../call.js';
import { refuseList } from '../permissions.js';
import { REGION_NAMES, type RegionNames } from '../regionNames.js';

type Language = Exclude<keyof RegionNames, 'code'>;

/** Languages as documented; where this sandbox has no names of its own it answers with the nearest. zh_TW is the page's spelling, zh-TW the SDK's. */
const LANGUAGES: ReadonlyMap<string, Language> = new Map<string, Language>([
  ['zh-CN', 'zh'],
  ['zh-TW', 'zh'],
  ['zh_TW', 'zh'],
  ['en-US', 'en'],
  ['ja', 'ja'],
  ['fr', 'en'],
  ['de', 'en'],
  ['ko', 'en'],
]);

/** The regions of the world. Source: the DescribeRegions page, EN id 59345834590. */
export function describeRegions(call: Call): Outcome {
  const language = LANGUAGES.get(call.params.text('AcceptLanguage') ?? 'zh-CN');
  if (language === undefined) {
    const message = 'The specified AcceptLanguage does not exist. Valid values: zh-CN, en-US, ja.';
    return { error: apiError(404, 'InvalidAcceptLanguage.NotFound', message) };
  }
  const refusal = refuseList(call);
  if (refusal !== undefined) return { error: refusal };
  const items = call.world.regionIds.map((regionId) =>
    jsonBody({
      RegionId: regionId,
      LocalName: REGION_NAMES[regionId]?.[language] ?? regionId,
      RegionEndpoint: call.host,
      Status: 'available',
    }),
  );
  return { body: listBody({ RequestId: call.requestId }, ['Regions', 'Region'], items) };
}
