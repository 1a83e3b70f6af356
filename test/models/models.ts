import path from 'node:path';
import { type Expectation, readExpectations, root } from '../conformance/expectation.js';

/** What is expected of a model: an entry of models/expected.json. */
export interface ModelExpectation extends Expectation {
  /** Where the expectation comes from, or the argument for it: never what the tool printed. */
  readonly because: string;
  /** The conformance program that the model is, comments aside. */
  readonly conformance?: string;
}

export const modelsFolder = path.join(root, 'models');
export const modelFile = (name: string): string => path.join(modelsFolder, `${name}.snk`);
export const models = readExpectations<ModelExpectation>(path.join(modelsFolder, 'expected.json'));
