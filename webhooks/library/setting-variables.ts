import type { VariableName } from '../settings/environment.ts';

/** Settings by the names of environment variables. In the package this type has the description of each variable. */
export type SettingVariables = Readonly<Partial<Record<VariableName, string>>>;
