import path from 'node:path';
import { createContext, isAppError } from '@plimsoll/core';
import { startServer } from '@plimsoll/server';
import { isSample, openSample, sampleFolder } from './sample.ts';

const HOST = '127.0.0.1';
const PORT = 7717;

const context = createContext({ env: process.env });
const folder = path.resolve(process.env.PLIMSOLL_DATA_DIR ?? sampleFolder);
const workspace = await openSample(folder, context);
const sample = isSample(folder);
const server = await listen();
console.log(`Plimsoll shows ${sample ? 'its sample' : folder} at ${server.address}`);
console.log('Open one of your own images: npm start -- IMAGE. Stop with Ctrl+C.');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await server.close();
    workspace[Symbol.dispose]();
  });
}

/** On the usual port, or on any other where that one is taken. */
async function listen() {
  const options = { workspace, context, host: HOST, sample };
  try {
    return await startServer({ ...options, port: PORT });
  } catch (error) {
    if (!isAppError(error, 'PORT_IN_USE')) throw error;
    console.log(`Port ${PORT} is taken; another one is used.`);
    return startServer({ ...options, port: 0 });
  }
}
