import type { CatalogueEntry } from '../catalogueEntry.js';
import type { ClientCode } from '../failure.js';
import { CONNECTION } from './connection.js';
import { CREDENTIALS } from './credentials.js';
import { ENDPOINT } from './endpoint.js';
import { documentedBy } from './sources.js';

/** Our own codes: what happened on this side, and whether something may have been sent. */
export const CLIENT: Readonly<Record<ClientCode, CatalogueEntry>> = {
  ...CREDENTIALS,
  ...CONNECTION,
  ...ENDPOINT,
  'Client.Offline': {
    meaning: {
      en: 'The machine that runs the extension has no network connection, so nothing was sent.',
      zh: '运行本扩展的机器没有网络连接，未发送任何请求。',
    },
    remedy: { en: 'Connect it to the network and try again.', zh: '连接网络后重试。' },
    retry: 'backoff',
    fix: 'retry',
    ...documentedBy('client'),
  },
  'Client.Dns': {
    meaning: {
      en: 'The host name of the endpoint could not be resolved, so nothing was sent.',
      zh: '无法解析接入点的主机名，未发送任何请求。',
    },
    remedy: {
      en: 'Check DNS and VPN, and the host in ecsExplorer.endpoint. VPC endpoints (ecsExplorer.network) work only from inside a VPC.',
      zh: '检查 DNS 和 VPN，以及设置 ecsExplorer.endpoint 中的主机名。VPC 接入点（ecsExplorer.network）只能在专有网络内使用。',
    },
    retry: 'backoff',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.ConnectionRefused': {
    meaning: {
      en: 'The host of the endpoint, or the proxy before it, refused the connection, so nothing was sent.',
      zh: '接入点所在主机或其前面的代理拒绝了连接，未发送任何请求。',
    },
    remedy: {
      en: 'Check the address and port of a custom endpoint and of the proxy (http.proxy), then try again.',
      zh: '检查自定义接入点和代理（http.proxy）的地址与端口，然后重试。',
    },
    retry: 'backoff',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.ConnectionLost': {
    meaning: {
      en: 'The connection broke before an answer arrived. A change may have been carried out: its outcome is unknown until the resource has been read again.',
      zh: '连接在收到应答之前中断。更改可能已被执行：在重新读取资源之前，结果未知。',
    },
    remedy: {
      en: 'Read the resource again, and repeat the change only if it has not taken effect.',
      zh: '重新读取资源，仅在更改未生效时再次执行。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('client'),
  },
  'Client.Timeout': {
    meaning: {
      en: 'No answer arrived within the time limit. A change may still be carried out: its outcome is unknown until the resource has been read again.',
      zh: '在时限内没有收到应答。更改仍可能被执行：在重新读取资源之前，结果未知。',
    },
    remedy: {
      en: 'Check the resource before repeating a change. On a slow network, raise ecsExplorer.requests.timeoutSeconds.',
      zh: '重复更改之前先检查资源。如果网络较慢，调高设置 ecsExplorer.requests.timeoutSeconds。',
    },
    retry: 'rereadFirst',
    fix: 'openTimeoutSetting',
    ...documentedBy('client'),
  },
  'Client.Cancelled': {
    meaning: {
      en: 'The operation was cancelled here. What had not been sent stays unsent; a change that had been sent is followed to its outcome.',
      zh: '操作已在本地取消。尚未发送的不再发送；已发送的更改会继续跟踪到有结果为止。',
    },
    remedy: {
      en: 'See in the Activity view what was sent before the cancelling, and start the rest again when it is needed.',
      zh: '在活动视图中查看取消之前已发送的内容，其余部分在需要时重新发起。',
    },
    retry: 'rereadFirst',
    fix: 'none',
    ...documentedBy('client'),
  },
  'Client.NotJson': {
    meaning: {
      en: 'An answer arrived that is not JSON and cannot be read. What became of the request is not known.',
      zh: '收到的应答不是 JSON，无法读取，因此不清楚请求的处理结果。',
    },
    remedy: {
      en: 'Read the resource again to learn its state; if every answer is like this, check what a custom endpoint or a proxy does to answers.',
      zh: '重新读取资源以了解其状态；如果每次应答都如此，检查自定义接入点或代理对应答做了什么处理。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('client'),
  },
  'Client.HtmlAnswer': {
    meaning: {
      en: 'A web page came back instead of an answer of the service: that of a proxy, or the sign-in page of a network such as a hotel\'s. The request has probably not reached ECS, but that is not certain.',
      zh: '返回的是网页而不是服务的应答：来自代理，或是网络（例如酒店网络）的登录页面。请求很可能没有到达 ECS，但不能确定。',
    },
    remedy: {
      en: 'Open any page in a browser and sign in to the network or the proxy there. If none asks for it, check http.proxy and ecsExplorer.endpoint. Look at the resource before repeating a change.',
      zh: '用浏览器打开任意网页，在其中登录网络或代理。如果没有出现登录页面，检查 http.proxy 和 ecsExplorer.endpoint。重复更改之前先查看资源。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('client'),
  },
  'Client.Redirected': {
    meaning: {
      en: 'The answer was a redirect to another address, as ECS does not send. It was not followed, because a signed request must not go to another host.',
      zh: '应答是跳转到其他地址，而 ECS 不会这样应答。由于签名请求不能发往其他主机，没有跟随跳转。',
    },
    remedy: {
      en: 'If a network or proxy demands signing in, do so in a browser; otherwise correct ecsExplorer.endpoint.',
      zh: '如果网络或代理要求登录，在浏览器中登录；否则更正设置 ecsExplorer.endpoint。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.AnswerTooLarge': {
    meaning: {
      en: 'The answer was larger than any answer of ECS is expected to be, so reading it was stopped. A change may have been carried out.',
      zh: '应答的大小超出了 ECS 应答的正常范围，已停止读取。如果是更改操作，可能已被执行。',
    },
    remedy: {
      en: 'Make sure that ECS and nothing else answers at the endpoint, and narrow a long list with a filter.',
      zh: '确认在该接入点应答的确实是 ECS；如果列表很长，使用筛选缩小范围。',
    },
    retry: 'rereadFirst',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.OddAnswer': {
    meaning: {
      en: 'The answer is JSON, but does not have the shape that this operation returns, so it does not tell the outcome.',
      zh: '应答是 JSON，但不是此操作应有的结构，因此无法从中得知结果。',
    },
    remedy: {
      en: 'Read once more; if it stays so without a custom endpoint, report it with the log block.',
      zh: '再读取一次；如果没有使用自定义接入点仍然如此，附上日志反馈此问题。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('client'),
  },
  'Client.NoAccount': {
    meaning: {
      en: 'No account has been chosen yet, or the one that was asked for is not among those shown, so nothing was sent.',
      zh: '尚未选择账号，或所要求的账号不在已显示的账号之中，未发送任何请求。',
    },
    remedy: {
      en: 'Choose one with Switch Account; the sandbox needs no cloud account.',
      zh: '通过“切换账号”选择一个账号；沙箱无需云账号即可使用。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('client'),
  },
  'Client.NoCredentials': {
    meaning: {
      en: 'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not both set in the environment of the extension host of VS Code, so nothing was sent.',
      zh: '在 VS Code 扩展宿主的运行环境中，没有同时设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，未发送任何请求。',
    },
    remedy: {
      en: 'Set both variables where VS Code is started, on a remote machine if it runs there, and restart it; or choose another account.',
      zh: '在启动 VS Code 的环境中设置这两个变量（如果在远程机器上运行，则在该机器上设置）并重启，或选择其他账号。',
    },
    retry: 'refreshCredentials',
    fix: 'switchAccount',
    ...documentedBy('client'),
  },
  'Client.SandboxFailed': {
    meaning: {
      en: 'The local sandbox process did not start or has ended, so there was nothing to send the request to.',
      zh: '本地沙箱进程未能启动或已退出，没有可接收请求的对象。',
    },
    remedy: {
      en: 'Try once more; if it fails again, see in the output why the process ended.',
      zh: '再试一次；如果仍然失败，在输出中查看该进程退出的原因。',
    },
    retry: 'backoff',
    fix: 'retry',
    ...documentedBy('client'),
  },
  'Client.InvalidRegionId': {
    meaning: {
      en: 'The region ID is empty, has characters other than a-z, 0-9 and "-", or would lead to a storage bucket, so it was not put into an address and nothing was sent.',
      zh: '地域 ID 为空、含有 a-z、0-9 和“-”以外的字符，或会指向 OSS 存储空间，因此没有用它拼接地址，未发送任何请求。',
    },
    remedy: {
      en: 'Give an ID such as cn-hangzhou; look at ecsExplorer.regions, at the profile and at the arguments of the command.',
      zh: '使用 cn-hangzhou 这样的 ID；检查设置 ecsExplorer.regions、配置文件以及命令的参数。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('client'),
  },
  'Client.NoGroups': {
    meaning: {
      en: 'The list of security groups is empty. The service would leave the groups as they are and still answer success, so nothing was sent.',
      zh: '安全组列表为空。服务会保持原有安全组不变却仍然返回成功，因此未发送任何请求。',
    },
    remedy: {
      en: 'Name at least one security group: every instance and every ENI has to stay in one.',
      zh: '至少指定一个安全组：每个实例和每个弹性网卡都必须至少属于一个安全组。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('client'),
  },
  'Client.ListChanged': {
    meaning: {
      en: 'The security groups of the target changed since you saw them, so its list was not replaced: that would have undone the change of somebody else.',
      zh: '在您查看之后，目标的安全组发生了变化，因此没有替换其列表：否则会撤销他人的更改。',
    },
    remedy: { en: 'Look at the groups as they are now, and replace them again if it is still wanted.', zh: '查看当前的安全组，如仍有需要再重新替换。' },
    retry: 'never',
    fix: 'checkAgain',
    ...documentedBy('client'),
  },
  'Client.JournalFailed': {
    meaning: {
      en: 'The change could not be written into the journal on this machine, so it was not sent: without the journal it could be lost if the window closes.',
      zh: '无法将此更改写入本机的操作日志，因此未发送：没有日志，窗口关闭时它可能会丢失。',
    },
    remedy: { en: 'Check that the disk of the extension storage is neither full nor read-only, then try again.', zh: '检查扩展存储所在磁盘是否已满或只读，然后重试。' },
    retry: 'backoff',
    fix: 'retry',
    ...documentedBy('client'),
  },
  'Client.OtherIdentity': {
    meaning: {
      en: 'The change was made under another account or with other credentials than those in use now, so it can be neither undone nor looked up with these.',
      zh: '此更改是用其他账号或其他凭证执行的，无法用当前凭证撤销或核实。',
    },
    remedy: { en: 'Switch to the account that made the change.', zh: '切换到执行此更改的账号。' },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('client'),
  },
  'Client.WindowClosed': {
    meaning: {
      en: 'The window was closed while the change was under way. It was looked up afterwards, and the change is not there.',
      zh: '更改进行期间窗口被关闭。事后核实，此更改未生效。',
    },
    remedy: { en: 'Make the change again if it is still wanted.', zh: '如仍有需要，请重新执行。' },
    retry: 'afterStateChange',
    fix: 'retry',
    ...documentedBy('client'),
  },
  'Client.NotListed': {
    meaning: {
      en: 'The resource is not in the answer of the service. It may be gone, be in another region, or not be visible to this account, as permissions filter lists.',
      zh: '服务的应答中没有该资源。它可能已不存在、在其他地域，或对此账号不可见，因为列表会按权限过滤。',
    },
    remedy: {
      en: 'Refresh, look in other regions with Find Resource, or have someone check whether this account may see it.',
      zh: '刷新，或通过“查找资源”在其他地域中查找，或请管理员确认此账号能否看到该资源。',
    },
    retry: 'never',
    fix: 'refresh',
    ...documentedBy('client'),
  },
  'Client.NoDryRun': {
    meaning: {
      en: 'The service offers no check for this list, so nobody can tell whether it is empty or hidden from this account.',
      zh: '服务没有为此列表提供检查，因此无法判断列表是空的，还是对此账号不可见。',
    },
    remedy: {
      en: 'Ask whoever manages permissions whether this account has ecs:DescribeNetworkInterfaces for the region.',
      zh: '请向权限管理员确认此账号在该地域是否拥有 ecs:DescribeNetworkInterfaces 权限。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('client'),
  },
  'Client.Unexpected': {
    meaning: {
      en: 'Something failed inside the extension that it was not prepared for. If a change was under way, it may have been sent.',
      zh: '扩展内部发生了未预料到的错误。如果当时正在执行更改，请求可能已发送。',
    },
    remedy: {
      en: 'Check the resource and the Activity view, then report the log block that Show Output shows.',
      zh: '检查资源和活动视图，然后通过“显示输出”取得日志并反馈。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('client'),
  },
};
