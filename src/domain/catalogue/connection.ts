import type { CatalogueEntry } from '../catalogueEntry.js';
import type { ConnectionCode } from '../failure.js';
import { documentedBy } from './sources.js';

/**
 * Connections that did not come about, or not to the service. The remedies name the settings of VS Code that an
 * extension's `fetch` obeys; `http.proxyStrictSSL` and `http.proxyAuthorization` it does not (test/e2e/network.test.ts).
 */
export const CONNECTION: Readonly<Record<ConnectionCode, CatalogueEntry>> = {
  'Client.TlsUntrusted': {
    meaning: {
      en: 'The certificate of the other side was issued by nobody whom this machine trusts, as behind a company proxy that inspects traffic. Nothing was sent.',
      zh: '对方的证书不是由本机信任的机构颁发的，例如处于会解密流量的公司代理之后。未发送任何请求。',
    },
    remedy: {
      en: 'Install its root certificate in the operating system, with http.systemCertificates on; or name it in NODE_EXTRA_CA_CERTS, with that setting off; then restart VS Code. Turning http.proxyStrictSSL off does not help and endangers other requests.',
      zh: '将根证书装入操作系统并开启 http.systemCertificates；或用 NODE_EXTRA_CA_CERTS 指定并将其关闭，然后重启。关闭 http.proxyStrictSSL 无济于事，还会危及其他请求。',
    },
    retry: 'never',
    fix: 'openNetworkSettings',
    ...documentedBy('client'),
  },
  'Client.TlsDate': {
    meaning: {
      en: 'By the clock of this machine, the certificate of the other side has expired or is not yet valid. Nothing was sent.',
      zh: '按本机时钟，对方的证书已过期或尚未生效。未发送任何请求。',
    },
    remedy: {
      en: 'Check the date and time of the machine that runs the extension. If they are right, whoever runs the proxy (http.proxy) or the custom endpoint has to renew the certificate.',
      zh: '检查运行本扩展的机器的日期和时间。如果无误，需要由代理（http.proxy）或自定义接入点的管理者更新证书。',
    },
    retry: 'never',
    fix: 'retry',
    ...documentedBy('client'),
  },
  'Client.TlsHost': {
    meaning: {
      en: 'The certificate of the other side belongs to another host, so that something else answers at this address. Nothing was sent.',
      zh: '对方的证书属于其他主机，说明在此地址应答的不是预期的服务。未发送任何请求。',
    },
    remedy: {
      en: 'Give the host in ecsExplorer.endpoint by the name that its certificate has. Without a custom endpoint, sign in to the network with a browser, and check http.proxy.',
      zh: '在 ecsExplorer.endpoint 中使用证书所对应的主机名。如果没有自定义接入点，通过浏览器登录网络，并检查 http.proxy。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('client'),
  },
  'Client.Tls': {
    meaning: {
      en: 'Both sides did not agree on a secure connection, or it broke. A change has probably not been carried out, but only reading the resource again can tell.',
      zh: '双方未能就安全连接达成一致，或安全连接中断。更改很可能未被执行，但只有重新读取资源才能确定。',
    },
    remedy: {
      en: 'Check that the port of ecsExplorer.endpoint is the one for https, and that http.proxy begins with http:// where the proxy itself does not speak TLS.',
      zh: '检查 ecsExplorer.endpoint 的端口是否为 https 端口；如果代理本身不使用 TLS，http.proxy 应以 http:// 开头。',
    },
    retry: 'rereadFirst',
    fix: 'openNetworkSettings',
    ...documentedBy('client'),
  },
  'Client.TunnelCut': {
    meaning: {
      en: 'The connection was cut before it was secure, as proxies and firewalls do that let no connection to this host through. Nothing was sent.',
      zh: '连接在建立安全通道之前被切断，代理或防火墙不放行到该主机的连接时会如此。未发送任何请求。',
    },
    remedy: {
      en: 'Have the host allowed in the proxy or firewall, or reach it by another way: http.proxy, http.noProxy, a VPN.',
      zh: '请管理员在代理或防火墙中放行该主机，或改用其他途径：http.proxy、http.noProxy 或 VPN。',
    },
    retry: 'backoff',
    fix: 'openNetworkSettings',
    ...documentedBy('client'),
  },
  'Client.ProxyAuthentication': {
    meaning: {
      en: 'The proxy wants a name and password (407), so the request went no further.',
      zh: '代理要求用户名和密码（407），请求没有继续转发。',
    },
    remedy: {
      en: 'Enter them when VS Code asks, or put them before the host in http.proxy, with a colon between them and @ after them. http.proxyAuthorization is for VS Code itself and does not reach extensions; http.proxySupport off bypasses the proxy.',
      zh: '在 VS Code 询问时输入，或写在 http.proxy 的主机名之前，用冒号分隔，后接 @。http.proxyAuthorization 只用于 VS Code 自身的请求，对扩展无效；http.proxySupport 设为 off 则绕过代理。',
    },
    retry: 'never',
    fix: 'openNetworkSettings',
    ...documentedBy('client'),
  },
  'Client.ProxyRefused': {
    meaning: {
      en: 'The proxy refused to connect to the host of the endpoint, so nothing was sent. The log has the HTTP status that it gave.',
      zh: '代理拒绝连接接入点所在主机，未发送任何请求。日志中有代理返回的 HTTP 状态码。',
    },
    remedy: {
      en: 'Check http.proxy, and ask whoever runs the proxy to allow the host; where it can be reached without the proxy, add it to http.noProxy.',
      zh: '检查 http.proxy，并请代理的管理者放行该主机；如果不经过代理也能访问，将其加入 http.noProxy。',
    },
    retry: 'never',
    fix: 'openNetworkSettings',
    ...documentedBy('client'),
  },
};
