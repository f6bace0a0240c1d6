import type { Datatype, FieldSpec } from './types.ts';

/** A model file as `tenants/schemas/model.v1alpha1.json` lets it be written: shorthand still in it, durations as text. */
export interface ModelFile {
  readonly model: string;
  readonly owner: string;
  readonly registry: { readonly model?: string; readonly version: string | number };
  readonly serving: { readonly latency: string };
  readonly inputs: FileFields;
  readonly outputs: FileFields;
  readonly score?: string;
  readonly labels?: FileLabel | readonly FileLabel[];
  readonly fallback?: Readonly<Record<string, number | string | boolean>>;
  readonly slo?: { readonly availability?: number; readonly latency?: { readonly quantile?: number; readonly seconds?: number } };
  readonly drift?: {
    readonly minDrop?: number;
    readonly severeDrop?: number;
    readonly cadence?: string;
    readonly maxNullShare?: Readonly<Record<string, number>>;
    readonly ambient?: readonly string[];
  };
  readonly rollout?: string | FileRollout;
}

export type FileKind = 'numeric' | 'categorical' | 'probability';

export interface FileField {
  readonly kind: FileKind;
  readonly datatype?: Datatype;
  readonly domain?: { readonly min: number; readonly max: number };
  readonly log?: FieldSpec['log'];
}

export type FileFields = Readonly<Record<string, FileKind | FileField>> | readonly (FileField & { readonly name: string })[];

export interface FileLabel {
  readonly event: string;
  readonly delay: string;
}

export interface FileRollout {
  readonly preset?: string;
  readonly suspend?: boolean;
  readonly steps?: readonly FileStep[];
  readonly bake?: { readonly duration?: string; readonly controlMirror?: number };
  readonly analysis?: { readonly alpha?: number; readonly r0?: number; readonly advanceAlpha?: number; readonly maxNoData?: string };
  readonly gates?: readonly FileGate[];
  readonly progressDeadline?: string;
  readonly stickiness?: { readonly header: string };
}

export interface FileDwell {
  readonly minSamples?: number;
  readonly minDwell?: string;
  readonly maxDwell?: string;
  readonly onMaxDwell?: 'Hold' | 'Abort' | 'Advance';
}

export type FileStep =
  | { readonly shadow: FileDwell & { readonly percent?: number } }
  | (FileDwell & { readonly weight: number; readonly margin?: number })
  | { readonly approve: { readonly by: string } };

export interface FileGate {
  readonly type: 'Format' | 'Manifest' | 'Reference' | 'SchemaCompat' | 'RegistryMetric' | 'GoldenSet';
  readonly onFail?: 'Reject' | 'ShadowOnly';
  readonly metric?: { readonly name: string; readonly min: number };
}
