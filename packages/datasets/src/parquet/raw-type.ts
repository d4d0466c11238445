import type { RawType } from '../raw-table.ts';

/** How a column of a DuckDB type enters `raw`: its type there and the conversion, undefined where there is none. */
export function rawType(type: string): { type: RawType; cast?: string } | undefined {
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT)$/.test(type)) {
    return { type: 'integer' };
  }
  if (/^(FLOAT|DOUBLE)$/.test(type)) return { type: 'real' };
  if (/^DECIMAL\(/.test(type)) return { type: 'real', cast: 'DOUBLE' };
  if (type === 'BOOLEAN') return { type: 'boolean' };
  if (type === 'VARCHAR') return { type: 'string' };
  if (/^(ENUM\(|UUID$|TIME$|TIME WITH|TIME_NS$)/.test(type)) return { type: 'string', cast: 'VARCHAR' };
  if (type === 'TIMESTAMP') return { type: 'timestamp' };
  if (/^(DATE$|TIMESTAMP)/.test(type)) return { type: 'timestamp', cast: 'TIMESTAMP' };
  return undefined;
}
