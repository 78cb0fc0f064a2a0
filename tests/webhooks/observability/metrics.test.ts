import { register } from '@prometheus-io/client';
import { expect, it } from 'vitest';
import { needing } from '../../support/needing.ts';
import { testService } from '../../support/service.ts';

/** All metrics of `/metrics`. Dashboards and alerts of users read them, so none may get another name or type. */
const SERVED = [
  'agent_gateway_hooks_access_total counter',
  'agent_gateway_hooks_bytes_in_flight gauge',
  'agent_gateway_hooks_call_duration_seconds histogram',
  'agent_gateway_hooks_calls_in_flight gauge',
  'agent_gateway_hooks_calls_total counter',
  'agent_gateway_hooks_certificate_expiry_timestamp_seconds gauge',
  'agent_gateway_hooks_children histogram',
  'agent_gateway_hooks_guard_violations_total counter',
  'agent_gateway_hooks_large_bodies_total counter',
  'agent_gateway_hooks_overload_total counter',
  'agent_gateway_hooks_problems_total counter',
  'agent_gateway_hooks_reload_failures_total counter',
  'agent_gateway_hooks_request_bytes histogram',
  'agent_gateway_hooks_stale_builds_total counter',
  'agent_gateway_hooks_tls_failures_total counter',
  'agent_gateway_hooks_unauthorized_total counter',
  'nodejs_active_handles gauge',
  'nodejs_active_handles_total gauge',
  'nodejs_active_requests gauge',
  'nodejs_active_requests_total gauge',
  'nodejs_active_resources gauge',
  'nodejs_active_resources_total gauge',
  'nodejs_eventloop_lag_max_seconds gauge',
  'nodejs_eventloop_lag_mean_seconds gauge',
  'nodejs_eventloop_lag_min_seconds gauge',
  'nodejs_eventloop_lag_p50_seconds gauge',
  'nodejs_eventloop_lag_p90_seconds gauge',
  'nodejs_eventloop_lag_p99_seconds gauge',
  'nodejs_eventloop_lag_seconds gauge',
  'nodejs_eventloop_lag_stddev_seconds gauge',
  'nodejs_external_memory_bytes gauge',
  'nodejs_gc_duration_seconds histogram',
  'nodejs_heap_size_total_bytes gauge',
  'nodejs_heap_size_used_bytes gauge',
  'nodejs_heap_space_size_available_bytes gauge',
  'nodejs_heap_space_size_total_bytes gauge',
  'nodejs_heap_space_size_used_bytes gauge',
  'nodejs_version_info gauge',
  'process_cpu_seconds_total counter',
  'process_cpu_system_seconds_total counter',
  'process_cpu_user_seconds_total counter',
  'process_heap_bytes gauge',
  'process_max_fds gauge',
  'process_open_fds gauge',
  'process_resident_memory_bytes gauge',
  'process_start_time_seconds gauge',
  'process_virtual_memory_bytes gauge',
];

/** These came with `@prometheus-io/client` 0.16, when it replaced `prom-client` 15.1.3. */
const ADDED = ['nodejs_eventloop_utilization_histogram histogram', 'nodejs_eventloop_utilization_summary summary'];

/** On other systems a process has fewer metrics. */
const onLinux = needing({ name: 'Linux', found: process.platform === 'linux' });

onLinux.it('/metrics has these metrics, whatever the version of the client', async () => {
  const { body } = await testService().admin.inject('/metrics');
  const named = [...body.matchAll(/^# TYPE (.*)$/gm)].map(([, family]) => family);
  expect(named.toSorted()).toEqual([...SERVED, ...ADDED].toSorted());
});

it("nothing is in the client's own registry, which /metrics does not show", () => {
  testService();
  expect(register.getMetricsAsArray()).toEqual([]);
});
