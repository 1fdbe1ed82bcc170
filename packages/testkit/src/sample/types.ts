/** A package row: name, version, and the source package where it differs from the name. */
export interface SamplePackage {
  readonly name: string;
  readonly version: string;
  /** Source package, `name` or `name@version`. */
  readonly origin?: string;
}

/** npm packages of one `node_modules` folder. */
export interface SampleModules {
  /** The folder that holds `node_modules`, without a leading slash. */
  readonly folder: string;
  readonly packages: readonly SamplePackage[];
}

/** One instruction of a sample image. Without any content it is an empty layer. */
export interface SampleStep {
  /** As the builder wrote it. */
  readonly createdBy: string;
  /** Debian packages it installs or upgrades. */
  readonly deb?: readonly SamplePackage[];
  /** Alpine packages it installs or upgrades. */
  readonly apk?: readonly SamplePackage[];
  /** Python distributions it installs or upgrades. */
  readonly pypi?: readonly SamplePackage[];
  /** `3.13`: the Python they are installed for; 3.12 where it is not said. */
  readonly python?: string;
  readonly npm?: SampleModules;
  /** Text files: path -> content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Bytes without meaning, so that sizes are as one knows them: path -> megabytes. */
  readonly filler?: Readonly<Record<string, number>>;
  /** Paths of lower layers that it deletes. */
  readonly removes?: readonly string[];
}

/** An image of the sample fleet. */
export interface SampleImage {
  /** Unique in the sample. */
  readonly id: string;
  /** Full reference, as a registry would hold it. */
  readonly name: string;
  /** Which layout it lies in: the fleet at one point in time. */
  readonly shelf: string;
  /** RFC 3339. */
  readonly created: string;
  /** Id of the image it is built on. */
  readonly on?: string;
  readonly steps: readonly SampleStep[];
  readonly env?: readonly string[];
  readonly cmd?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly user?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** True where the build attests what it used. */
  readonly provenance?: boolean;
}
