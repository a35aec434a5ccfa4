/** What to do about a call that did not get through. */
export const remedy = {
  label: 'To fix it:',
  'resolve-the-name':
    'use a name that exists for this caller: `service.namespace` from another namespace, or a ServiceEntry for a host outside.',
  'open-the-port':
    'make something listen there: a Gateway server on that port whose selector matches the gateway, a Service with that port, or another port in the call.',
  'trust-the-server-ca':
    'let the caller trust the CA that signed the server certificate (`--cacert`, or caCertificates / credentialName of the DestinationRule).',
  'use-a-name-of-the-certificate':
    'call the server by a name in its certificate, or issue one with the name that is used.',
  'renew-the-server-certificate': 'put a certificate that is valid now into the Secret.',
  'fix-the-server-certificate':
    'issue the server certificate anew with the usages and constraints that the check wants.',
  'send-a-client-certificate':
    'send a client certificate (`--cert`, `--key`), or ask for none: mode SIMPLE or OPTIONAL_MUTUAL.',
  'use-a-certificate-of-the-client-ca':
    'use a client certificate that the server’s CA signed, or add its CA to the cacert (ca.crt) of the credential.',
  'renew-the-client-certificate': 'use a client certificate that is valid now.',
  'use-an-accepted-client-name':
    'use a client certificate with an accepted name, or add its name to subjectAltNames (or its trust domain to trustDomainAliases).',
  'fix-the-client-certificate':
    'issue the client certificate anew with the usages and constraints that the check wants.',
  'agree-on-tls-version':
    'let the two sides share a TLS version and cipher suite: minProtocolVersion, maxProtocolVersion, cipherSuites, `--tls-max`.',
  'supply-the-secret':
    'put the Secret named by credentialName into the namespace of the gateway’s pod, with the keys tls.crt and tls.key (or cert and key), and cacert for MUTUAL; the pair must fit.',
  'speak-tls-to-the-port': 'use https:// for this port, or a port that takes plain HTTP.',
  'speak-plain-text-to-the-port':
    'the other side does not speak TLS on this port: use http://, or take the TLS settings of the DestinationRule away.',
  'use-a-listed-server-name':
    'call by a host that the Gateway’s servers list (it is matched by SNI), or add that host.',
  'use-mesh-mtls':
    'let the DestinationRule use ISTIO_MUTUAL (or none at all): a sidecar takes other TLS on an HTTP port for nobody’s.',
  'call-with-mtls':
    'call from a workload with a sidecar, without a DestinationRule that switches TLS off; or accept plain text with PERMISSIVE.',
  'add-a-route': 'add a VirtualService that names this host, this gateway and a match for this path.',
  'name-an-existing-cluster':
    'name a destination that exists: the Service’s full host name, its Service port, and a subset that a DestinationRule visible here defines.',
  'give-the-service-endpoints': 'let the Service (or subset) select a pod: labels and selector must agree.',
  'make-the-application-listen': 'let targetPort point at a port on which the application listens.',
  'change-the-policy': 'see what one change would allow it.',
  'present-an-accepted-token':
    'send a token with an accepted issuer, audience, key and time, or none where none is required.',
  'ask-the-authorizer': 'ask the external authorizer’s owner, or let the CUSTOM rule leave this call out.',
} as const;
