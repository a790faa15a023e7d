import type { Language, Text } from '../domain/text.js';
import { forPick } from './literal.js';

/** Where an account's keys come from, in few words: they stand beside a row, which is cut where they begin. */
export const SOURCE_NAME: Readonly<Record<'sandbox' | 'environment' | 'cli' | 'ini' | 'key', Text>> = {
  sandbox: { en: 'On this machine', zh: '本机' },
  environment: { en: 'Environment', zh: '环境变量' },
  cli: { en: 'aliyun CLI profiles', zh: 'aliyun CLI 配置' },
  ini: { en: 'Credentials file', zh: '凭证文件' },
  key: { en: 'Kept in VS Code', zh: '保存在 VS Code 中' },
};

/** Its icon, the same in every list. */
export const SOURCE_ICON: Readonly<Record<keyof typeof SOURCE_NAME, string>> = { sandbox: 'beaker', key: 'key', cli: 'terminal', ini: 'file', environment: 'symbol-variable' };

/** How a profile gets its keys, in the words of the CLI and of the credentials file; a mode that is not here stands as it is. */
const MODE_NAME: Readonly<Record<string, Text>> = {
  AK: { en: 'AccessKey', zh: 'AccessKey' },
  access_key: { en: 'AccessKey', zh: 'AccessKey' },
  StsToken: { en: 'STS token', zh: 'STS 令牌' },
  sts: { en: 'STS token', zh: 'STS 令牌' },
  RamRoleArn: { en: 'RAM role', zh: 'RAM 角色' },
  ram_role_arn: { en: 'RAM role', zh: 'RAM 角色' },
  ChainableRamRoleArn: { en: 'RAM role by way of another profile', zh: '经由其他配置扮演 RAM 角色' },
  EcsRamRole: { en: 'role of this ECS instance', zh: '本 ECS 实例的角色' },
  ecs_ram_role: { en: 'role of this ECS instance', zh: '本 ECS 实例的角色' },
  External: { en: 'keys from a command', zh: '由命令提供密钥' },
  CredentialsURI: { en: 'keys from an address', zh: '由地址提供密钥' },
  OIDC: { en: 'RAM role by OIDC', zh: '通过 OIDC 扮演 RAM 角色' },
  CloudSSO: { en: 'CloudSSO sign-in', zh: 'CloudSSO 登录' },
  OAuth: { en: 'sign-in in the browser', zh: '浏览器登录' },
};

export function modeName(mode: string, language: Language): string {
  return Object.hasOwn(MODE_NAME, mode) ? (MODE_NAME[mode]?.[language] ?? mode) : forPick(mode);
}
