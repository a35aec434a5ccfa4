/**
 * Whole documents to start from, minimal and as one would write them by hand. `NAMESPACE` becomes a
 * choice of the mesh's own namespaces; numbered places are what a person fills in.
 */
export interface Template {
  /** Its code, under which i18n has its name. */
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  /** Nothing of it stands in a namespace. */
  readonly clusterScoped?: boolean;
}

const head = (apiVersion: string, kind: string, name: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: \${1:${name}}\n  namespace: NAMESPACE\n`;
const SECURITY = 'security.istio.io/v1';
const NETWORKING = 'networking.istio.io/v1';

/** The beginning of a spec that is about the pods of one app. */
const SPEC_OF_APP = `spec:
  selector:
    matchLabels:
      app: \${2:app}
`;

/** A Service for the app at a place of the template, on a port of its containers. */
const serviceSpec = (app: string, targetPort: string): string => `spec:
  selector:
    app: ${app}
  ports:
    - name: http
      port: 80
      targetPort: ${targetPort}
`;

const gateway = (mode: string, rest: string): string =>
  `${head(NETWORKING, 'Gateway', 'gateway')}spec:
  selector:
    istio: \${2:ingressgateway}
  servers:
    - port:
        number: 443
        name: https
        protocol: ${mode === 'PASSTHROUGH' ? 'TLS' : 'HTTPS'}
      tls:
        mode: ${mode}
${rest}      hosts:
        - \${3:app.example.com}
`;

export const TEMPLATES: readonly Template[] = [
  {
    id: 'peer-authentication',
    kind: 'PeerAuthentication',
    text: `${head(SECURITY, 'PeerAuthentication', 'default')}spec:
  mtls:
    mode: \${2|STRICT,PERMISSIVE,DISABLE|}
`,
  },
  {
    id: 'peer-authentication-port',
    kind: 'PeerAuthentication',
    text: `${head(SECURITY, 'PeerAuthentication', 'app')}${SPEC_OF_APP}  mtls:
    mode: STRICT
  portLevelMtls:
    \${3:8080}:
      mode: \${4|PERMISSIVE,DISABLE|}
`,
  },
  {
    id: 'authorization-deny-all',
    kind: 'AuthorizationPolicy',
    text: `${head(SECURITY, 'AuthorizationPolicy', 'deny-all')}spec: {}
`,
  },
  {
    id: 'authorization-allow-principal',
    kind: 'AuthorizationPolicy',
    text: `${head(SECURITY, 'AuthorizationPolicy', 'allow-caller')}${SPEC_OF_APP}  action: ALLOW
  rules:
    - from:
        - source:
            principals:
              - \${3:cluster.local/ns/default/sa/caller}
      to:
        - operation:
            methods: ["\${4:GET}"]
            paths: ["\${5:/*}"]
`,
  },
  {
    id: 'authorization-deny',
    kind: 'AuthorizationPolicy',
    text: `${head(SECURITY, 'AuthorizationPolicy', 'deny-path')}spec:
  action: DENY
  rules:
    - to:
        - operation:
            paths: ["\${2:/admin*}"]
            ports: ["\${3:8080}"]
`,
  },
  {
    id: 'authorization-jwt',
    kind: 'AuthorizationPolicy',
    text: `${head(SECURITY, 'AuthorizationPolicy', 'require-jwt')}${SPEC_OF_APP}  action: ALLOW
  rules:
    - from:
        - source:
            requestPrincipals: ["\${3:*}"]
`,
  },
  {
    id: 'request-authentication',
    kind: 'RequestAuthentication',
    text: `${head(SECURITY, 'RequestAuthentication', 'jwt')}${SPEC_OF_APP}  jwtRules:
    - issuer: \${3:https://issuer.example.com}
      jwksUri: \${4:https://issuer.example.com/.well-known/jwks.json}
`,
  },
  {
    id: 'destination-rule-tls',
    kind: 'DestinationRule',
    text: `${head(NETWORKING, 'DestinationRule', 'app')}spec:
  host: \${2:app}
  trafficPolicy:
    tls:
      mode: \${3|ISTIO_MUTUAL,SIMPLE,MUTUAL,DISABLE|}
`,
  },
  {
    id: 'destination-rule-subsets',
    kind: 'DestinationRule',
    text: `${head(NETWORKING, 'DestinationRule', 'app')}spec:
  host: \${2:app}
  subsets:
    - name: v1
      labels:
        version: v1
    - name: v2
      labels:
        version: v2
`,
  },
  {
    id: 'virtual-service',
    kind: 'VirtualService',
    text: `${head(NETWORKING, 'VirtualService', 'app')}spec:
  hosts:
    - \${2:app}
  http:
    - route:
        - destination:
            host: \${3:app}
            port:
              number: \${4:80}
`,
  },
  {
    id: 'virtual-service-gateway',
    kind: 'VirtualService',
    text: `${head(NETWORKING, 'VirtualService', 'app')}spec:
  hosts:
    - \${2:app.example.com}
  gateways:
    - \${3:gateway}
  http:
    - match:
        - uri:
            prefix: \${4:/}
      route:
        - destination:
            host: \${5:app}
            port:
              number: \${6:80}
`,
  },
  { id: 'gateway-simple', kind: 'Gateway', text: gateway('SIMPLE', `        credentialName: \${4:app-cert}\n`) },
  { id: 'gateway-mutual', kind: 'Gateway', text: gateway('MUTUAL', `        credentialName: \${4:app-cert}\n`) },
  {
    id: 'gateway-mutual-files',
    kind: 'Gateway',
    text: gateway(
      'MUTUAL',
      '        serverCertificate: /etc/istio/ingressgateway-certs/tls.crt\n' +
        '        privateKey: /etc/istio/ingressgateway-certs/tls.key\n' +
        '        caCertificates: /etc/istio/ingressgateway-ca-certs/ca.crt\n',
    ),
  },
  { id: 'gateway-passthrough', kind: 'Gateway', text: gateway('PASSTHROUGH', '') },
  {
    id: 'service-entry',
    kind: 'ServiceEntry',
    text: `${head(NETWORKING, 'ServiceEntry', 'external')}spec:
  hosts:
    - \${2:api.example.com}
  location: MESH_EXTERNAL
  resolution: DNS
  ports:
    - number: 443
      name: https
      protocol: TLS
`,
  },
  {
    id: 'sidecar',
    kind: 'Sidecar',
    text: `${head(NETWORKING, 'Sidecar', 'default')}spec:
  egress:
    - hosts:
        - ./*
        - istio-system/*
`,
  },
  {
    id: 'namespace',
    kind: 'Namespace',
    clusterScoped: true,
    text: `apiVersion: v1
kind: Namespace
metadata:
  name: \${1:shop}
  labels:
    istio-injection: enabled
`,
  },
  {
    id: 'workload',
    kind: 'Deployment',
    text: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: \${1:app}
  namespace: NAMESPACE
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${1:app}
  namespace: NAMESPACE
spec:
  selector:
    matchLabels:
      app: \${1:app}
  template:
    metadata:
      labels:
        app: \${1:app}
    spec:
      serviceAccountName: \${1:app}
      containers:
        - name: app
          image: \${1:app}
          ports:
            - containerPort: \${2:8080}
---
apiVersion: v1
kind: Service
metadata:
  name: \${1:app}
  namespace: NAMESPACE
${serviceSpec(`\${1:app}`, `\${2:8080}`)}`,
  },
  {
    id: 'service',
    kind: 'Service',
    text: `${head('v1', 'Service', 'app')}${serviceSpec(`\${2:app}`, `\${3:8080}`)}`,
  },
  {
    id: 'secret-tls',
    kind: 'Secret',
    text: `${head('v1', 'Secret', 'app-cert')}type: kubernetes.io/tls
stringData:
  tls.crt: |
    \${2:-----BEGIN CERTIFICATE-----}
  tls.key: |
    \${3:-----BEGIN PRIVATE KEY-----}
`,
  },
  {
    id: 'mesh-config',
    kind: 'ConfigMap',
    clusterScoped: true,
    text: `apiVersion: v1
kind: ConfigMap
metadata:
  name: istio
  namespace: istio-system
data:
  mesh: |
    trustDomain: \${1:cluster.local}
    outboundTrafficPolicy:
      mode: \${2|ALLOW_ANY,REGISTRY_ONLY|}
`,
  },
  {
    id: 'cert-manager-issuer',
    kind: 'Issuer',
    text: `${head('cert-manager.io/v1', 'Issuer', 'ca')}spec:
  ca:
    secretName: \${2:ca-key-pair}
`,
  },
  {
    id: 'cert-manager-certificate',
    kind: 'Certificate',
    text: `${head('cert-manager.io/v1', 'Certificate', 'app-cert')}spec:
  secretName: \${2:app-cert}
  dnsNames:
    - \${3:app.example.com}
  issuerRef:
    name: \${4:ca}
    kind: \${5|Issuer,ClusterIssuer|}
`,
  },
  {
    id: 'gateway-api',
    kind: 'Gateway',
    text: `${head('gateway.networking.k8s.io/v1', 'Gateway', 'gateway')}spec:
  gatewayClassName: istio
  listeners:
    - name: https
      port: 443
      protocol: HTTPS
      hostname: \${2:app.example.com}
      tls:
        mode: Terminate
        certificateRefs:
          - name: \${3:app-cert}
`,
  },
  {
    id: 'http-route',
    kind: 'HTTPRoute',
    text: `${head('gateway.networking.k8s.io/v1', 'HTTPRoute', 'app')}spec:
  parentRefs:
    - name: \${2:gateway}
  hostnames:
    - \${3:app.example.com}
  rules:
    - backendRefs:
        - name: \${4:app}
          port: \${5:80}
`,
  },
];

/** The text of a template, with the namespaces of the mesh to choose from. */
export function templateText({ text }: Template, namespaces: readonly string[]): string {
  const [first = 'default', ...others] = namespaces;
  // One placeholder of its own, beyond the others', so that it is asked for last.
  const choice = others.length === 0 ? `\${9:${first}}` : `\${9|${[first, ...others].join(',')}|}`;
  return text.replaceAll('NAMESPACE', choice);
}
