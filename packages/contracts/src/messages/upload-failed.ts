import { z } from 'zod';
import { message } from '../message.ts';
import { DatasetUploaded } from './dataset-uploaded.ts';

/** An upload could not be processed after all its attempts. */
export const UploadFailed = message('upload.failed', DatasetUploaded.body.extend({ reasons: z.array(z.string()) }));
