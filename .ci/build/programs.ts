/** The programs of the image: the name of each bundle, and the file with which it begins. */
export const PROGRAMS = {
  fixtures: 'webhooks/fixtures/main.ts',
  'helm-test': 'webhooks/helm-test/main.ts',
  main: 'webhooks/main.ts',
  render: 'webhooks/render/main.ts',
} as const;
