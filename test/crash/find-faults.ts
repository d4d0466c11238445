import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CrashReport } from './run-crashes.ts';

/** Everything that must not be after the crashes, one line each: an empty list is a pass. */
export async function findFaults(folder: string, report: CrashReport): Promise<string[]> {
  const database = new DatabaseSync(join(folder, 'bellwether.sqlite'), { readOnly: true });
  const queue = new DatabaseSync(join(folder, 'queue.sqlite'), { readOnly: true });
  const all = (sql: string, from = database) => from.prepare(sql).all() as Record<string, string | number | null>[];
  const faults: string[] = [];
  const expectNone = (what: string, rows: readonly unknown[]) => {
    for (const row of rows) faults.push(`${what}: ${JSON.stringify(row)}`);
  };

  const openJobs = `select id, status from jobs where status in ('queued', 'waiting', 'running')`;
  expectNone('a job that did not end', all(openJobs));
  expectNone(
    'a job that was accepted and is not there',
    report.jobs.filter(({ id }) => all(`select id from jobs where id = '${id}'`).length !== 1).map(({ id }) => id),
  );
  expectNone(
    'a request accepted twice',
    all(`select request from jobs group by request, dataset_id, model having count(*) > 1`),
  );
  expectNone(
    'a trial with two versions',
    all('select trial_id from model_versions group by trial_id having count(*) > 1'),
  );
  expectNone(
    'a trial that succeeded without its version',
    all(`select t.id from trials t left join model_versions v on v.trial_id = t.id
         where t.status = 'succeeded' and t.kind = 'candidate' and v.version is null`),
  );
  expectNone('a trial that did not end', all(`select id, status from trials where status in ('queued', 'running')`));
  expectNone('a trial planned twice', all('select job_id from trials group by job_id, position having count(*) > 1'));
  expectNone(
    'a timeline with two ends',
    all(`select job_id from job_events where type = 'training.finished' group by job_id having count(*) > 1`),
  );
  expectNone(
    'a job without its end in the timeline',
    all(`select j.id from jobs j where not exists
         (select 1 from job_events e where e.job_id = j.id and e.type = 'training.finished')`),
  );
  expectNone(
    'a message that is not settled',
    all(`select id, queue, state from outbox where state in ('pending', 'sent')`),
  );
  expectNone('a message left in a queue', all('select queue, id from messages', queue));
  const named = new Set(
    all(`select upload_key as key from datasets union select data_key from datasets
         union select artifact_key from model_versions`).map(({ key }) => key),
  );
  const objects = await filesUnder(join(folder, 'store', 'objects'));
  expectNone(
    'an object that nothing names',
    objects.filter((key) => !named.has(key)),
  );
  expectNone(
    'a named object that is gone',
    [...named].filter((key) => key !== null && !objects.includes(String(key))),
  );
  expectNone('a temporary file', await filesUnder(join(folder, 'store', 'tmp')));
  expectNone('a file in work', await filesUnder(join(folder, 'work')));
  expectNone(
    'an answer that is not in the log',
    report.answered.filter((id) => !report.logged.has(id)),
  );
  database.close();
  queue.close();
  return faults;
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
