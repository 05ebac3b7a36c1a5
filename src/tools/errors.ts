/** A call that ends without success for a foreseen reason. The message reaches the model as it is. */
export class ToolError extends Error {
  override readonly name: string = 'ToolError';
}
