/** Rows of the whole reference that a slot's own counts are shrunk towards (20-drift, 2): an hour slot of a small model is mostly noise. */
export const TAU = 2000;
