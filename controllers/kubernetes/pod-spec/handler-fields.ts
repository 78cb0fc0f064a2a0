import { anyText, type Field, integer, integerOrText, keptText, object, text, texts, wholeList } from './field.ts';
import { whyNoPort, whyNoPortName } from './field-rules.ts';
import { count, needsOneOf, notValid, oneOfOrEmpty, positive, whyEmpty, whyNoItems, within } from './value-rules.ts';

const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];
const LIFECYCLE_HANDLERS = ['exec', 'httpGet', 'sleep', 'tcpSocket'];
const HEADER_NAME = /^[-A-Za-z0-9]+$/;

const portOrName: Field = {
  ...integerOrText,
  whyRefused: (port) =>
    typeof port === 'number' ? whyNoPort(port) : (whyEmpty(String(port)) ?? whyNoPortName(String(port))),
};

const whyNoHeader = (name: string) => (HEADER_NAME.test(name) ? undefined : notValid(name, "letters, digits and '-'"));

const exec = object({ command: { ...texts, whyRefused: whyNoItems } }, { required: ['command'] });
const httpGet = object(
  {
    host: text(),
    httpHeaders: wholeList(object({ name: text(whyNoHeader), value: anyText }, { required: ['name'] })),
    path: text(),
    port: portOrName,
    scheme: text(oneOfOrEmpty('HTTP', 'HTTPS')),
  },
  { required: ['port'] },
);
const tcpSocket = object({ host: text(), port: portOrName }, { required: ['port'] });
const grpcPort: Field = { ...integer(whyNoPort), omitsZero: true };

const amount: Field = { ...integer(count), omitsZero: true };

interface ProbeRules {
  readonly successThreshold: Field;
  readonly terminationGracePeriodSeconds: Field;
}

function probe(rules: ProbeRules): Field {
  return object(
    {
      exec,
      failureThreshold: amount,
      grpc: object({ port: grpcPort, service: anyText }, { required: ['port'] }),
      httpGet,
      initialDelaySeconds: amount,
      periodSeconds: amount,
      tcpSocket,
      timeoutSeconds: amount,
      ...rules,
    },
    { isAlternative: (name) => HANDLERS.includes(name), whyRefused: needsOneOf(HANDLERS) },
  );
}

/** A probe whose failure restarts the container: one success is enough. Zero means the default. */
export const restartingProbe = probe({
  successThreshold: { ...integer(within(0, 1)), omitsZero: true },
  terminationGracePeriodSeconds: integer(positive),
});

export const readinessProbe = probe({
  successThreshold: amount,
  terminationGracePeriodSeconds: integer(() => 'is not allowed in a readiness probe'),
});

const lifecycleHandler = object(
  { exec, httpGet, sleep: object({ seconds: integer(count) }, { required: ['seconds'] }), tcpSocket },
  { isAlternative: () => true, whyRefused: needsOneOf(LIFECYCLE_HANDLERS) },
);

const SIGNALS =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN ' +
  'TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX';
const REAL_TIME_SIGNAL = /^SIG(RTMIN\+([1-9]|1[0-5])|RTMAX-([1-9]|1[0-4]))$/;
const isSignal = (name: string) =>
  REAL_TIME_SIGNAL.test(name) || SIGNALS.split(' ').some((signal) => name === `SIG${signal}`);
const whyNoSignal = (name: string) => (isSignal(name) ? undefined : notValid(name, 'a signal such as SIGTERM'));

export const lifecycle = object({
  postStart: lifecycleHandler,
  preStop: lifecycleHandler,
  stopSignal: keptText(whyNoSignal),
});
