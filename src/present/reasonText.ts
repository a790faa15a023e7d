import type { Finding, Reason, ReasonName } from '../domain/finding.js';
import type { Language, Text } from '../domain/text.js';
import { FACT_NAME, listed, stateWord } from './words.js';

/** Why, with the values of this case, and what to do about it. */
interface ReasonWords {
  readonly why: Text;
  readonly remedy: Text;
}

type ReasonOf<N extends ReasonName> = Extract<Reason, { readonly reason: N }>;
type Words = { readonly [N in ReasonName]: (reason: ReasonOf<N>) => ReasonWords };

const GROUP_WORD = { basic: { en: 'a basic group', plural: 'basic groups', zh: '普通安全组' }, advanced: { en: 'an advanced group', plural: 'advanced groups', zh: '企业级安全组' } } as const;
const NETWORK_WORD = { vpc: { en: 'a VPC', zh: '专有网络' }, classic: { en: 'the classic network', zh: '经典网络' } } as const;
const ID_PROBLEM = {
  empty: { en: 'it is empty', zh: '内容为空' },
  characters: { en: 'it has characters that no id has', zh: '包含 ID 不可能有的字符' },
  length: { en: 'it is longer than any id', zh: '长度超过任何 ID' },
  otherKind: { en: 'its prefix is that of another kind of resource', zh: '其前缀属于另一类资源' },
} as const;

/** The value that a sentence is about, last and after a colon; nothing where there is none. */
function after(value: string): Text {
  return value === '' ? { en: '', zh: '' } : { en: `: ${value}`, zh: `：${value}` };
}

const ANOTHER_GROUP: Text = { en: 'Choose another security group.', zh: '请选择其他安全组。' };

