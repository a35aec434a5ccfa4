/** A key exchange in numbers that a reader can follow: inputs, a few steps, the result. Asked for when opened. */
import { type ReactNode, useState } from 'react';
import type { TlsTexts } from '../../../i18n/tls/index.ts';
import type { StudioState } from '../../../state/studioState.ts';
import type { CurveWalk, HandshakeStep } from '../../../worker/certificateView.ts';
import { useStudio, useStudioState } from '../../shared/context.tsx';
import { filled } from './useTlsTexts.ts';

type Computation = Extract<HandshakeStep, { kind: 'computation' }>;
const answeredOf = ({ engine }: StudioState) => engine.answered;

export function CurveArithmetic({ step, texts }: { step: Computation; texts: TlsTexts }) {
  const studio = useStudio();
  const revision = useStudioState(answeredOf);
  const [walk, setWalk] = useState<CurveWalk>();
  const { operation, inputs } = step;
  if (operation.kind !== 'public-key' && operation.kind !== 'ecdh') return null;
  const [secret = '', peer] = inputs.map(({ value }) => value);
  const open = async (): Promise<void> => {
    const point = operation.kind === 'ecdh' && peer !== undefined ? { peer } : {};
    const reply = await studio.engine.ask({ kind: 'curve', revision, group: operation.group, secret, ...point });
    if (reply.kind === 'answer') setWalk(reply.answer);
  };
  return (
    <details className="shell" onToggle={({ currentTarget }) => currentTarget.open && !walk && void open()}>
      <summary>{texts.view.arithmetic}</summary>
      {walk !== undefined && <Walk walk={walk} isBase={operation.kind === 'public-key'} texts={texts} />}
    </details>
  );
}

function Walk({ walk, isBase, texts: { view } }: { walk: CurveWalk; isBase: boolean; texts: TlsTexts }) {
  const isLadder = walk.form === 'montgomery';
  const leftOut = walk.stepCount - walk.steps.length;
  return (
    <div className="walk">
      <p className="mono">{isLadder ? 'y² = x³ + A·x² + x (mod p)' : 'y² = x³ + a·x + b (mod p)'}</p>
      <Numbers values={{ p: walk.prime, ...walk.coefficients }} />
      <p>
        {view.arithmeticScalar}
        {isLadder && <span className="muted">: {view.arithmeticClamped}</span>}
      </p>
      <Numbers values={{ ...(isLadder ? { bytes: walk.scalar.given } : {}), k: walk.scalar.used }} />
      <p>
        P: <span className="muted">{isBase ? view.arithmeticBase : view.arithmeticPoint}</span>
      </p>
      <Numbers values={walk.point} />
      {isLadder ? (
        <>
          <p>{view.arithmeticLadder}</p>
          <p className="mono walk-formula">
            A = x2 + z2, B = x2 − z2, E = A² − B², DA = (x3 − z3)·A, CB = (x3 + z3)·B; x3 = (DA + CB)², z3 = u·(DA −
            CB)², x2 = A²·B², z2 = E·(A² + a24·E)
          </p>
        </>
      ) : (
        <>
          <p>{view.arithmeticDouble}</p>
          <p>{view.arithmeticAdd}</p>
        </>
      )}
      <ol className="walk-steps">
        {walk.steps.map(({ number, kind, bit, bitValue, values }, at) => (
          <li key={number}>
            {at === walk.steps.length - 1 && leftOut > 0 && (
              <p className="muted">{filled(view.arithmeticLeftOut, { what: String(leftOut) })}</p>
            )}
            <p>
              {filled(view.arithmeticStep, { what: String(number), who: `${bit} = ${bitValue}` })}
              {kind === 'ladder' ? '' : kind === 'double' ? ': 2·R' : ': R + P'}
            </p>
            <Numbers values={values} />
          </li>
        ))}
      </ol>
      <p>{isLadder ? view.arithmeticQuotient : isBase ? view.arithmeticResultPoint : view.arithmeticResultX}</p>
      <Numbers values={{ ...(walk.quotient === undefined ? {} : { u: walk.quotient.u ?? '' }), bytes: walk.result }} />
    </div>
  );
}

const Numbers = ({ values }: { values: Readonly<Record<string, string>> }): ReactNode => (
  <dl className="step-inputs">
    {Object.entries(values).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd className="mono">{value}</dd>
      </div>
    ))}
  </dl>
);
