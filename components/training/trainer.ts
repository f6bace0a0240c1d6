import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { trainerValues } from '../../charts/values/kubeflow-trainer.ts';
import { Component } from '../base.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { JOBSET_VERSION, TRAINER_API, type TrainerArgs } from './plan.ts';
import { runtimeSpec, runtimesFor } from './runtimes.ts';

/**
 * Kubeflow Trainer with JobSet, and the runtimes that a TrainJob names. A TrainJob waits in its queue as a whole.
 * @example new Trainer('prod-trainer', { replicas: 2, trainingGpus: 8, after: queueing.ready }, { providers })
 */
export class Trainer extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, { replicas, trainingGpus, after }: TrainerArgs, options?: ComponentResourceOptions) {
    super('weir:training:Trainer', name, {}, options);

    const values = trainerValues({ replicas, jobsetVersion: JOBSET_VERSION });
    const trainer = release(
      `${name}-trainer`,
      { chart: 'kubeflow-trainer', namespace: NAMESPACES.training, values },
      this.child({ dependsOn: [...after] }),
    );
    const runtimes = runtimesFor(trainingGpus).map((runtime) => {
      const metadata = { name: runtime.name, labels: { 'trainer.kubeflow.org/framework': runtime.framework } };
      return new k8s.apiextensions.CustomResource(
        `${name}-runtime-${runtime.name}`,
        { apiVersion: TRAINER_API, kind: 'ClusterTrainingRuntime', metadata, spec: runtimeSpec(runtime) },
        this.child({ dependsOn: [trainer] }),
      );
    });

    this.ready = [trainer, ...runtimes];
    this.registerOutputs();
  }
}