const WORDS: Words = {
  bothIds: () => ({
    why: { en: 'Both an instance and a network interface were given', zh: '同时指定了实例和弹性网卡' },
    remedy: { en: 'Give exactly one of the two.', zh: '二者只能指定其一。' },
  }),
  noTarget: () => ({
    why: { en: 'Neither an instance nor a network interface was given', zh: '既没有指定实例，也没有指定弹性网卡' },
    remedy: { en: 'Give exactly one of the two.', zh: '必须指定其中一个。' },
  }),
  interfaceWithoutRegion: () => ({
    why: { en: 'A network interface was given without its region', zh: '指定了弹性网卡，但没有指定它所在的地域' },
    remedy: { en: 'Give the region of the network interface as well.', zh: '请同时指定弹性网卡所在的地域。' },
  }),
  malformedId: ({ id, problem }) => ({
    why: { en: `This does not look like an id (${ID_PROBLEM[problem].en})${after(id).en}`, zh: `这不像一个有效的 ID（${ID_PROBLEM[problem].zh}）${after(id).zh}` },
    remedy: { en: 'Check the id.', zh: '请检查该 ID。' },
  }),
  targetNotListed: ({ id, regionId }) => ({
    why: { en: `Not listed in ${regionId} for this account: ${id}`, zh: `此账号在 ${regionId} 中没有列出：${id}` },
    remedy: {
      en: 'It may be gone, in another region, or hidden from this account by its permissions.',
      zh: '它可能已被释放、位于其他地域，或因权限对此账号不可见。',
    },
  }),
  groupNotListed: ({ id, regionId }) => ({
    why: { en: `This security group is not listed in ${regionId} for this account: ${id}`, zh: `此账号在 ${regionId} 中没有列出该安全组：${id}` },
    remedy: {
      en: 'Check the id and the region; permissions may also hide it from this account.',
      zh: '请检查 ID 和地域；也可能是权限使此账号看不到它。',
    },
  }),
  instanceState: ({ state, passing }) => ({
    why: { en: `The instance is ${stateWord(state, 'en')}; it must be Running or Stopped`, zh: `实例处于“${stateWord(state, 'zh')}”状态；必须为“运行中”或“已停止”` },
    remedy: passing
      ? { en: 'Wait until the instance has left this state, then try again.', zh: '请等待实例离开此状态后重试。' }
      : { en: 'This state is not among the documented ones; the service will decide.', zh: '此状态不在文档所列之中，由服务决定。' },
  }),
  interfaceState: ({ state }) => ({
    why: { en: `The network interface is ${stateWord(state, 'en')}; Available and In use are accepted`, zh: `弹性网卡处于“${stateWord(state, 'zh')}”状态；可接受的状态为“可用”和“已绑定”` },
    remedy: { en: 'Wait until it has settled, then try again.', zh: '请等待其状态稳定后重试。' },
  }),
  hostBeingCreated: ({ instanceId }) => ({
    why: { en: `The instance of this network interface is still being created: ${instanceId}`, zh: `该弹性网卡所属的实例仍在创建中：${instanceId}` },
    remedy: { en: 'Wait until the instance has been created, then try again.', zh: '请等待实例创建完成后重试。' },
  }),
  primaryInterface: ({ instanceId }) => ({
    why: { en: 'This is a primary network interface; it shares the security groups of its instance', zh: '这是主网卡，它与所属实例使用相同的安全组' },
    remedy:
      instanceId === undefined
        ? { en: 'Choose its instance instead.', zh: '请改为选择其所属实例。' }
        : { en: `Choose its instance instead: ${instanceId}`, zh: `请改为选择其所属实例：${instanceId}` },
  }),
  interfaceType: ({ type }) => ({
    why: { en: `No document says whether a network interface of this type can join: ${type}`, zh: `没有文档说明此类型的弹性网卡能否加入安全组：${type}` },
    remedy: { en: 'The service will decide.', zh: '由服务决定。' },
  }),
  managedInterface: () => ({
    why: { en: 'The network interface is managed by a cloud product', zh: '该弹性网卡由云产品托管' },
    remedy: { en: 'Change it through the product that manages it.', zh: '请通过托管它的云产品进行修改。' },
  }),
  managedGroup: () => ({
    why: { en: 'The security group is managed by a cloud product', zh: '该安全组由云产品托管' },
    remedy: { en: 'Managed security groups cannot be changed; choose another one.', zh: '托管安全组不可修改，请选择其他安全组。' },
  }),
  securityLock: () => ({
    why: { en: 'The instance is locked for security reasons', zh: '实例因安全原因被锁定' },
    remedy: { en: 'Have the lock lifted in the console first.', zh: '请先在控制台解除锁定。' },
  }),
  otherLock: ({ lock }) => ({
    why: { en: `The instance is locked: ${lock}`, zh: `实例已被锁定：${lock}` },
    remedy: { en: 'Such a lock is not known to refuse a join; the service will decide.', zh: '已知此类锁定不会阻止加入安全组，由服务决定。' },
  }),
  otherNetworkType: ({ target, group }) => ({
    why: { en: `Other network type: the target is in ${NETWORK_WORD[target].en}, the group in ${NETWORK_WORD[group].en}`, zh: `网络类型不同：目标位于${NETWORK_WORD[target].zh}，安全组位于${NETWORK_WORD[group].zh}` },
    remedy: ANOTHER_GROUP,
  }),
  otherVpc: ({ targetVpc, groupVpc }) => ({
    why: { en: `Other VPC: the target is in ${targetVpc}, the group in ${groupVpc}`, zh: `专有网络不同：目标位于 ${targetVpc}，安全组位于 ${groupVpc}` },
    remedy: { en: 'Choose a security group of the VPC of the target.', zh: '请选择与目标同一专有网络的安全组。' },
  }),
  alreadyMember: () => ({
    why: { en: 'Already a member of this security group', zh: '已经在该安全组中' },
    remedy: { en: 'Nothing to do.', zh: '无需操作。' },
  }),
  notMember: () => ({
    why: { en: 'Not a member of this security group', zh: '不在该安全组中' },
    remedy: { en: 'Nothing to do.', zh: '无需操作。' },
  }),
  lastGroup: () => ({
    why: { en: 'This is its only security group; one must always remain', zh: '这是它唯一的安全组；必须至少保留一个' },
    remedy: { en: 'Join another security group first, or replace the groups in one step.', zh: '请先加入其他安全组，或一次性替换安全组。' },
  }),
  noGroups: () => ({
    why: { en: 'The list of security groups is empty; one must always remain', zh: '安全组列表为空；必须至少保留一个' },
    remedy: { en: 'Choose at least one security group.', zh: '请至少选择一个安全组。' },
  }),
  sameGroups: () => ({
    why: { en: 'It is in exactly these security groups already', zh: '它已经恰好在这些安全组中' },
    remedy: { en: 'Nothing to do.', zh: '无需操作。' },
  }),
  listChanged: ({ groups }) => ({
    why: { en: `Its security groups changed since you saw them; they are now: ${listed(groups, 'en')}`, zh: `在您查看之后，它的安全组发生了变化；现在为：${listed(groups, 'zh')}` },
    remedy: { en: 'Start again from the groups as they are now.', zh: '请基于当前的安全组重新操作。' },
  }),
  mixedTypes: () => ({
    why: { en: 'The list has basic and advanced groups; all must be of one type', zh: '列表中同时有普通安全组和企业级安全组；必须为同一类型' },
    remedy: { en: 'Choose groups of one type.', zh: '请选择同一类型的安全组。' },
  }),
  typeChanges: ({ to }) =>
    to === 'advanced'
      ? {
          why: {
            en: 'Its groups become advanced ones, which let nothing in or out that no rule accepts, and cannot refer to other groups',
            zh: '其安全组将变为企业级安全组：没有规则允许的出入流量都会被拒绝，且规则不能引用其他安全组',
          },
          remedy: { en: 'Make sure that the rules accept all that is needed, outbound as well.', zh: '请确认规则已允许所需的全部流量，包括出方向。' },
        }
      : {
          why: { en: 'Its groups become basic ones, whose members may reach each other and send anything out', zh: '其安全组将变为普通安全组：组内成员可以互访，出方向默认全部允许' },
          remedy: { en: 'Make sure that this is wanted.', zh: '请确认这是您想要的。' },
        },
  classicTarget: () => ({
    why: { en: 'It is in the classic network, where the list of groups cannot be replaced', zh: '它位于经典网络，无法替换安全组列表' },
    remedy: { en: 'Join and leave single groups instead.', zh: '请改为逐个加入或离开安全组。' },
  }),
  changedElsewhere: () => ({
    why: { en: 'Another operation is changing this target right now', zh: '另一个操作正在更改此目标' },
    remedy: { en: 'Wait until it has ended; the Activity view shows it.', zh: '请等待其结束；可在活动视图中查看。' },
  }),
  otherGroupType: ({ group, current }) => ({
    why: { en: `This is ${GROUP_WORD[group].en} and the target is in ${GROUP_WORD[current].plural}`, zh: `该组是${GROUP_WORD[group].zh}，而目标已在${GROUP_WORD[current].zh}中` },
    remedy: {
      en: 'All groups of one target must be of one type; a join cannot change it.',
      zh: '同一目标的所有安全组必须是同一类型，加入操作不能改变类型。',
    },
  }),
  groupsUnreadable: ({ ids }) => ({
    why: { en: `The type of its current groups could not be read: ${listed(ids, 'en')}`, zh: `无法读取其当前安全组的类型：${listed(ids, 'zh')}` },
    remedy: { en: 'If they are of the other type, the service will refuse.', zh: '如果类型不同，服务会拒绝。' },
  }),
  tooManyGroups: ({ current, ceiling }) => ({
    why: { en: `In ${current} security groups already; ${ceiling} is the most that any account is allowed`, zh: `已在 ${current} 个安全组中；任何账号最多允许 ${ceiling} 个` },
    remedy: { en: 'Leave another security group first.', zh: '请先离开其他安全组。' },
  }),
  groupLimit: ({ current, limit }) => ({
    why: { en: `In ${current} security groups already; the usual limit is ${limit}`, zh: `已在 ${current} 个安全组中；通常上限为 ${limit} 个` },
    remedy: {
      en: 'The limit of your account may be higher; the service will decide.',
      zh: '您账号的上限可能更高，由服务决定。',
    },
  }),
  ruleTotal: ({ total, limit }) => ({
    why: { en: `All its groups together would have ${total} rules; at most ${limit} are allowed`, zh: `其所有安全组合计将有 ${total} 条规则；最多允许 ${limit} 条` },
    remedy: { en: 'Remove rules, or leave another security group first.', zh: '请先减少规则或离开其他安全组。' },
  }),
  ruleTotalNear: ({ total, limit }) => ({
    why: { en: `All its groups together would have ${total} of ${limit} rules; prefix lists count with their maximum size`, zh: `其所有安全组合计将有 ${total} 条规则（上限 ${limit} 条）；前缀列表按最大条目数计算` },
    remedy: { en: 'The service may refuse; consider fewer rules.', zh: '服务可能拒绝，建议减少规则。' },
  }),
  ruleTotalUnknown: ({ ids }) => ({
    why: { en: `The number of rules could not be read: ${listed(ids, 'en')}`, zh: `无法读取规则数量：${listed(ids, 'zh')}` },
    remedy: { en: 'If the total is above 1,000, the service will refuse.', zh: '如果合计超过 1,000 条，服务会拒绝。' },
  }),
  groupFull: ({ need, available }) => ({
    why: { en: `The security group has about ${available} places left; ${need} are needed`, zh: `该安全组大约还剩 ${available} 个位置，需要 ${need} 个` },
    remedy: { en: 'The figure is approximate; the service will decide.', zh: '该数字为近似值，由服务决定。' },
  }),
  advancedGroupSupport: ({ instanceType }) => ({
    why: { en: `The service decides whether the instance type can be in advanced groups${after(instanceType).en}`, zh: `实例规格是否支持企业级安全组由服务决定${after(instanceType).zh}` },
    remedy: { en: 'Nothing tells beforehand which can.', zh: '事先无法得知哪些支持。' },
  }),
  otherOwner: ({ owner, account }) => ({
    why: { en: `The network interface belongs to account ${owner}, you are signed in as ${account}`, zh: `该弹性网卡属于账号 ${owner}，当前账号为 ${account}` },
    remedy: { en: 'Both sides must belong to one account.', zh: '双方必须属于同一账号。' },
  }),
  changedSincePlan: () => ({
    why: { en: 'The facts changed since the plan was shown, so nothing was sent', zh: '展示方案之后情况发生了变化，因此没有发送请求' },
    remedy: { en: 'Start again to see the new state.', zh: '请重新操作以查看最新状态。' },
  }),
  opensToWorld: ({ openings }) => ({
    why: { en: `Opens to everyone: ${listed(openings, 'en')}`, zh: `对所有地址开放：${listed(openings, 'zh')}` },
    remedy: { en: 'Make sure that this is wanted.', zh: '请确认这是您想要的。' },
  }),
  closes: ({ drops }) => ({
    why: { en: `Closes: ${listed(drops, 'en')}`, zh: `将拒绝：${listed(drops, 'zh')}` },
    remedy: {
      en: 'The rules of all groups count together, and a drop wins at equal priority.',
      zh: '所有安全组的规则合并生效，优先级相同时拒绝优先。',
    },
  }),
  noLongerLets: ({ accepts }) => ({
    why: { en: `No longer accepts: ${listed(accepts, 'en')}`, zh: `不再允许：${listed(accepts, 'zh')}` },
    remedy: { en: 'Connections that are open already may live on for up to 910 seconds.', zh: '已建立的连接最长可能继续保持 910 秒。' },
  }),
  noLongerDrops: ({ drops }) => ({
    why: { en: `No longer drops: ${listed(drops, 'en')}`, zh: `不再拒绝：${listed(drops, 'zh')}` },
    remedy: { en: 'What these rules held back may get through.', zh: '被这些规则拦截的流量可能会通过。' },
  }),
  membersApart: () => ({
    why: { en: 'It and the members of what it leaves may no longer reach each other', zh: '它与所移出安全组的成员之间可能无法再互访' },
    remedy: { en: 'Make sure that nothing depends on it.', zh: '请确认没有业务依赖于此。' },
  }),
  membersReachEachOther: () => ({
    why: { en: 'Members of this group can reach each other', zh: '该安全组的成员之间可以互访' },
    remedy: { en: 'That is the default of basic groups.', zh: '这是普通安全组的默认设置。' },
  }),
  effectUnknown: () => ({
    why: { en: 'What this opens or closes could not be read completely', zh: '无法完整读取此操作会开放或拒绝哪些访问' },
    remedy: { en: 'Look at the rules in the console.', zh: '请在控制台查看规则。' },
  }),
  controllerOwned: ({ controller, name }) => ({
    why:
      controller === 'kubernetes'
        ? { en: `The target belongs to a Kubernetes cluster${after(name).en}`, zh: `目标属于 Kubernetes 集群${after(name).zh}` }
        : { en: `The target belongs to an Auto Scaling group${after(name).en}`, zh: `目标属于弹性伸缩组${after(name).zh}` },
    remedy: { en: 'Its controller may undo the change.', zh: '其控制器可能会撤销此更改。' },
  }),
  missingFact: ({ fact }) => ({
    why: { en: `The service did not tell ${FACT_NAME[fact].en}`, zh: `服务没有返回${FACT_NAME[fact].zh}` },
    remedy: { en: 'The rule could not be checked; the service will decide.', zh: '无法检查该规则，由服务决定。' },
  }),
};

function wordsOf(finding: Finding): ReasonWords {
  // The table is keyed by the reason's name, so the function fits the reason; TypeScript can't follow that.
  return (WORDS[finding.because.reason] as (reason: Reason) => ReasonWords)(finding.because);
}

/** Why, in one sentence without a full stop, hostile values included: escape it for its place. */
export function whyText(finding: Finding, language: Language): string {
  return wordsOf(finding).why[language];
}

/** What to do about it, in one sentence. */
export function remedyText(finding: Finding, language: Language): string {
  return wordsOf(finding).remedy[language];
}
