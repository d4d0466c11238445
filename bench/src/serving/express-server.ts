import type { AddressInfo } from 'node:net';
import express from 'express';

/** What Express costs by itself: parses a JSON body and answers with it. Prints its URL once it answers. */
const app = express();
app.use(express.json());
app.post('/v1/models/bench/predictions', (request, response) => {
  response.json(request.body);
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
