import { parentPort, workerData } from 'node:worker_threads';
import quickjs from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { createInterpreter } from './interpreter.ts';
import type { Answered, FromProgram, Start } from './messages.ts';

// The thread of one program. The build makes a file of its own of it, which `index.ts` starts; it ends with the program.

// The interpreter asks for the offset alone, and a program should not depend on where the server runs.
Date.prototype.getTimezoneOffset = () => 0;

const post = (message: FromProgram): void => parentPort?.postMessage(message);
const start: Start = workerData;
// Its types are those of CommonJS, where the export would be one level deeper.
const variant = newVariant(quickjs as unknown as QuickJSSyncVariant, { wasmModule: start.wasmModule });
const interpreter = createInterpreter(await newQuickJSWASMModuleFromVariant(variant), start, post);
parentPort?.on('message', (answered: Answered) => interpreter.answer(answered));
interpreter.run();
