import type { CatalogueEntry } from '../catalogueEntry.js';
import type { CredentialCode } from '../failure.js';
import { documentedBy } from './sources.js';

/** Ways to get keys that did not lead to any. Where it is to be mended stands beside: the file and its field, never its contents. */
export const CREDENTIALS: Readonly<Record<CredentialCode, CatalogueEntry>> = {
  'Client.CredentialFileMissing': {
    meaning: { en: 'A file that this account needs is not there, so nothing was sent.', zh: '此账号所需的文件不存在，未发送任何请求。' },
    remedy: { en: 'Create it, for example with aliyun configure, or choose another account.', zh: '创建该文件（例如运行 aliyun configure），或选择其他账号。' },
    retry: 'refreshCredentials',
    fix: 'switchAccount',
    ...documentedBy('client'),
  },
  'Client.CredentialFileUnreadable': {
    meaning: {
      en: 'A credentials file cannot be read: it is a folder, a loop of links or a device, or this user may not read it. Nothing was sent.',
      zh: '无法读取凭证文件：它是文件夹、循环链接或设备，或者当前用户没有读取权限。未发送任何请求。',
    },
    remedy: { en: 'Look at the kind and the permissions of the file, or choose another account.', zh: '检查该文件的类型和权限，或选择其他账号。' },
    retry: 'refreshCredentials',
    fix: 'openCredentialFile',
    ...documentedBy('client'),
  },
  'Client.CredentialFileTooLarge': {
    meaning: { en: 'A credentials file is far larger than such files are, so it was not read.', zh: '凭证文件远超正常大小，因此未读取。' },
    remedy: { en: 'See whether it is the right file: a thousand profiles need less than a megabyte.', zh: '确认文件是否正确：一千个配置也不到 1 MB。' },
    retry: 'refreshCredentials',
    fix: 'openCredentialFile',
    ...documentedBy('client'),
  },
  'Client.CredentialFileMalformed': {
    meaning: { en: 'A credentials file is not what it should be, so no account could be read from it.', zh: '凭证文件的格式不正确，无法从中读取账号。' },
    remedy: { en: 'Mend the named place in an editor, or write the file anew with aliyun configure.', zh: '在编辑器中修正所指出的位置，或运行 aliyun configure 重新生成该文件。' },
    retry: 'refreshCredentials',
    fix: 'openCredentialFile',
    ...documentedBy('client'),
  },
  'Client.ProfileMissing': {
    meaning: { en: 'The file has no profile of this name any more, so nothing was sent.', zh: '文件中已没有此名称的配置，未发送任何请求。' },
    remedy: { en: 'Choose another account, or create the profile again with aliyun configure.', zh: '选择其他账号，或运行 aliyun configure 重新创建该配置。' },
    retry: 'refreshCredentials',
    fix: 'switchAccount',
    ...documentedBy('client'),
  },
  'Client.ProfileIncomplete': {
    meaning: {
      en: 'The profile lacks something, or has it in a form that it cannot have: an empty value, a space within a key, an address of another kind. Nothing was sent.',
      zh: '该配置缺少内容或内容格式不正确：值为空、密钥中含有空格、地址类型不符等。未发送任何请求。',
    },
    remedy: { en: 'Mend the named field in the file, or configure the profile again with aliyun configure.', zh: '在文件中修正所指出的字段，或运行 aliyun configure 重新配置。' },
    retry: 'refreshCredentials',
    fix: 'openCredentialFile',
    ...documentedBy('client'),
  },
  'Client.ProfileLoop': {
    meaning: { en: 'The profiles name each other as their source in a circle, or in too long a chain.', zh: '这些配置相互引用为来源，形成循环，或引用链过长。' },
    remedy: { en: 'Let source_profile lead to a profile that has keys of its own.', zh: '让 source_profile 指向自身拥有密钥的配置。' },
    retry: 'refreshCredentials',
    fix: 'openCredentialFile',
    ...documentedBy('client'),
  },
  'Client.ModeUnsupported': {
    meaning: {
      en: 'Not supported yet: this way to get keys is not built into ECS Explorer, since it could not be tried against its token service.',
      zh: '暂不支持：ECS Explorer 尚未实现此种获取密钥的方式，因为无法针对其令牌服务进行验证。',
    },
    remedy: {
      en: 'Use a profile of another mode; the mode External can run the aliyun CLI or any other program that prints keys.',
      zh: '改用其他模式的配置；External 模式可以运行 aliyun CLI 或任何能输出密钥的程序。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('client'),
  },
  'Client.SignInExpired': {
    meaning: { en: 'The sign-in of this profile has run out, so no keys could be got with it.', zh: '此配置的登录已过期，无法用它获取密钥。' },
    remedy: { en: 'Sign in again with the aliyun CLI in a terminal, then try again; the file is read anew.', zh: '在终端中用 aliyun CLI 重新登录，然后重试；届时会重新读取该文件。' },
    retry: 'refreshCredentials',
    fix: 'signIn',
    ...documentedBy('client'),
  },
  'Client.CredentialCommand': {
    meaning: { en: 'The command that should print the keys of this profile could not be run, failed, took over a minute or printed something else.', zh: '用于输出此配置密钥的命令无法运行、执行失败、超过一分钟或输出了其他内容。' },
    remedy: { en: 'Run the command of the named field in a terminal: it has to print one JSON object with access_key_id and access_key_secret.', zh: '在终端中运行所指出字段中的命令：它应输出一个包含 access_key_id 和 access_key_secret 的 JSON 对象。' },
    retry: 'refreshCredentials',
    fix: 'retry',
    ...documentedBy('client'),
  },
  'Client.TokenAnswer': {
    meaning: { en: 'What gives out the keys of this account answered, but with no keys that can be used.', zh: '密钥服务有应答，但没有给出可用的密钥。' },
    remedy: { en: 'Look at the address and role of the profile; on an ECS instance, see whether a RAM role is attached.', zh: '检查该配置的地址和角色；如果在 ECS 实例上，请确认实例已绑定 RAM 角色。' },
    retry: 'refreshCredentials',
    fix: 'retry',
    ...documentedBy('client'),
  },
  'Client.KeyGone': {
    meaning: { en: 'This AccessKey is no longer in the secret storage of VS Code, so nothing was sent.', zh: '此 AccessKey 已不在 VS Code 的机密存储中，未发送任何请求。' },
    remedy: {
      en: 'Add it again with Add AccessKey…; where VS Code has no keyring, it forgets keys when it is closed.',
      zh: '通过“添加 AccessKey…”重新添加；如果系统没有密钥环，VS Code 关闭后会丢失密钥。',
    },
    retry: 'refreshCredentials',
    fix: 'addAccessKey',
    ...documentedBy('client'),
  },
  'Client.ProfileChanged': {
    meaning: {
      en: 'This account leads to other credentials by now than those with which it was opened, so nothing more is sent with either.',
      zh: '此账号现在指向的凭证与打开时不同，因此不再用其中任何一个发送请求。',
    },
    remedy: { en: 'The tree is opened anew with the present ones; look at it before you repeat a change.', zh: '资源树会用当前凭证重新打开；再次执行更改前请先查看。' },
    retry: 'never',
    fix: 'refresh',
    ...documentedBy('client'),
  },
};
