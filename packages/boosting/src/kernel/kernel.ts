import { readFileSync } from 'node:fs';

/** Numbers that an instance is told before anything else: the variables of `assembly/settings.ts`, by name. */
export type Settings = Readonly<Record<string, number>>;

/** One thread's instance of the compiled `assembly/`. Addresses are bytes in the shared memory. */
export interface Kernel {
  /** counts the threads that take part from the next order on: all that have come by now */
  readonly muster: () => number;
  /** gives an order to those threads, takes part, and returns when all have done it */
  readonly command: (order: number) => void;
  /** does what is ordered until the end */
  readonly serve: () => void;
  readonly findCuts: (
    values: number,
    count: number,
    keys: number,
    spare: number,
    counts: number,
    bins: number,
    into: number,
  ) => number;
  /** of what `targets` hold, weighted */
  readonly targetQuantile: (share: number) => number;
  readonly cellsOffset: (feature: number) => number;
  readonly fillHistogram: (
    rows: number,
    count: number,
    gradients: number,
    into: number,
    first: number,
    last: number,
  ) => void;
  readonly subtractHistogram: (parent: number, child: number, first: number, last: number) => void;
  readonly divideRows: (
    rows: number,
    count: number,
    feature: number,
    bin: number,
    leftMissing: number,
    lefts: number,
    rights: number,
  ) => number;
  readonly addTrees: (
    nodes: number,
    leaves: number,
    trees: number,
    treeCount: number,
    rows: number,
    rowBytes: number,
    count: number,
    sums: number,
    sumBytes: number,
  ) => void;
  readonly poisson: (bits: number, mean: number, start: number) => number;
  readonly computeGradients: (first: number, last: number) => void;
}

const file = new URL('../../build/kernel.wasm', import.meta.url);
let compiled: WebAssembly.Module | undefined;

/**
 * The kernel as the package's install step has compiled it.
 * @throws Error `kernel-not-built`
 */
export const kernelModule = (): WebAssembly.Module => {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
};

const kernelBytes = (): Uint8Array<ArrayBuffer> => {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    const message = 'packages/boosting/build/kernel.wasm is missing: `pnpm install` builds it.';
    throw Object.assign(new Error(message), { code: 'kernel-not-built' });
  }
};

/** A constant of the kernel: offset of a node's field, address of a cell. */
export const kernelConstant = (kernel: Kernel, name: string): number => {
  const value = (kernel as unknown as Record<string, WebAssembly.Global<'i32'>>)[name];
  if (value === undefined) throw new Error(`The kernel has no ${name}.`);
  return value.value;
};

/** Tells an instance what it works on. */
export const configure = (kernel: Kernel, settings: Settings): void => {
  const variables = kernel as unknown as Record<string, WebAssembly.Global<'f64'>>;
  for (const [name, value] of Object.entries(settings)) {
    const variable = variables[name];
    if (variable === undefined) throw new Error(`The kernel has no setting ${name}.`);
    variable.value = value;
  }
};

/** Makes an instance for one thread and tells it the settings. */
export const startKernel = (module: WebAssembly.Module, memory: WebAssembly.Memory, settings: Settings): Kernel => {
  const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
  configure(kernel, settings);
  return kernel;
};
