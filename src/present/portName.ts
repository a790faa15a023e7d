/**
 * What usually listens on a port: the services behind {@link SENSITIVE_PORTS} of `domain`, and others that a person knows by
 * name (IANA's registry of service names and port numbers, and the products' own defaults). A name, never a proof: anything may listen there.
 */
const PORT_NAME: ReadonlyMap<number, string> = new Map([
  [20, 'FTP data'],
  [21, 'FTP'],
  [22, 'SSH'],
  [23, 'Telnet'],
  [25, 'SMTP'],
  [53, 'DNS'],
  [80, 'HTTP'],
  [110, 'POP3'],
  [111, 'RPC'],
  [123, 'NTP'],
  [135, 'MS RPC'],
  [143, 'IMAP'],
  [161, 'SNMP'],
  [179, 'BGP'],
  [389, 'LDAP'],
  [443, 'HTTPS'],
  [445, 'SMB'],
  [465, 'SMTPS'],
  [514, 'Syslog'],
  [636, 'LDAPS'],
  [873, 'rsync'],
  [993, 'IMAPS'],
  [995, 'POP3S'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [2049, 'NFS'],
  [2181, 'ZooKeeper'],
  [2375, 'Docker'],
  [2376, 'Docker TLS'],
  [2379, 'etcd'],
  [3000, 'Grafana'],
  [3306, 'MySQL'],
  [3389, 'RDP'],
  [5432, 'PostgreSQL'],
  [5601, 'Kibana'],
  [5672, 'AMQP'],
  [5900, 'VNC'],
  [5985, 'WinRM'],
  [6379, 'Redis'],
  [6443, 'Kubernetes'],
  [8080, 'HTTP'],
  [8443, 'HTTPS'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [10250, 'kubelet'],
  [11211, 'Memcached'],
  [27017, 'MongoDB'],
]);

/** The well-known name of a port; undefined where it has none. */
export function portName(port: number): string | undefined {
  return PORT_NAME.get(port);
}
