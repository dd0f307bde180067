import type { AdminDependencies } from './admin-dependencies.ts';
import { answerProbe, type ProbeDependencies } from './answer-probe.ts';
import type { Admin, AdminOptions } from './create-admin.ts';
import type { OpenMetricsDependencies } from './create-open-metrics.ts';

type OnDemand = Pick<Admin, 'handler' | 'close'>;
type Made = Pick<Admin, 'handler'> & Partial<Pick<Admin, 'close'>>;

/** The admin API, made when it is first called: what it stands on is large, and many a process is only ever probed. */
export function adminOnDemand(options: AdminOptions, dependencies: AdminDependencies): OnDemand {
  return onDemand(dependencies, async () => (await import('./create-admin.ts')).createAdmin(options, dependencies));
}

/** The probes, and the metrics where they are open. */
export function probesOnDemand(
  options: AdminOptions,
  dependencies: ProbeDependencies & OpenMetricsDependencies,
): OnDemand {
  return onDemand(dependencies, async () =>
    (await import('./create-open-metrics.ts')).createOpenMetrics(options, dependencies),
  );
}

function onDemand(dependencies: ProbeDependencies, make: () => Promise<Made>): OnDemand {
  let made: Promise<Made> | undefined;
  return Object.freeze<OnDemand>({
    async handler(request, response) {
      if (await answerProbe(dependencies, request, response)) return;
      made ??= make();
      await (await made).handler(request, response);
    },
    close() {
      void made?.then(({ close }) => close?.());
    },
  });
}
