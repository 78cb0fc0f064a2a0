import type { Manifest } from '../../support/helm.ts';
import type { Seen } from '../judge.ts';
import type { Written } from '../plan/manifests.ts';

/** A cluster with an engine that calls the hooks. */
export interface SoakCluster {
  /** Writes an object as its user does, and its status as its operator does. */
  readonly put: (written: Written) => Promise<void>;
  readonly remove: (object: Manifest) => Promise<void>;
  /** Gives the engine a new token for its calls. */
  readonly useToken: (token: string) => Promise<void>;
  readonly activity: () => Promise<EngineActivity>;
}

/** A cluster whose engine does not run yet, because it needs the service, and the service needs the cluster's settings. */
export interface Prepared {
  /** The settings of the service. */
  readonly environment: Readonly<Record<string, string>>;
  readonly start: () => Promise<SoakCluster>;
  readonly stop: () => Promise<void>;
}

interface EngineActivity {
  /** The calls that the engine made again because they had failed. */
  readonly retries: number;
  /** The parents whose last call failed. */
  readonly failing: readonly string[];
}

/** How the engine reaches the hooks, and who watches the children. */
export interface Connection {
  readonly port: number;
  /** The authority that signs the certificate of the service, in PEM. */
  readonly ca: string;
  readonly token: string;
  readonly see: (seen: Seen) => void;
}
