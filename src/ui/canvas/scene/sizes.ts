/** Sizes on the canvas, in its own units (pixels at 100 %). A multiple of 4, all of them. */
export const CARD = { width: 176, height: 60 } as const;
export const GATEWAY = { width: 176, height: 76 } as const;
export const BALANCER = { width: 176, height: 60 } as const;
export const AUTHORITY = { width: 176, height: 60 } as const;
export const OUTSIDE_CARD = { width: 176, height: 60 } as const;

/** A room that is shown closed. */
export const COLLAPSED = { width: 216, height: 76 } as const;

/** Sideways there is room for a tunnel with its lock and seals. */
export const GAP = { x: 60, y: 24 } as const;
/** Inside a room: header, then padding around the cards. */
export const ROOM = { header: 44, padX: 20, padY: 16 } as const;
/** Between rooms, and between the outside and the mesh. */
export const AISLE = 64;
/** Between what stands at the left edge. */
export const STRIP_GAP = 28;
