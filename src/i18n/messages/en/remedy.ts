/** What to do about a call that did not get through. */
export const remedy = {
  label: 'To fix it:',
  'mend-the-client-certificate-file':
    'give `--cert` a PEM file with the client certificate, and `--key` the private key that belongs to it. curl reads it once it is connected, and stopped before TLS: no proxy got a byte.',
  'mend-the-ca-file':
    'give `--cacert` a PEM file that can be read and has at least one CA certificate. curl reads it once it is connected, and stopped before TLS: no proxy got a byte.',
  'resolve-the-name':
    'use a name that exists for this caller: `service.namespace` from another namespace, or a ServiceEntry for a host outside.',
  'register-the-host':
    'add a ServiceEntry with this host and port that the caller can see. With outboundTrafficPolicy REGISTRY_ONLY a sidecar lets out only what the mesh knows.',
  'open-the-port':
    'make something listen there: a Gateway server on that port whose selector matches the gateway, a Service with that port, or another port in the call.',
  'let-the-packets-through':
    'add a NetworkPolicy rule for this connection: `ingress` of the called pod with the caller and the pod’s own port, and `egress` of the caller where a policy names that; DNS is UDP 53 to kube-system.',
  'say-whether-policies-are-enforced':
    'say what the cluster’s network does with NetworkPolicies. Calico, Cilium and others drop what is not allowed; flannel alone ignores them. The Namespace kube-system keeps the answer as an annotation.',
  enforced: 'It drops packets',
  ignored: 'It ignores them',
  'mend-the-listener':
    'the Gateway opens this port, but Envoy refuses the listener: its own words above say which setting. Two servers must not share a host, and subjectAltNames need a CA to check against (MUTUAL).',
  'trust-the-server-ca':
    'let the caller trust the CA that signed the server certificate (`--cacert`, or caCertificates / credentialName of the DestinationRule).',
  'use-a-name-of-the-certificate':
    'call the server by a name in its certificate, or issue one with the name that is used. A proxy that encrypts looks for subjectAltNames of its DestinationRule, or else for sni or the Host.',
  'renew-the-server-certificate':
    'give the server a certificate that is valid now: a gateway in its Secret, an application (PASSTHROUGH, or outside) in its own files.',
  'fix-the-server-certificate':
    'issue the server certificate anew with the usages and constraints that the check wants.',
  'send-a-client-certificate':
    'send a client certificate (`--cert`, `--key`), or ask for none: mode SIMPLE or OPTIONAL_MUTUAL.',
  'originate-mutual-tls':
    'the server wants a client certificate of the proxy: let the DestinationRule say `mode: MUTUAL`, and keep the certificate and key for it under its credentialName.',
  'use-a-certificate-of-the-client-ca':
    'use a client certificate that the server’s CA signed, or add its CA to the cacert (ca.crt) of the credential.',
  'renew-the-client-certificate': 'use a client certificate that is valid now.',
  'use-an-accepted-client-name':
    'use a client certificate with an accepted name, or add its name to subjectAltNames (or its trust domain to trustDomainAliases).',
  'fix-the-client-certificate':
    'issue the client certificate anew with the usages and constraints that the check wants.',
  'use-a-pinned-certificate':
    'use the certificate whose hash verifyCertificateHash (or verifyCertificateSpki) has, or put the hash of this one there.',
  'replace-the-revoked-certificate':
    'use a certificate that is not revoked. Every CA in the chain needs a current list in the credential’s crl (ca.crl).',
  'agree-on-tls-version':
    'let the two sides share a TLS version and cipher suite: minProtocolVersion, maxProtocolVersion, cipherSuites, `--tls-max`.',
  'use-http-1.1': 'send HTTP/1.1 or HTTP/2. Envoy does not serve HTTP/1.0.',
  'send-a-proper-path':
    'send a path without a zero byte (%00) and without broken escapes: Envoy cannot normalise this one.',
  'send-a-host':
    'send a Host header (`:authority` in HTTP/2): a proxy chooses routes by it. curl sends none with `-H Host:`, and an empty one with `-H Host;`.',
  'send-smaller-headers':
    'send fewer and shorter headers: Envoy takes 60 KiB and 100 of them. Cookies and tokens in several headers are the usual cause; a proxy on the way adds some of its own.',
  'supply-the-secret':
    'create the Secret that credentialName names, in the namespace of the pod whose proxy uses it: the gateway, or with a DestinationRule the caller. It is in use as soon as it is there, with no restart.',
  'keep-the-secret-with-the-gateway':
    'put a copy of the Secret into the namespace of the gateway’s pod: istiod gives no gateway a Secret of another namespace, whatever a ReferenceGrant says.',
  'use-the-secret-keys':
    'name the keys of the Secret as Istio reads them: tls.crt and tls.key (or cert and key), and for MUTUAL ca.crt (or cacert), there or in a Secret named …-cacert.',
  'grant-the-reference':
    'add a ReferenceGrant in the namespace of the Secret, from kind Gateway of the Gateway’s namespace to kind Secret.',
  'mend-the-secret':
    'put PEM that can be loaded into the Secret: a certificate chain, leaf first, and the private key that fits the leaf; CA certificates under ca.crt (or cacert).',
  'speak-tls-to-the-port': 'use https:// for this port, or a port that takes plain HTTP.',
  'speak-plain-text-to-the-port':
    'the other side does not speak TLS on this port: use http://, or take the TLS settings of the DestinationRule away.',
  'speak-tls-to-the-server':
    'the server takes only TLS on this port, and got plain HTTP. Let the proxy encrypt, with a DestinationRule (`tls: {mode: SIMPLE}`) that this proxy sees and that selects it; or call with https://.',
  'terminate-tls-at-the-gateway':
    'the gateway hands TLS on as it is (PASSTHROUGH), and the server behind it speaks plain text. Let the server speak TLS, or let the gateway take it off: mode SIMPLE, a credentialName and an http route.',
  'encrypt-once':
    'the request is TLS already, and a DestinationRule encrypts it once more. Take its `tls` away for this host and port (or mode DISABLE), or send http:// and leave TLS to the proxy.',
  'use-a-listed-server-name':
    'call by a host that the Gateway’s servers list (it is matched by SNI), or add that host.',
  'use-mesh-mtls':
    'let the DestinationRule use ISTIO_MUTUAL (or none at all): a sidecar takes other TLS on an HTTP port for nobody’s.',
  'call-with-mtls':
    'call from a workload with a sidecar, without a DestinationRule that switches TLS off; or accept plain text with PERMISSIVE.',
  'add-a-route': 'add a VirtualService that names this host, this gateway and a match for this path.',
  'take-the-fault-away': 'take `fault` out of the VirtualService’s rule, or lower its percentage.',
  'widen-the-pool':
    'raise the limits of the DestinationRule’s connectionPool (maxConnections, http1MaxPendingRequests, http2MaxRequests), or let fewer calls be under way: the overflow is answered at once, and never tried again.',
  'name-an-existing-cluster':
    'name a destination that exists: the Service’s full host name, its Service port, and a subset that a DestinationRule visible here defines.',
  'give-the-service-endpoints': 'let the Service (or subset) select a pod: labels and selector must agree.',
  'make-the-application-listen':
    'let targetPort (or the defaultEndpoint of a Sidecar) point at a port on which the application listens.',
  'reach-the-address':
    'point the endpoint at an address that exists and can be reached from this pod: nobody has this one, or no way leads there.',
  'give-a-key-set':
    'put at least one key into the `jwks` of the RequestAuthentication, or let jwksUri name the set: Envoy refuses the listener over an empty one, and nothing is open.',
  'mend-the-application':
    'look at the application’s own log: the mesh did its part, the request arrived. Let it answer, and in time; a `timeout` in the VirtualService only makes the failure quicker. Here the pod’s annotation meshverdict.dev/serves says what it does.',
  'name-the-protocol':
    'the server does not speak HTTP on this port. Name the port of the Service after what it speaks (`tcp-…`, or appProtocol), or send the request to a port that speaks HTTP.',
  'change-the-policy': 'see what one change would allow it.',
  'present-an-accepted-token':
    'send a token with an accepted issuer, audience, key and time, or none where none is required.',
  'ask-the-authorizer': 'ask the external authorizer’s owner, or let the CUSTOM rule leave this call out.',
} as const;
