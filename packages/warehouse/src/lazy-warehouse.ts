import { openWarehouse, type WarehouseConfig } from './open-warehouse.ts';
import type { Warehouse } from './warehouse.ts';

export interface LazyWarehouse {
  /** the one warehouse of this process, opened with the first call; a failure is tried again with the next */
  readonly open: () => Promise<Warehouse>;
  readonly close: () => Promise<void>;
}

/** A warehouse that is opened when it is first needed: most installations have none. */
export function lazyWarehouse(config: WarehouseConfig): LazyWarehouse {
  let opened: Promise<Warehouse> | undefined;
  return {
    open() {
      const opening = opened ?? openWarehouse(config);
      opened = opening;
      opening.catch(() => {
        if (opened === opening) opened = undefined;
      });
      return opening;
    },
    async close() {
      const warehouse = await opened?.catch(() => undefined);
      await warehouse?.close();
    },
  };
}
