/**
 * Returns one cycle for each strongly connected group of a graph (Tarjan), each as a closed walk
 * that begins at its smallest node: a -> b -> a.
 * @param {ReadonlyMap<string, readonly string[]>} graph node to the nodes it points at
 * @returns {string[][]}
 */
export function findCycles(graph) {
  /** @type {string[][]} */
  const cycles = [];
  /** @type {Map<string, number>} */
  const order = new Map();
  /** @type {Map<string, number>} */
  const low = new Map();
  /** @type {string[]} */
  const stack = [];
  const onStack = new Set();

  /** @param {string} node */
  const visit = (node) => {
    const index = order.size;
    order.set(node, index);
    low.set(node, index);
    stack.push(node);
    onStack.add(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (onStack.has(next)) low.set(node, Math.min(low.get(node) ?? index, low.get(next) ?? index));
    }
    if (low.get(node) !== index) return;
    const group = new Set(stack.splice(stack.indexOf(node)));
    for (const member of group) onStack.delete(member);
    const start = [...group].sort()[0] ?? node;
    if (group.size > 1 || graph.get(node)?.includes(node)) cycles.push(walkBack(graph, group, start));
  };

  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return cycles;
}

/**
 * The shortest way from start back to itself inside its group.
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @param {ReadonlySet<string>} group
 * @param {string} start
 * @returns {string[]}
 */
function walkBack(graph, group, start) {
  const queue = [[start]];
  const seen = new Set();
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const next of graph.get(path.at(-1) ?? start) ?? []) {
      if (next === start) return [...path, start];
      if (!group.has(next) || seen.has(next)) continue;
      seen.add(next);
      queue.push([...path, next]);
    }
  }
  return [start];
}
