/** Which schema a file has by where it lies, for editors that read `.vscode/settings.json`; a file's own first line outranks it. */
export function editorSettings(): string {
  const schemas = {
    './tenants/schemas/model.v1alpha1.json': ['**/tenants/*/models/*.yaml'],
    './tenants/schemas/tenant.v1alpha1.json': ['**/tenants/*/tenant.yaml'],
    './tenants/schemas/features.v1alpha1.json': ['**/tenants/*/features.yaml'],
  };
  const settings = { 'yaml.schemas': schemas, 'yaml.validate': true, 'yaml.completion': true, 'yaml.hover': true };
  return `// made by \`npm run generate\`; edit cli/generate/editor.ts instead\n${JSON.stringify(settings)}\n`;
}
