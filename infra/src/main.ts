import { openApp } from './app.ts';
import { addBellwetherStack } from './bellwether-stack.ts';
import { addLocalStack } from './local-stack.ts';

const app = openApp({ outdir: process.env.CDK_OUTDIR ?? new URL('../cdk.out', import.meta.url).pathname });
addLocalStack(app);
addBellwetherStack(app, { highAvailability: String(app.node.tryGetContext('highAvailability')) === 'true' });
app.synth();
