import type { Benchmark, Settings } from '../benchmark.ts';
import { machineLine } from '../machine.ts';
import { pythonEnvironment } from '../peers/python-environment.ts';
import { requirements } from '../serving/fastapi.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { compare } from './compare.ts';
import type { Contestant } from './fit-in-child.ts';
import { writeTable } from './table.ts';

const epochs = 20;
const network = { layers: 1, units: 100, batchSize: 200 };

async function run(settings: Settings, print: (line: string) => void): Promise<void> {
  const { python, version } = await pythonEnvironment(requirements, print);
  print(`Machine: ${machineLine([`Python ${version}`])}`);
  print(`One hidden layer of 100, batches of 200, ${epochs} epochs, a tenth of the rows for validation.`);
  using folder = temporaryFolder();
  const contestants: [Contestant, Contestant] = [
    { name: 'Bellwether', file: 'bellwether.ts', interpreter: process.execPath },
    { name: 'scikit-learn', file: 'scikit_learn.py', interpreter: python },
  ];
  const tables = [
    { task: 'regression', rows: 50_000, columns: 9 },
    { task: 'classification', rows: 5000, columns: 30 },
  ] as const;
  for (const table of tables.map((shape) => writeTable(folder.path, shape))) {
    const hyperparameters = { ...network, maxEpochs: epochs, patience: epochs };
    const told = { algorithm: 'neural', hyperparameters, epochs, ...network };
    await compare(
      { benchmark: 'training-neural', table, contestants, settings: told, tolerance: 0.02 },
      settings,
      print,
    );
  }
}

export const trainingNeural: Benchmark = {
  name: 'training-neural',
  summary: 'fits of a neural network, beside scikit-learn’s MLP',
  defaults: { rounds: 3, seconds: 0, connections: 0 },
  run,
};
