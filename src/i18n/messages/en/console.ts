/** The console: our own remarks. What kubectl, istioctl, curl and openssl print is theirs. */
export const console = {
  title: 'Console',
  log: 'Output of the console',
  input: 'Command line',
  hint: 'kubectl, istioctl, curl or openssl; Tab completes, ↑ brings back, help lists what is known',
  running: 'Running',
  remark: {
    'unknown-command': '“{{command}}” is not known here. Known: {{known}}.',
    'not-simulated': 'Not simulated: {{what}}.',
    'analyze-by-webhook':
      'The analyzers of istioctl are not simulated. What is shown is what the validation webhook says; further findings are in the list of problems.',
    'envoy-json': 'The inspector shows each item of the configuration in Envoy’s shape.',
    'files-known': 'Files known here are the certificates of this workspace: {{names}}',
    'pods-recreated': 'Its controller makes the pod again, so nothing changes.',
    'exec-only-curl': 'In containers of this mesh only curl and openssl s_client run.',
    'cannot-tell':
      'Cannot tell what curl would print: something that decides is not modelled. The verdict above says what.',
    'cannot-be-sent': 'This call cannot be sent; the request bar says why.',
    'engine-failed': 'The engine stopped.',
    'log-of-application': 'What applications print is not simulated; -c istio-proxy shows the access log.',
    'log-without-call': 'The call that is shown does not pass this proxy. Earlier calls leave no lines here.',
    help: 'Known here: kubectl get, describe, apply -f -, delete, create namespace, create secret, label, exec … -- curl, logs … -c istio-proxy, api-resources; istioctl proxy-config, x describe pod, analyze; curl from outside the cluster; openssl s_client -connect; cat, echo, grep, head, tail, wc, base64 -d, sed s/// and xargs behind a pipe; export and variables; clear. What changes the mesh is an edit of the YAML, and undo takes it back.',
  },
} as const;
