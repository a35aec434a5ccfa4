/** Secrets as proxies ask for them: what a gateway serves with, and what is pushed while it runs. */
export const sds = {
  title: 'What it serves with',
  noServers: 'No server here terminates TLS, so no credential is served.',
  own: 'Its own identity',
  upstream: 'For calls it makes itself',
  anyName: 'any server name',
  port: 'listener {{listener}}',
  clientCertificate: {
    required: 'Clients must present a certificate.',
    requested: 'Clients may present a certificate.',
    'not-requested': 'Clients are asked for no certificate.',
  },
  state: {
    serving: 'serving',
    waiting: 'waiting for a secret',
    refusing: 'secret refused',
    'not-listening': 'not listening',
    unknown: 'cannot tell',
  },
  meets: {
    waiting:
      'While nobody answers, a new port stays closed for up to 15 s (curl 7): its listener warms. Then it opens, and connections to these names are reset (curl 35) until the secret comes. Other servers on the port go on.',
    refusing:
      'Envoy cannot load what it got. A gateway that starts now opens the port at once and resets connections to these names (curl 35); one that runs keeps the secret it had.',
    'not-listening': 'Envoy refuses the whole listener: the port is closed for every name (curl 7).',
    unknown: 'What the secret holds lies outside the mesh.',
  },
  use: { certificate: 'key and certificate', 'trust-bundle': 'CA for the peer’s certificates', unknown: 'secret' },
  asks: {
    istiod: 'istiod answers, over ADS',
    'istio-agent': 'istio-agent answers, over a local socket',
  },
  serial: 'serial {{serial}}, valid until {{date}}',
  none: 'No answer: {{why}}.',
  refused: 'Refused by Envoy: {{why}}.',
  crls_one: 'and {{count}} revocation list',
  crls_other: 'and {{count}} revocation lists',
  system: 'the bundle of the proxy image’s operating system',
  log: {
    asRunning: 'Call it as it runs',
    title: 'Pushed while it runs',
    empty: 'Replace a Secret in the YAML: what is pushed to this gateway appears here.',
    label: 'Pushed secrets, newest first',
    show: 'Show its secrets',
    close: 'Close',
    supplied: 'Pushed {{name}} to {{proxy}}: serial {{now}}. No restart.',
    replaced:
      'Pushed {{name}} to {{proxy}}: serial {{before}} → {{now}}. No restart; connections that are open keep the old one.',
    waiting:
      '{{proxy}} asks for {{name}}, and nobody answers: {{why}}. A new port stays closed for up to 15 s; after that, connections to this server are reset.',
    withdrawn:
      'Nobody answers for {{name}} any more: {{why}}. {{proxy}} keeps serial {{before}} until it restarts; a verdict here is that of a gateway that starts now.',
    refused: '{{proxy}} refuses the new {{name}}: {{why}}. A gateway that starts now has none.',
    refusedKept:
      '{{proxy}} refuses the new {{name}}: {{why}}. It keeps serial {{before}}; a verdict here is that of a gateway that starts now.',
    released: '{{proxy}} no longer asks for {{name}}.',
  },
  /** In a line or two, over whatever is being edited. */
  news: {
    supplied: '{{name}} pushed to {{proxy}}: serial {{now}}, no restart.',
    replaced:
      '{{name}} pushed to {{proxy}}: serial {{before}} → {{now}}, no restart. Open connections keep the old one.',
    waiting: 'Nobody answers for {{name}}: {{why}}.',
    withdrawn: 'Nobody answers for {{name}} any more. Gateways that run keep serial {{before}}.',
    refused: '{{proxy}} refuses {{name}}: {{why}}.',
    refusedKept: '{{proxy}} refuses {{name}} and keeps serial {{before}}.',
    released: '{{proxy}} no longer asks for {{name}}.',
    more_one: 'and {{count}} more',
    more_other: 'and {{count}} more',
  },
  ways: {
    title: 'SDS or files?',
    sds: 'SDS: credentialName names a Secret in the gateway pod’s namespace. istiod reads it and pushes it; a new one is in use within seconds, with no restart. The pod mounts nothing.',
    files:
      'Files: the Secret is mounted into the pod, and serverCertificate, privateKey and caCertificates name paths. istio-agent watches the files and hands them to Envoy as file-cert: and file-root: secrets; a change arrives when the kubelet has updated the mount.',
    containers:
      'kubectl shows the pod as 1/1: SDS is part of istio-agent and istiod. Old releases had a second container, ingress-sds, for it (2/2), and its log said “pushed key/cert pair to proxy”; the pushes above stand for that line.',
    replicas_one: 'One replica runs. More of them would each ask for the same names and get the same secrets.',
    replicas_other: '{{count}} replicas run. Each asks for the same names and gets the same secrets.',
  },
} as const;
