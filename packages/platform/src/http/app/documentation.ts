import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Express, RequestHandler, Response } from 'express';
import type { Edge } from './edge.ts';
import { type OpenApiOptions, openApiDocument } from './open-api.ts';

const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Links are relative, so that the page works behind a gateway's path prefix too. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bellwether API</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<main id="api"></main>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });\n`;

/** Scripts and styles from this port only; Swagger UI's style sheet carries its icons as data. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function secure(response: Response): Response {
  return response.set({
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
}

/** Adds `/openapi.json` and `/docs`, whose assets are served from this port: nothing is loaded from elsewhere. */
export function addDocumentation<Tx>(app: Express, edge: Edge<Tx>, options: OpenApiOptions): void {
  const root = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const admit: RequestHandler = (request, response, next) => {
    response.setHeader('x-request-id', edge.nextId());
    edge.authentication.admit(request);
    next();
  };
  let document: string | undefined;

  app.get('/openapi.json', admit, (_request, response) => {
    document ??= JSON.stringify(openApiDocument(options));
    secure(response).set('cache-control', 'no-cache').type('application/json').send(document);
  });
  app.get('/docs', admit, (request, response) => {
    if (request.path.endsWith('/')) response.redirect('../docs');
    else secure(response).set('cache-control', 'no-cache').type('html').send(page);
  });
  app.get('/docs/start.js', admit, (_request, response) => {
    secure(response).type('text/javascript').send(start);
  });
  for (const name of assets) {
    app.get(`/docs/${name}`, admit, (_request, response) => {
      secure(response).sendFile(name, { root, maxAge: '1h' });
    });
  }
}
