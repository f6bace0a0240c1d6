const D = `sha256:${'5f70'.repeat(16)}`;

/** What a stack file says of the platform at the least: a way in, and images by digest. */
export const PLATFORM_LINES = `  weir:gateway: {domain: models.example.com, jwt: {issuer: "https://a.example", jwksUri: "https://a.example/keys", audiences: [weir]}}
  weir:images: {digests: {weir: ${D}, triton: ${D}, vllm: ${D}, mlflow: ${D}, feast: ${D}}}
`;
