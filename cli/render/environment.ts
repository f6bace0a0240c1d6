import { NAMESPACES } from '../../components/kubernetes/plan.ts';
import type { RenderEnvironment } from '../../runtime/model/render/types.ts';
import { FEATURE_SERVER, GATEWAY, PROMETHEUS } from '../../stacks/platform/addresses.ts';

const EXAMPLE_DIGEST = `sha256:${'e'.repeat(64)}`;
const EXAMPLE_REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/weir-example';

/** Stands in until somebody names their own with `--environment`: whatever is printed with it says so. */
export const EXAMPLE_ENVIRONMENT: RenderEnvironment = {
  domain: 'models.example.com',
  gateway: { name: GATEWAY, namespace: NAMESPACES.gateway },
  images: {
    weir: `${EXAMPLE_REGISTRY}/weir@${EXAMPLE_DIGEST}`,
    triton: `${EXAMPLE_REGISTRY}/tritonserver@${EXAMPLE_DIGEST}`,
    vllm: `${EXAMPLE_REGISTRY}/vllm-openai@${EXAMPLE_DIGEST}`,
  },
  region: 'eu-west-1',
  servingBucket: 'example-weir-serving',
  kafka: 'kafka-1.example.com:9098,kafka-2.example.com:9098',
  prometheus: PROMETHEUS,
  featureServer: FEATURE_SERVER,
  namespaces: { gateway: NAMESPACES.gateway, monitoring: NAMESPACES.monitoring, runtime: NAMESPACES.runtime },
  egressCidrs: ['10.20.0.0/16', '198.51.100.0/24'],
  zones: 3,
};
