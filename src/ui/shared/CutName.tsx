/** A long name, cut in the middle where there is no room; the whole is on hover and for readers. */
const TAIL = 7;

export function CutName({ name }: { name: string }) {
  if (name.length <= TAIL + 3) return <span>{name}</span>;
  return (
    <span className="cut" title={name}>
      <span className="cut-head">{name.slice(0, -TAIL)}</span>
      <span className="cut-tail">{name.slice(-TAIL)}</span>
    </span>
  );
}
