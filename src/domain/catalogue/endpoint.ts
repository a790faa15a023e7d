import type { CatalogueEntry } from '../catalogueEntry.js';
import type { EndpointCode } from '../failure.js';
import { documentedBy } from './sources.js';

/** What can be wrong with the setting `ecsExplorer.endpoint`; none of the texts repeats it, as it may hold a password. */
export const ENDPOINT: Readonly<Record<EndpointCode, CatalogueEntry>> = {
  'Client.InvalidEndpoint.Characters': {
    meaning: {
      en: 'The setting ecsExplorer.endpoint contains a space, a backslash or a character that cannot be seen, so nothing was sent.',
      zh: '设置 ecsExplorer.endpoint 含有空格、反斜杠或不可见字符，未发送任何请求。',
    },
    remedy: {
      en: 'Type the address anew instead of pasting it: https://host or https://host:port.',
      zh: '不要粘贴，重新输入地址：https://host 或 https://host:port。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.InvalidEndpoint.Scheme': {
    meaning: {
      en: 'The setting ecsExplorer.endpoint does not begin with https://, so nothing was sent.',
      zh: '设置 ecsExplorer.endpoint 不以 https:// 开头，未发送任何请求。',
    },
    remedy: {
      en: 'Write https:// before the host; without an endpoint of your own, empty the setting.',
      zh: '在主机名前加上 https://；如果不需要自定义接入点，清空该设置。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.InvalidEndpoint.UserPart': {
    meaning: {
      en: 'The setting ecsExplorer.endpoint has a user or a password before the host, so nothing was sent.',
      zh: '设置 ecsExplorer.endpoint 在主机名之前带有用户名或密码，未发送任何请求。',
    },
    remedy: {
      en: 'Remove everything up to the "@". The keys that sign requests belong to the account, and a password to no setting.',
      zh: '删除“@”及其之前的内容。用于签名的密钥属于账号，密码不应写入任何设置。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.InvalidEndpoint.Path': {
    meaning: {
      en: 'The setting ecsExplorer.endpoint has a path after the host, so nothing was sent.',
      zh: '设置 ecsExplorer.endpoint 在主机名之后带有路径，未发送任何请求。',
    },
    remedy: {
      en: 'End the address after the host or its port; ECS is always asked at the root of its host.',
      zh: '地址到主机名或端口为止；ECS 总是在主机的根路径上接收请求。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.InvalidEndpoint.Query': {
    meaning: {
      en: 'The setting ecsExplorer.endpoint has something after a question mark or a number sign, so nothing was sent.',
      zh: '设置 ecsExplorer.endpoint 带有“?”或“#”及其后的内容，未发送任何请求。',
    },
    remedy: {
      en: 'Remove the question mark or number sign and what follows it.',
      zh: '删除“?”或“#”及其后的内容。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.InvalidEndpoint.Host': {
    meaning: {
      en: 'The setting ecsExplorer.endpoint names no host, or a host or port that cannot exist, so nothing was sent.',
      zh: '设置 ecsExplorer.endpoint 没有主机名，或主机名、端口不可能存在，未发送任何请求。',
    },
    remedy: {
      en: 'Write a host name or an IP address after https://, and a port only between 1 and 65535.',
      zh: '在 https:// 之后填写主机名或 IP 地址，端口只能在 1 到 65535 之间。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.InvalidEndpoint.PlainHttp': {
    meaning: {
      en: 'The setting ecsExplorer.endpoint begins with http:// and leads to another machine, where everybody in between could read along. Nothing was sent.',
      zh: '设置 ecsExplorer.endpoint 以 http:// 开头并指向其他机器，途中任何人都能读取内容。未发送任何请求。',
    },
    remedy: {
      en: 'Use https://. Only this machine (127.0.0.1, ::1, localhost) may be asked over http://.',
      zh: '使用 https://。只有本机（127.0.0.1、::1、localhost）可以使用 http://。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
};
