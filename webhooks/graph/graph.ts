import type { State } from './state.ts';

/** A picture of resources and of who calls them, before it has a format. Nodes and edges are sorted, and their texts are on one line. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** From the callers to what is called last. */
export const ROLES = ['clients', 'gateway', 'agent', 'tools', 'memory', 'model', 'other'] as const;
export type Role = (typeof ROLES)[number];

export interface GraphNode {
  /** The same for the same resource in each picture: letters, digits and underscores. */
  readonly id: string;
  readonly role: Role;
  /** `Agent research/lead`, `50 Agents in research`. */
  readonly title: string;
  /** The same in two parts: `Agent · research` and `lead`. */
  readonly caption: string;
  readonly name: string;
  readonly rows: readonly NodeRow[];
  readonly state: State;
  /** What stands beside the sign and the word of the state. */
  readonly why: string | undefined;
}

/** An address and who may call it. */
export interface NodeRow {
  /** `open`; undefined for a host name. */
  readonly access: string | undefined;
  readonly text: string;
  /** The node of the last gateway before it. */
  readonly through: string | undefined;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `call`: from clients to a resource. `use`: what a resource calls. */
  readonly kind: 'call' | 'use';
  /** Who may call, or what is wrong. */
  readonly label: string;
  readonly isBroken: boolean;
}
