// Fastify as a gateway, as the pages of @fastify/jwt and @fastify/http-proxy have it, verified tokens cached.
import { readFileSync } from 'node:fs';
import proxy from '@fastify/http-proxy';
import jwt from '@fastify/jwt';
import createFastify from 'fastify';

const app = createFastify();

await app.register(jwt, {
  secret: { public: readFileSync('RS256.pem', 'utf8') },
  verify: {
    algorithms: ['RS256'],
    allowedIss: 'http://127.0.0.1:19000',
    allowedAud: 'https://orders.example',
    cache: 10_000,
  },
});
await app.register(proxy, {
  upstream: 'http://127.0.0.1:19000',
  preHandler: async (request) => {
    await request.jwtVerify();
  },
});
await app.listen({ host: '127.0.0.1', port: 18080 });
