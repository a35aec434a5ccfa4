/** A certificate authority: istiod's own or an issuer. Whom it certifies is shown by threads, when it is asked. */
import { memo } from 'react';
import { resourceIdParts } from '../../../base/ids.ts';
import { authorityName } from '../../../state/selectors/authorityName.ts';
import { graphIndex } from '../../../state/selectors/graphIndex.ts';
import type { StudioState } from '../../../state/studioState.ts';
import { useStudioState, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { AUTHORITY } from '../scene/sizes.ts';
import { FittedName } from './FittedName.tsx';

const authorityOf = (id: string) => (state: StudioState) => graphIndex(state.engine.graph).authorities.get(id);

export const AuthorityNode = memo(function AuthorityNode({ id }: { id: string }) {
  const { t } = useTranslator();
  const authority = useStudioState(authorityOf(id));
  if (authority === undefined) return null;
  const { resource, certifies } = authority;
  const count = t('canvas.certifies', { count: certifies.length });
  const kind = resource === undefined ? undefined : resourceIdParts(resource).kind;
  // There is no room for both; the icon says that it is a CA.
  const isIssuer = kind !== undefined && kind !== 'Secret';
  return (
    <div className="card card-authority" title={count}>
      <span className="card-name">
        <FittedName name={authorityName(authority)} width={AUTHORITY.width - 28} />
      </span>
      <span className="card-line">
        <Icon name="authority" />
        <span className="card-sub">
          {isIssuer ? `${kind}${certifies.length === 0 ? '' : ` · ${certifies.length}`}` : count}
        </span>
      </span>
    </div>
  );
});
