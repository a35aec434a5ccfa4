/** The answers to what panels ask, loaded with the first such question. */
export { certificateList } from './certificateList.ts';
export { connectionsView, openAndForget } from './connections.ts';
export { csrFlowView } from './csrFlow.ts';
export { curveView, handshakeBytes } from './handshakeBytes.ts';
export { identityView } from './identity.ts';
export { languageAnswer } from './language.ts';
export { policiesView } from './policies.ts';
export { proxyConfigView } from './proxyConfig.ts';
export { sdsPushesView, sdsView } from './sds.ts';
export { securityView } from './security.ts';
export { mintedView, tokenView } from './token.ts';
