import { enrichment } from '@bellwether/enrichment';
import { inference } from '@bellwether/inference';
import { ingest } from '@bellwether/ingest';
import { metrics } from '@bellwether/metrics';
import { training } from '@bellwether/training';

/** All five services. Inference first: its routes are the hot ones, and routers look at routes in order. */
export const allServices = [inference, ingest, enrichment, training, metrics];
