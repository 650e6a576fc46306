// Unpacks the files named on the command line beside themselves: x.br becomes x.
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

for (const packed of process.argv.slice(2)) {
  await pipeline(
    createReadStream(packed),
    createBrotliDecompress(),
    createWriteStream(packed.replace(/\.br$/, "")),
  );
}
