/** The studio's icons: one family, drawn on a 16 grid with a stroke of 1.5; always beside a name. */
const PATHS = {
  undo: 'M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6',
  redo: 'm10.5 3 3 3-3 3M13.5 6h-7a4 4 0 0 0 0 8H10',
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM14 14l-3.4-3.4',
  chevronDown: 'm4 6 4 4 4-4',
  chevronRight: 'm6 4 4 4-4 4',
  close: 'm4 4 8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  check: 'm3 8.5 3.2 3.2L13 5',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  moon: 'M13.3 9.6A5.7 5.7 0 0 1 6.4 2.7a5.7 5.7 0 1 0 6.9 6.9Z',
  keyboard:
    'M2.5 4h11a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5.5 9.7h5',
  gear: 'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 1.8v1.9M8 12.3v1.9M1.8 8h1.9M12.3 8h1.9M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4',
  panelLeft: 'M2.5 3h11v10h-11zM6.3 3v10',
  panelRight: 'M2.5 3h11v10h-11zM9.7 3v10',
  panelBottom: 'M2.5 3h11v10h-11zM2.5 9.3h11',
  play: 'M4.5 3v10l8-5z',
  pause: 'M5.2 3.5v9M10.8 3.5v9',
  replay: 'M3 8a5 5 0 1 0 1.6-3.7L3 5.8M3 2.8v3h3',
  stepForward: 'M4 3.5v9l6-4.5zM12.5 3.5v9',
  stepBack: 'M12 3.5v9L6 8zM3.5 3.5v9',
  toStart: 'M12.5 3.5v9L8 8zM8 3.5v9L3.5 8z',
  toEnd: 'M3.5 3.5v9L8 8zM8 3.5v9l4.5-4.5z',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  arrange: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM6 9.5h4v4H6zM4.5 6.5v1.5h7V6.5M8 8v1.5',
  file: 'M4 1.8h5.2L12.5 5v9.2H4zM9 2v3.2h3.3',
  download: 'M8 2.5v7.3M4.8 6.8 8 10l3.2-3.2M2.5 13.5h11',
  upload: 'M8 10V2.7M4.8 5.7 8 2.5l3.2 3.2M2.5 13.5h11',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9',
  edit: 'M9.8 3.7 12.3 6.2 5.6 13H3v-2.6zM11 2.5l2.5 2.5',
  lock: 'M4 7.2h8v6H4zM5.6 7.2V5.1a2.4 2.4 0 0 1 4.8 0v2.1',
  unlock: 'M4 7.2h8v6H4zM5.6 7.2V4.9a2.4 2.4 0 0 1 4.6-.9',
  warning: 'M8 2.3 14.3 13H1.7zM8 6.5v3M8 11.3h.01',
  error: 'M5.4 2h5.2L14 5.4v5.2L10.6 14H5.4L2 10.6V5.4zM8 5v3.6M8 10.8h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.6M8 5h.01',
  globe:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2.2 8h11.6M8 2c2 1.7 2.6 3.7 2.6 6S10 12.3 8 14C6 12.3 5.4 10.3 5.4 8S6 3.7 8 2',
  workload: 'M8 1.8 13.5 4.900v6.200L8 14.200l-5.5-3.100V4.900zM2.7 5 8 8l5.3-3M8 8v6',
  gateway:
    'M3 13.500V4.800A5 5 0 0 1 8 2.300a5 5 0 0 1 5 2.500v8.700M6 13.500V8.600a2 2 0 0 1 4 0v4.900M1.8 13.500h12.4',
  balancer: 'M8 2v4M8 6 3.5 10.500M8 6v4.500M8 6l4.5 4.500M2 12.500h3M6.5 12.500h3M11 12.500h3',
  service: 'M8 10.200a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.400ZM8 1.800v4M8 10.200v4M1.8 8h4M10.2 8h4',
  namespace: 'M2.5 4.500v-2h2M11.5 2.500h2v2M13.5 11.500v2h-2M4.5 13.500h-2v-2M2.5 7v2M13.5 7v2M7 2.500h2M7 13.500h2',
  policy: 'M8 1.8 13 3.500v4c0 3.2-2.1 5.4-5 6.7-2.9-1.3-5-3.5-5-6.700v-4z',
  authority: 'M8 9.200a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.200ZM5.8 8.5 5 14l3-1.7 3 1.7-.8-5.5',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  certificate: 'M2.5 3h11v8H9M2.5 3v8h2M5 6h6M5 8.300h3M6.8 13.800l1.2-.8 1.2.800V10.500a1.8 1.8 0 1 0-2.4 0z',
  send: 'M13.5 3v4a2 2 0 0 1-2 2h-9M6 5.5 2.5 9 6 12.5',
  letter: 'M2 5.500h12v8H2zM2 5.5 8 10l6-4.500M2 5.5 8 2l6 3.5',
  link: 'M6.5 9.5 9.5 6.500M7 4.500l1.5-1.500a2.8 2.8 0 0 1 4 4L11 8.500M9 11.5 7.5 13a2.8 2.8 0 0 1-4-4L5 7.5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: 12 | 16 | 20 }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
