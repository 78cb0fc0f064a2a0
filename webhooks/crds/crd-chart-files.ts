import type { CrdChart } from '../../controllers/crds.ts';
import { crdManifest, crdName } from '../../controllers/kubernetes/crd/definition.ts';
import { toYaml } from '../render/yaml.ts';

const HEADER = '# Made by `npm run crds` from the schemas in controllers/resources; edit those.\n';

interface ChartFile {
  readonly name: string;
  readonly text: string;
}

/** The files of a subchart: Helm applies what is in `crds` before everything else. */
export function crdChartFiles({ name, description, definitions }: CrdChart, version: string): readonly ChartFile[] {
  const chart = { apiVersion: 'v2', name, description, type: 'application', version };
  return [
    { name: 'Chart.yaml', text: HEADER + toYaml(chart) },
    ...definitions.map((definition) => ({
      name: `crds/${crdName(definition)}.yaml`,
      text: HEADER + toYaml(crdManifest(definition)),
    })),
  ];
}
