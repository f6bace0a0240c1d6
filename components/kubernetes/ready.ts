/**
 * An annotation of a custom resource: Pulumi goes on once its controller says that it is ready. What is wrong stops the update where it is, in the controller's
 * words, not at a pod that waits for it. Pulumi's provider reads it, since 4.18; it has no effect on a destroy.
 */
export const READY = { 'pulumi.com/waitFor': 'condition=Ready' } as const;
