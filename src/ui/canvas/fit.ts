/** How everything is brought into view: clear of the strip of tools above and of the tools below. */
export const FIT = {
  padding: { top: '56px', right: '24px', bottom: '56px', left: '24px' },
  maxZoom: 1.25,
  minZoom: 0.05,
} as const;
