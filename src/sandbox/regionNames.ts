/** Names of a region in the languages that the service's oldest documentation of AcceptLanguage knows. */
export interface RegionNames {
  readonly zh: string;
  readonly en: string;
  readonly ja: string;
  /** The code that ids of the region begin with; unofficial. */
  readonly code: string;
}

/** Source: the ECS endpoint page (api-ecs-2014-05-26-endpoint), 2026-01-12; codes as seen in sample ids. */
export const REGION_NAMES: Readonly<Record<string, RegionNames>> = {
  'cn-qingdao': { zh: '华北1（青岛）', en: 'China (Qingdao)', ja: '中国 (青島)', code: 'm5e' },
  'cn-beijing': { zh: '华北2（北京）', en: 'China (Beijing)', ja: '中国 (北京)', code: '2ze' },
  'cn-zhangjiakou': { zh: '华北3（张家口）', en: 'China (Zhangjiakou)', ja: '中国 (張家口)', code: '8vb' },
  'cn-hangzhou': { zh: '华东1（杭州）', en: 'China (Hangzhou)', ja: '中国 (杭州)', code: 'bp1' },
  'cn-shanghai': { zh: '华东2（上海）', en: 'China (Shanghai)', ja: '中国 (上海)', code: 'uf6' },
  'cn-shenzhen': { zh: '华南1（深圳）', en: 'China (Shenzhen)', ja: '中国 (深セン)', code: 'wz9' },
  'cn-chengdu': { zh: '西南1（成都）', en: 'China (Chengdu)', ja: '中国 (成都)', code: '2vc' },
  'cn-hongkong': { zh: '中国香港', en: 'China (Hong Kong)', ja: '中国 (香港)', code: 'j6c' },
  'ap-southeast-1': { zh: '新加坡', en: 'Singapore', ja: 'シンガポール', code: 't4n' },
  'ap-northeast-1': { zh: '日本（东京）', en: 'Japan (Tokyo)', ja: '日本 (東京)', code: '6we' },
  'us-west-1': { zh: '美国（硅谷）', en: 'US (Silicon Valley)', ja: '米国 (シリコンバレー)', code: 'rj9' },
  'us-east-1': { zh: '美国（弗吉尼亚）', en: 'US (Virginia)', ja: '米国 (バージニア)', code: '0xi' },
  'eu-central-1': { zh: '德国（法兰克福）', en: 'Germany (Frankfurt)', ja: 'ドイツ (フランクフルト)', code: 'gw8' },
};
