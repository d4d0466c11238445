import { expect } from '@jest/globals';
import { bytesOf, hour, type ObjectStoreCase, small, textOf, upload } from './object-store-subject.ts';

/** The URL with one character of its signature changed. */
function tampered(url: string): string {
  return url.replace(/(signature=)(.)/i, (_match, name: string, first: string) => name + (first === '0' ? '1' : '0'));
}

export const signedCases: readonly ObjectStoreCase[] = [
  {
    title: 'takes an upload by a signed URL',
    async run({ store }) {
      const signed = await store.signUpload('uploads/t/1', small);
      expect(signed).toMatchObject({ method: 'PUT', maxBytes: 1_000 });
      expect(signed.expiresAt).toBeGreaterThan(Date.now() + 3_500_000);
      expect((await upload(signed, 'x,y\n')).status).toBe(200);
      expect(await textOf(await store.get('uploads/t/1'))).toBe('x,y\n');
    },
  },
  {
    title: 'takes an upload by the URL alone where that was asked for',
    async run({ store }) {
      const signed = await store.signUpload('k', { ...small, withoutHeaders: true });
      expect(signed.headers).toEqual({});
      expect((await upload(signed, 'x')).status).toBe(200);
    },
  },
  {
    title: 'takes an upload of the signed size',
    async run({ store }) {
      const signed = await store.signUpload('k', { ...small, contentLength: 4 });
      expect((await upload(signed, 'four')).status).toBe(200);
      expect((await store.head('k'))?.size).toBe(4);
    },
  },
  {
    title: 'refuses an upload of another size than the signed one',
    needs: 'exact-sizes',
    async run({ store }) {
      const signed = await store.signUpload('k', { ...small, contentLength: 4 });
      for (const body of ['three', 'two', '']) expect((await upload(signed, body)).ok).toBe(false);
      expect(await store.head('k')).toBeUndefined();
    },
  },
  {
    title: 'refuses an upload that is larger than allowed',
    needs: 'size-limits',
    async run({ store }) {
      const signed = await store.signUpload('k', { ...small, maxBytes: 3 });
      expect((await upload(signed, 'four')).status).toBe(413);
      expect(await store.head('k')).toBeUndefined();
      expect((await upload(signed, 'yes')).status).toBe(200);
    },
  },
  {
    title: 'does not sign an upload that is announced as too large',
    async run({ store }) {
      const announced = store.signUpload('k', { ...small, contentLength: 1_001 });
      await expect(announced).rejects.toMatchObject({ code: 'too-large' });
    },
  },
  {
    title: 'refuses a second upload by the same URL, and keeps the first',
    needs: 'one-upload-per-url',
    async run({ store }) {
      const signed = await store.signUpload('k', small);
      await upload(signed, 'first');
      expect((await upload(signed, 'second')).ok).toBe(false);
      expect(await textOf(await store.get('k'))).toBe('first');
    },
  },
  {
    title: 'lets exactly one of several uploads to one key win',
    needs: 'one-upload-per-url',
    async run({ store }) {
      const signed = await store.signUpload('k', small);
      const bodies = ['a', 'b', 'c', 'd', 'e', 'f'];
      const answers = await Promise.all(bodies.map((body) => upload(signed, body.repeat(500))));
      const winners = bodies.filter((_body, index) => answers[index]?.ok);
      expect(winners).toHaveLength(1);
      expect(await textOf(await store.get('k'))).toBe(winners[0]?.repeat(500));
    },
  },
  {
    title: 'refuses a tampered signature, another key and another method',
    needs: 'signatures',
    async run({ store }) {
      await store.put('other', bytesOf('secret'));
      const put = await store.signUpload('k', small);
      const get = await store.signDownload('k', hour);
      const { status } = await upload({ ...put, url: tampered(put.url) }, 'x');
      expect(status).toBe(403);
      expect((await upload({ ...put, url: put.url.replace('/k?', '/other?') }, 'x')).status).toBe(403);
      expect((await upload({ ...put, url: get }, 'x')).status).toBe(403);
      expect((await fetch(put.url)).status).toBe(403);
      expect((await fetch(tampered(get))).status).toBe(403);
      expect((await fetch(get.replace('/k?', '/other?'))).status).toBe(403);
      expect(await textOf(await store.get('other'))).toBe('secret');
      expect(await store.head('k')).toBeUndefined();
    },
  },
  {
    title: 'refuses requests without a signature',
    needs: 'unsigned-requests-are-refused',
    async run({ store }) {
      await store.put('k', bytesOf('secret'));
      const url = (await store.signDownload('k', hour)).split('?')[0] ?? '';
      expect((await fetch(url)).status).toBe(403);
      expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
      expect(await textOf(await store.get('k'))).toBe('secret');
    },
  },
  {
    title: 'gives content by a signed URL, by ranges too',
    async run({ store }) {
      await store.put('k', bytesOf('0123456789'));
      const url = await store.signDownload('k', { ...hour, fileName: 'predictions.csv' });
      const whole = await fetch(url);
      expect(whole.status).toBe(200);
      expect(await whole.text()).toBe('0123456789');
      const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
      expect(await part.text()).toBe('234');
    },
  },
  {
    title: 'answers 404 for an object that is gone',
    async run({ store }) {
      const response = await fetch(await store.signDownload('gone', hour));
      expect(response.status).toBe(404);
      await response.text();
    },
  },
  {
    title: 'notifies an upload with its key, size and etag, and nothing else',
    needs: 'notifications',
    async run({ store, nextUpload }) {
      if (nextUpload === undefined) throw new Error('the subject has no notifications');
      await store.put('models/quiet', bytesOf('x'));
      const signed = await store.signUpload('uploads/t/1', small);
      await upload(signed, 'four');
      const head = await store.head('uploads/t/1');
      const { key, size, etag } = await nextUpload();
      expect({ key, size, etag }).toEqual({ key: 'uploads/t/1', size: 4, etag: head?.etag });
    },
  },
];
