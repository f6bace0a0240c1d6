/** An image's name as Kubernetes reads it: `registry:5000/path:tag@sha256:…`. */
const DIGEST = /@sha256:[0-9a-f]{64}$/;
const TAG = /:([^/:@]+)(?:@[^@]*)?$/;

export const hasDigest = (image: string): boolean => DIGEST.test(image);

/** Undefined where none is said; a digest alone says more. */
export const tagOf = (image: string): string | undefined => TAG.exec(image.replace(DIGEST, ''))?.[1];

/** CEL of a text for each of some containers: its name and its image. */
export const NAMED = "map(c, c.name + ' (' + c.image + ')')";
