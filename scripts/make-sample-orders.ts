import { writeFileSync } from 'node:fs';
import { sampleOrdersCsv } from '../packages/datasets/src/sample-orders.ts';

/** node scripts/make-sample-orders.ts [file] [rows] [seed]: to standard output without a file. */
const [, , path, rows = '6000', seed = '1'] = process.argv;
const csv = sampleOrdersCsv(Number(rows), Number(seed));
if (path === undefined) process.stdout.write(csv);
else writeFileSync(path, csv);
