/** The dashed outline of what is outside the mesh. */
export function Dashes({ width, height, radius }: { width: number; height: number; radius: number }) {
  return (
    <svg className="dashes" width={width} height={height} aria-hidden="true" focusable="false">
      <rect x="0.5" y="0.5" width={width - 1} height={height - 1} rx={radius} />
    </svg>
  );
}
