import type { Algorithm } from '@bellwether/contracts';
import { findModel, findVersion, type JobTable, type Tx } from '@bellwether/database';
import type { PlannedTrial } from '../domain/plan-round.ts';

/** The evaluation of the version that answers now, on the job's held-out rows; none when the model has no champion. */
export async function evaluationOfChampion(tx: Tx, job: JobTable): Promise<PlannedTrial[]> {
  const model = await findModel(tx, job.tenant_id, job.model ?? '');
  if (!model?.champion_version) return [];
  const row = await findVersion(tx, job.tenant_id, model.name, model.champion_version);
  if (row === undefined) return [];
  const algorithm = row.algorithm as Algorithm;
  return [{ kind: 'champion', algorithm, hyperparameters: {}, logTarget: false, seed: 0, version: row.version }];
}
