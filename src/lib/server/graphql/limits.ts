import {
  type DocumentNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode
} from 'graphql';

/** How large an operation may be. Free text comes from other people's programs, and a mistake there must not stop the board. */
export const limits = {
  /** Characters of text. */
  length: 16_000,
  /** Tokens of text; the parser stops there. */
  tokens: 2_000,
  /** Fields within fields. */
  depth: 12,
  /** One per field, ten times as much for each list it is within; a field may state its own. */
  cost: 6_000
};
/** How many a list is thought to have when nobody has counted. */
const listOf = 10;

/**
 * Why the document is too large, or null. Measured before validation, because validation itself takes long on a
 * document that was made to be large; so nothing here trusts it: unknown fields count one, circles are cut.
 */
export function tooLarge(schema: GraphQLSchema, document: DocumentNode): string | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
    if (definition.kind === 'OperationDefinition') operations.push(definition);
  }
  let cost = 0;
  let deepest = 0;

  function walk(
    set: SelectionSetNode,
    type: GraphQLOutputType | undefined,
    times: number,
    depth: number,
    within: string[]
  ): void {
    for (const selection of set.selections) {
      if (cost > limits.cost) return;
      if (selection.kind === 'FragmentSpread') {
        const fragment = fragments.get(selection.name.value);
        if (!fragment || within.includes(fragment.name.value)) continue;
        // Spreading costs something even when empty: ten thousand empty spreads are work too.
        cost += 1;
        walk(fragment.selectionSet, named(fragment.typeCondition.name.value) ?? type, times, depth, [
          ...within,
          fragment.name.value
        ]);
      } else if (selection.kind === 'InlineFragment') {
        cost += 1;
        walk(
          selection.selectionSet,
          selection.typeCondition ? named(selection.typeCondition.name.value) : type,
          times,
          depth,
          within
        );
      } else {
        const name = selection.name.value;
        // Introspection has a rule of its own in graphql-js, and a scope of its own.
        if (name.startsWith('__')) {
          cost += 1;
          continue;
        }
        const field = fieldOf(type, name);
        const own = field?.extensions.cost;
        cost += times * (typeof own === 'number' ? own : 1);
        deepest = Math.max(deepest, depth);
        if (!selection.selectionSet || depth > limits.depth) continue;
        walk(
          selection.selectionSet,
          field && getNamedTypeOf(field),
          times * (field && isList(field) ? listOf : 1),
          depth + 1,
          within
        );
      }
    }
  }
  function named(name: string): GraphQLOutputType | undefined {
    const type = schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  for (const operation of operations) {
    walk(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, 1, 1, []);
  }
  if (deepest > limits.depth) return `The operation is more than ${limits.depth} fields deep`;
  if (cost > limits.cost)
    return `The operation costs more than ${limits.cost}: one per field, ten times as much in each list`;
  return null;
}

function fieldOf(type: GraphQLOutputType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
function getNamedTypeOf(field: GraphQLField<unknown, unknown>): GraphQLOutputType {
  return getNamedType(field.type);
}
function isList(field: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(field.type));
}
