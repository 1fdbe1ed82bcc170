/** What is kept in registries and is no image: told by the type of its config, of the artifact, or of a layer. The first that fits counts. */
export const artifacts: readonly { readonly type: RegExp; readonly name: string; readonly hint: string }[] = [
  { type: /^application\/vnd\.cncf\.helm\./, name: 'a Helm chart', hint: 'name an image that the chart installs' },
  {
    type: /^application\/vnd\.dev\.cosign\.(?:simplesigning|artifact\.sig)\./,
    name: 'a signature of one',
    hint: 'name the image it signs',
  },
  { type: /^application\/vnd\.cncf\.notary\./, name: 'a signature of one', hint: 'name the image it signs' },
  { type: /^application\/vnd\.dev\.sigstore\.bundle\b/, name: 'an attestation of one', hint: 'name the image it speaks of' },
  { type: /^application\/vnd\.(?:in-toto\+json|dsse\.envelope\.)/, name: 'an attestation of one', hint: 'name the image it speaks of' },
  { type: /^(?:application|text)\/(?:vnd\.cyclonedx|spdx|vnd\.syft)\b/, name: 'an SBOM of one', hint: 'name the image it describes' },
  { type: /^application\/vnd\.dev\.cosign\.artifact\.sbom\./, name: 'an SBOM of one', hint: 'name the image it describes' },
  { type: /^application\/(?:vnd\.(?:wasm|module\.wasm)\.|wasm$)/, name: 'a WebAssembly module', hint: 'modules have no packages to read' },
  { type: /^application\/vnd\.docker\.plugin\./, name: 'a plugin of Docker', hint: 'plugins are not read' },
  { type: /^application\/vnd\.cncf\.(?:flux|openpolicyagent)\./, name: 'a bundle of configuration', hint: 'name an image' },
  { type: /^application\/vnd\.sylabs\.sif\./, name: 'an image of Singularity', hint: 'only OCI and Docker images are read' },
];
