import { createClient } from "redis";

const writer = createClient({ url: `redis://${process.env.QUOTES_WRITE_HOST}:6379` });
const reader = createClient({ url: `redis://${process.env.QUOTES_READ_HOST}:6379` });

export const read = async (event) => {
  if (!reader.isOpen) await reader.connect();
  const quote = await reader.get(`quote:${event.pathParameters.id}`);
  return quote ? { statusCode: 200, body: quote } : { statusCode: 404 };
};

export const put = async (event) => {
  if (!writer.isOpen) await writer.connect();
  await writer.set(`quote:${event.pathParameters.id}`, event.body, { EX: 3600 });
  return { statusCode: 204 };
};
