import type { DatasetFormat, Roles } from '@bellwether/contracts';
import type { DatasetTable } from '@bellwether/database';

export interface Announcement {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly format?: DatasetFormat | undefined;
  readonly roles?: Roles | undefined;
  readonly uploadKey: string;
}

/** The row of a dataset that was announced and not uploaded yet. */
export function announcedDataset(announcement: Announcement, now: number): DatasetTable {
  return {
    id: announcement.id,
    tenant_id: announcement.tenantId,
    name: announcement.name,
    status: 'awaiting-upload',
    format: announcement.format ?? null,
    roles: JSON.stringify(announcement.roles ?? {}),
    schema: null,
    profile: null,
    problems: '[]',
    parents: '[]',
    recipe: null,
    row_count: null,
    bytes: null,
    upload_key: announcement.uploadKey,
    upload_etag: null,
    data_key: null,
    created_at: now,
    updated_at: now,
  };
}
