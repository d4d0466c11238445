import type { Benchmark, Settings } from '../benchmark.ts';
import { machineLine } from '../machine.ts';
import { pythonEnvironment } from '../peers/python-environment.ts';
import { requirements } from '../serving/fastapi.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { compare } from './compare.ts';
import type { Contestant } from './fit-in-child.ts';
import { writeTable } from './table.ts';

const node = process.execPath;
const tolerance = 1e-3;

async function run(settings: Settings, print: (line: string) => void): Promise<void> {
  const { python, version } = await pythonEnvironment(requirements, print);
  print(`Machine: ${machineLine([`Python ${version}`])}`);
  print('RBF kernel, C 1, gamma 1 / columns, tolerance 0.001, one thread each; every fit in a process of its own.');
  using folder = temporaryFolder();
  const contestants: [Contestant, ...Contestant[]] = [
    { name: 'Bellwether', file: 'bellwether.ts', interpreter: node },
    { name: 'scikit-learn', file: 'scikit_learn.py', interpreter: python },
    { name: 'libsvm-js', file: 'libsvm.ts', interpreter: node },
    {
      name: 'ml-svm',
      file: 'ml-svm.ts',
      interpreter: node,
      // it knows two labels only, and fails above 3,500 rows
      takes: ({ task, training }) => task === 'classification' && training <= 2000,
    },
  ];
  const tables = [
    { task: 'classification', rows: 1000, columns: 10 },
    { task: 'classification', rows: 5000, columns: 30 },
    { task: 'regression', rows: 5000, columns: 9 },
  ] as const;
  for (const table of tables.map((shape) => writeTable(folder.path, shape))) {
    const shared = { C: 1, gamma: 1 / table.columns, epsilon: 0.1, tolerance };
    // ours fits the standardised target, whose deviation is nearly 1 here
    const { epsilon, ...plain } = shared;
    const hyperparameters = table.task === 'regression' ? shared : plain;
    const told = { algorithm: 'svm', hyperparameters, ...shared };
    await compare({ benchmark: 'training-svm', table, contestants, settings: told, tolerance: 0.01 }, settings, print);
  }
}

export const trainingSvm: Benchmark = {
  name: 'training-svm',
  summary: 'fits of support vector machines, beside scikit-learn, libsvm-js and ml-svm',
  defaults: { rounds: 3, seconds: 0, connections: 0 },
  run,
};
