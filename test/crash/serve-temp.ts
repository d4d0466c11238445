import { parseArgs } from 'node:util';
import { allServices } from '@bellwether/cli';
import { runProcess } from '@bellwether/platform';

const { values } = parseArgs({
  allowPositionals: true,
  options: { 'data-dir': { type: 'string' }, port: { type: 'string' } },
});
process.env.DATA_DIR = values['data-dir'];
process.env.PORT = values.port;
await runProcess(allServices, (url) => console.log(url));
