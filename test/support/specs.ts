import type { LoadedFolder } from '../../runtime/model/loaded.ts';
import { modelSpec } from '../../runtime/model/spec.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';

/** The models of a folder as the embedded platform decides on them, sorted by key. */
export const specsOf = ({ models }: Pick<LoadedFolder, 'models'>): readonly ModelSpec[] => models.map(({ model }) => modelSpec(model));
