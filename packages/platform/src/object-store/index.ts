export * from './file-store.ts';
export * from './file-store-routes.ts';
export type { Durability } from './file-write.ts';
export { checkedKey } from './object-key.ts';
export * from './object-store.ts';
export * from './s3-client.ts';
export * from './s3-notification.ts';
export * from './s3-store.ts';
export type { Grant } from './signed-url.ts';
