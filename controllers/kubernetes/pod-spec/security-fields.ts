import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import {
  anyText,
  boolean,
  type Conflict,
  type Field,
  integer,
  keptText,
  object,
  text,
  texts,
  wholeList,
} from './field.ts';
import { whyNoObjectName } from './field-rules.ts';
import { whyNotDescending } from './path-rules.ts';
import { count, notValid, oneOf, unique, whyEmpty } from './value-rules.ts';

const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const LONGEST_SYSCTL = 253;
const LONGEST_PROFILE = 4095;
const LONGEST_GMSA_SPEC = 65_536;
const WINDOWS_USER = /^([^"/\\:;|=,+*?<>@[\]\p{Cc}]{1,255}\\)?(?![. ]+$)[^"/\\:;|=,+*?<>@[\]\p{Cc}]{1,104}$/u;

const profileType = text(oneOf('Localhost', 'RuntimeDefault', 'Unconfined'));

function profile(localhostProfile: Field): Field {
  return object(
    { localhostProfile, type: profileType },
    { required: ['type'], conflicts: profileConflicts, whyRefused: whyNoProfile },
  );
}

function profileConflicts({ type, localhostProfile }: PlainObject): readonly Conflict[] {
  return type !== 'Localhost' && localhostProfile !== undefined
    ? [{ path: ['localhostProfile'], why: 'needs the type Localhost' }]
    : [];
}

function whyNoProfile(value: unknown): string | undefined {
  const { type, localhostProfile } = isPlainObject(value) ? value : {};
  return type === 'Localhost' && localhostProfile === undefined
    ? 'has the type Localhost, which needs a localhostProfile'
    : undefined;
}

function whyNoAppArmorProfile(name: string): string | undefined {
  const isValid = name !== '' && name === name.trim() && name.length <= LONGEST_PROFILE;
  return isValid ? undefined : notValid(name, 'the name of a profile, without spaces around it');
}

const whyNoWindowsUser = (name: string) =>
  WINDOWS_USER.test(name) ? undefined : notValid(name, 'a Windows user such as ContainerUser or domain\\user');

const whyNoGmsaSpec = (spec: string) =>
  spec.length > LONGEST_GMSA_SPEC
    ? `has ${spec.length} characters; expected at most ${LONGEST_GMSA_SPEC}`
    : whyEmpty(spec);

/** The ID of a user or a group. */
const id = integer(count);

const shared = {
  appArmorProfile: profile(keptText(whyNoAppArmorProfile)),
  runAsGroup: id,
  runAsNonRoot: boolean,
  runAsUser: id,
  seLinuxOptions: object({ level: text(), role: text(), type: text(), user: text() }),
  seccompProfile: profile(keptText(whyNotDescending)),
  windowsOptions: object({
    gmsaCredentialSpec: keptText(whyNoGmsaSpec),
    gmsaCredentialSpecName: keptText(whyNoObjectName),
    hostProcess: boolean,
    runAsUserName: keptText(whyNoWindowsUser),
  }),
};

/** core/v1 SecurityContext of a container. */
export const containerSecurity = object(
  {
    ...shared,
    allowPrivilegeEscalation: boolean,
    capabilities: object({ add: texts, drop: texts }),
    privileged: boolean,
    procMount: keptText(oneOf('Default', 'Unmasked')),
    readOnlyRootFilesystem: boolean,
  },
  { whyRefused: whyUnprivileged },
);

/** A privileged container, or one with CAP_SYS_ADMIN, can always gain privileges, so it must not forbid that. */
function whyUnprivileged(value: unknown): string | undefined {
  const { allowPrivilegeEscalation, privileged, capabilities } = isPlainObject(value) ? value : {};
  const added = isPlainObject(capabilities) ? capabilities['add'] : undefined;
  const isAdmin = Array.isArray(added) && added.includes('CAP_SYS_ADMIN');
  return allowPrivilegeEscalation === false && (privileged === true || isAdmin)
    ? `has ${isAdmin ? 'CAP_SYS_ADMIN' : 'privileged'}, so allowPrivilegeEscalation must not be false`
    : undefined;
}

const whyNoSysctl = (name: string) =>
  name.length <= LONGEST_SYSCTL && SYSCTL.test(name)
    ? undefined
    : notValid(name, 'a sysctl such as net.core.somaxconn');

/** core/v1 PodSecurityContext. */
export const podSecurity = object({
  ...shared,
  fsGroup: id,
  fsGroupChangePolicy: keptText(oneOf('Always', 'OnRootMismatch')),
  seLinuxChangePolicy: keptText(oneOf('Recursive')),
  supplementalGroups: wholeList(id),
  supplementalGroupsPolicy: keptText(oneOf('Merge', 'Strict')),
  sysctls: wholeList(object({ name: text(whyNoSysctl), value: anyText }, { required: ['name'] }), unique('name')),
});
