import { NAMESPACES } from '../../components/kubernetes/plan.ts';

/** The Gateway's name; it lies in the namespace `weir-gateway`. */
export const GATEWAY = 'weir';
/** Made by the Prometheus operator for every Prometheus of a namespace. */
export const PROMETHEUS = `http://prometheus-operated.${NAMESPACES.monitoring}:9090`;
/** The Service of Feast's feature server. */
export const FEATURE_SERVER = `http://feast.${NAMESPACES.features}:6566`;
