/** Runs the commands of the canvas; the clipboard of the system carries YAML. */
import { type RefObject, useMemo, useRef } from 'react';
import { roomsOf, setCollapsed } from '../../../state/actions/collapse.ts';
import { copyNodes, pasteYaml } from '../../../state/actions/copyPaste.ts';
import { revealRange, selectNodes, showInspectorTab } from '../../../state/actions/look.ts';
import { moveNodes } from '../../../state/actions/moveNodes.ts';
import { notify } from '../../../state/actions/update.ts';
import { collapsedOf } from '../../../state/workspace/collapsed.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import type { MeshGraph, MtlsMode } from '../../../worker/meshGraph.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import { useStudio } from '../../shared/context.tsx';
import { copyText } from '../../shared/download.ts';
import { insideRoom } from '../scene/placement.ts';
import type { Scene } from '../scene/scene.ts';
import { type Alignment, align, type Spread } from './align.ts';
import type { CommandId } from './commands.ts';
import { placeAtPointer } from './placeCopies.ts';
import { placesIn } from './placeNew.ts';
import { type Selected, selectedOf } from './selected.ts';
import type { Draws } from './useDrawing.ts';

export interface Commands {
  readonly run: (id: CommandId) => void;
  /** YAML that was copied here or anywhere; into the namespace that is selected, if one is. */
  readonly paste: (text: string) => void;
  readonly nudge: (x: number, y: number) => void;
}

interface CommandsOf {
  readonly graph: MeshGraph;
  readonly scene: Scene;
  readonly draws: Draws;
  readonly connect: () => void;
  /** Of the canvas, while the pointer is over it. */
  readonly pointer: RefObject<Position | undefined>;
}

export function useCommands(of: CommandsOf): Commands {
  const studio = useStudio();
  const newest = useRef(of);
  newest.current = of;

  return useMemo(() => {
    // For pages that may not read the clipboard: what was copied here last.
    let copied = '';
    const now = (): Selected => {
      const { selection, workspace } = studio.store.getState();
      return selectedOf(selection.nodes, newest.current.graph, collapsedOf(workspace));
    };
    const roomNames = (): readonly string[] => now().namespaces.map(({ name }) => name);
    const copy = async (): Promise<void> => {
      const text = await copyNodes(studio, now().nodes);
      if (text === '') return;
      copied = text;
      await copyText(studio, text);
    };
    const paste = (text: string): void => {
      const [room] = now().namespaces;
      const { scene: before, pointer } = newest.current;
      const at = pointer.current;
      void pasteYaml(studio, text, room?.name, (_, copies) => placeAtPointer(before, copies, at)).then(
        (made) => made !== undefined && newest.current.draws.show(made),
      );
    };
    const pasteFromClipboard = async (): Promise<void> => {
      const text = await navigator.clipboard?.readText?.().catch(() => copied);
      const found = text === undefined || text === '' ? copied : text;
      if (found === '') notify(studio, 'draw-nothing-to-paste', {}, 'info');
      else paste(found);
    };
    const setMtls = (mode: MtlsMode): void => {
      const { workloads, namespaces } = now();
      const [workload] = workloads;
      const namespace = workload?.namespace ?? namespaces[0]?.name;
      if (namespace === undefined) return;
      const scope = workload === undefined ? {} : { workload: workload.id };
      newest.current.draws.place({ kind: 'set-peer-authentication', namespace, mode, ...scope }, undefined);
    };
    const onRoom = (intention: (name: string) => EditQuery['intention']): void => {
      const [room] = now().namespaces;
      if (room !== undefined) newest.current.draws.place(intention(room.name), undefined);
    };

    const alignBy = (how: Alignment | Spread) => (): void => {
      const { nodes } = now();
      const { scene: seen } = newest.current;
      // Neighbours that have no stored place get the one they are seen at, or they would close ranks.
      const rooms = [...new Set(nodes.flatMap((node) => seen.get(seen.get(node)?.room ?? '') ?? []))];
      const stay = Object.assign({}, ...rooms.map((room) => placesIn(seen, room)));
      moveNodes(studio, { ...stay, ...align(seen, nodes, how) });
    };
    const actions: Readonly<Record<CommandId, () => void>> = {
      rename: () => {
        const last = now().nodes.at(-1);
        if (last !== undefined) newest.current.draws.startRename(last);
      },
      connect: () => newest.current.connect(),
      'add-workload': () => onRoom((namespace) => ({ kind: 'add-workload', namespace, name: 'web', port: 8080 })),
      duplicate: () => newest.current.draws.duplicate(now().nodes),
      copy: () => void copy(),
      cut: () => {
        const { nodes } = now();
        void copy().then(() => newest.current.draws.remove(nodes));
      },
      paste: () => void pasteFromClipboard(),
      'select-all': () => {
        const nodes = [...newest.current.scene.values()];
        selectNodes(
          studio,
          nodes.filter(({ kind }) => kind !== 'room').map(({ id }) => id),
        );
      },
      'injection-on': () => onRoom((namespace) => ({ kind: 'set-injection', namespace, injection: true })),
      'injection-off': () => onRoom((namespace) => ({ kind: 'set-injection', namespace, injection: false })),
      strict: () => setMtls('STRICT'),
      permissive: () => setMtls('PERMISSIVE'),
      disable: () => setMtls('DISABLE'),
      left: alignBy('left'),
      center: alignBy('center'),
      right: alignBy('right'),
      top: alignBy('top'),
      middle: alignBy('middle'),
      bottom: alignBy('bottom'),
      across: alignBy('across'),
      down: alignBy('down'),
      collapse: () => setCollapsed(studio, roomNames(), true),
      expand: () => setCollapsed(studio, roomNames(), false),
      'collapse-all': () => setCollapsed(studio, roomsOf(studio.store.getState()), true),
      'expand-all': () => setCollapsed(studio, now().collapsed, false),
      yaml: () => {
        const { workloads, namespaces, services, authorities } = now();
        const range = [...workloads, ...namespaces, ...services, ...authorities].find(
          (thing) => thing.range !== undefined,
        )?.range;
        if (range !== undefined) revealRange(studio, range);
      },
      inspect: () => showInspectorTab(studio, 'summary'),
      remove: () => newest.current.draws.remove(now().nodes),
    };
    const run = (id: CommandId): void => actions[id]();
    const nudge = (x: number, y: number): void => {
      const { scene: seen } = newest.current;
      const boxes = now().nodes.flatMap((node) => seen.get(node) ?? []);
      const places = boxes.map((box) => {
        const corner = seen.get(box.room ?? '') ?? { x: 0, y: 0 };
        const at = { x: box.x - corner.x + x, y: box.y - corner.y + y };
        return [box.id, box.room === undefined ? at : insideRoom(at)] as const;
      });
      moveNodes(studio, Object.fromEntries(places));
    };
    return { run, paste, nudge };
  }, [studio]);
}
