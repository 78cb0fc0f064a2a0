/** The oldest Node that runs the bundles, apart from the service, which needs one of `engines`. */
export const OLDEST_OF_BUNDLES = '20.11.0';

/** The programs of the image: the name of each bundle, and the file with which it begins. */
export const PROGRAMS = {
  'agent-gateway-hooks': 'webhooks/command/main.ts',
  fixtures: 'webhooks/fixtures/main.ts',
  'helm-test': 'webhooks/helm-test/main.ts',
  main: 'webhooks/main.ts',
} as const;

/** The file with which the library of the package begins. Its packages are those of the command, whose licences the package has. */
export const LIBRARY = 'webhooks/library/library.ts';
