/** Names of a region in the languages that the service's oldest documentation of AcceptLanguage knows. */
export interface RegionNames {
  readonly zh: string;
  readonly en: string;
  readonly ja: string;
  /** The code that ids of the region begin with; unofficial. */
  readonly code: string;
}

const names = (code: string, en: string, zh: string, ja: string): RegionNames => ({ zh, en, ja, code });

/**
 * The 35 public regions. Source: the ECS endpoint page (api-ecs-2014-05-26-endpoint), 2026-01-12, and
 * reference/regions.json. Codes are those seen in sample ids (design.md section 3); where no sample was seen
 * they are ours, and only unique.
 */
export const REGION_NAMES: Readonly<Record<string, RegionNames>> = {
  'cn-qingdao': names('m5e', 'China (Qingdao)', '华北1（青岛）', '中国 (青島)'),
  'cn-beijing': names('2ze', 'China (Beijing)', '华北2（北京）', '中国 (北京)'),
  'cn-zhangjiakou': names('8vb', 'China (Zhangjiakou)', '华北3（张家口）', '中国 (張家口)'),
  'cn-huhehaote': names('hp3', 'China (Hohhot)', '华北5（呼和浩特）', '中国 (フフホト)'),
  'cn-wulanchabu': names('0jl', 'China (Ulanqab)', '华北6（乌兰察布）', '中国 (ウランチャブ)'),
  'cn-hangzhou': names('bp1', 'China (Hangzhou)', '华东1（杭州）', '中国 (杭州)'),
  'cn-shanghai': names('uf6', 'China (Shanghai)', '华东2（上海）', '中国 (上海)'),
  'cn-nanjing': names('gc7', 'China (Nanjing - Local Region)', '华东5（南京-本地地域）', '中国 (南京-ローカルリージョン)'),
  'cn-fuzhou': names('gw0', 'China (Fuzhou - Local Region)', '华东6（福州-本地地域）', '中国 (福州-ローカルリージョン)'),
  'cn-wuhan-lr': names('n4a', 'China (Wuhan - Local Region)', '华中1（武汉-本地地域）', '中国 (武漢-ローカルリージョン)'),
  'cn-shenzhen': names('wz9', 'China (Shenzhen)', '华南1（深圳）', '中国 (深セン)'),
  'cn-heyuan': names('f8z', 'China (Heyuan)', '华南2（河源）', '中国 (河源)'),
  'cn-guangzhou': names('7xv', 'China (Guangzhou)', '华南3（广州）', '中国 (広州)'),
  'cn-chengdu': names('2vc', 'China (Chengdu)', '西南1（成都）', '中国 (成都)'),
  'cn-zhongwei': names('1zw', 'China (Zhongwei)', '西北2（中卫）', '中国 (中衛)'),
  'cn-hongkong': names('j6c', 'China (Hong Kong)', '中国香港', '中国 (香港)'),
  'ap-northeast-1': names('6we', 'Japan (Tokyo)', '日本（东京）', '日本 (東京)'),
  'ap-northeast-2': names('mj7', 'South Korea (Seoul)', '韩国（首尔）', '韓国 (ソウル)'),
  'ap-southeast-1': names('t4n', 'Singapore', '新加坡', 'シンガポール'),
  'ap-southeast-3': names('8ps', 'Malaysia (Kuala Lumpur)', '马来西亚（吉隆坡）', 'マレーシア (クアラルンプール)'),
  'ap-southeast-8': names('jh8', 'Malaysia (Johor)', '马来西亚（柔佛州）', 'マレーシア (ジョホール)'),
  'ap-southeast-5': names('k1a', 'Indonesia (Jakarta)', '印度尼西亚（雅加达）', 'インドネシア (ジャカルタ)'),
  'ap-southeast-6': names('5ts', 'Philippines (Manila)', '菲律宾（马尼拉）', 'フィリピン (マニラ)'),
  'ap-southeast-7': names('0jo', 'Thailand (Bangkok)', '泰国（曼谷）', 'タイ (バンコク)'),
  'us-east-1': names('0xi', 'US (Virginia)', '美国（弗吉尼亚）', '米国 (バージニア)'),
  'us-west-1': names('rj9', 'US (Silicon Valley)', '美国（硅谷）', '米国 (シリコンバレー)'),
  'us-southeast-1': names('a1t', 'US (Atlanta)', '美国（亚特兰大）', '米国 (アトランタ)'),
  'na-south-1': names('mx1', 'Mexico', '墨西哥', 'メキシコ'),
  'sa-east-1': names('br1', 'Brazil (Sao Paulo)', '巴西（圣保罗）', 'ブラジル (サンパウロ)'),
  'eu-west-1': names('d7o', 'UK (London)', '英国（伦敦）', '英国 (ロンドン)'),
  'eu-central-1': names('gw8', 'Germany (Frankfurt)', '德国（法兰克福）', 'ドイツ (フランクフルト)'),
  'eu-west-2': names('pa2', 'France (Paris)', '法国（巴黎）', 'フランス (パリ)'),
  'eu-west-3': names('am3', 'Netherlands (Amsterdam)', '荷兰（阿姆斯特丹）', 'オランダ (アムステルダム)'),
  'me-east-1': names('eb3', 'UAE (Dubai)', '阿联酋（迪拜）', 'UAE (ドバイ)'),
  'me-central-1': names('l4v', 'SAU (Riyadh - Partner Region)', '沙特（利雅得-合作伙伴运营）', 'サウジアラビア (リヤド)'),
};

/** The code inside the ids of a region; for a region without names one that no other region has. */
export function regionCode(regionId: string): string {
  return REGION_NAMES[regionId]?.code ?? 'xyz';
}
